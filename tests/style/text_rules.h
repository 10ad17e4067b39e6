// Rules about names and text that neither the compiler nor clang-format checks. Each returns its
// findings in one file, in the order of the lines.
#ifndef BONAFIDE_TESTS_STYLE_TEXT_RULES_H_
#define BONAFIDE_TESTS_STYLE_TEXT_RULES_H_

#include <vector>

#include "tests/style/source_tree.h"

namespace bonafide::style {

// A file or folder is named after its noun, never after a drawer for anything.
std::vector<Finding> DrawerNames(const SourceFile& file);

// The include guard is the path in capitals: BONAFIDE_CERTS_DIGEST_H_ for certs/digest.h.
std::vector<Finding> WrongIncludeGuard(const SourceFile& file);

// Work left undone belongs to the issues.
std::vector<Finding> UnfinishedMarks(const SourceFile& file);

// Code has at most 100 characters a line; an include may have more.
std::vector<Finding> LongLines(const SourceFile& file);

std::vector<Finding> UsingNamespaces(const SourceFile& file);

// Paths that exist on one person's machine only.
std::vector<Finding> MachinePaths(const SourceFile& file);

// Pure rooms take the time as an argument and read no environment.
std::vector<Finding> HiddenInputs(const SourceFile& file);

}  // namespace bonafide::style

#endif  // BONAFIDE_TESTS_STYLE_TEXT_RULES_H_
