// Who may include what: the arrows between the rooms of docs/architecture.md, and the one or two
// rooms that know each third-party library.
#ifndef BONAFIDE_TESTS_STYLE_INCLUDE_TABLE_H_
#define BONAFIDE_TESTS_STYLE_INCLUDE_TABLE_H_

#include <vector>

#include "tests/style/source_tree.h"

namespace bonafide::style {

// Includes of `file` that the table does not allow. Tests and benchmarks may include every room
// and library; nobody else may include theirs.
std::vector<Finding> ForbiddenIncludes(const SourceFile& file);

// Headers that bring a third-party library, directly or through others, and are included by
// another room. /usr/include is on every room's path, so no compiler error would tell.
// absl::Status is everybody's; protobuf and gRPC may pass between the rooms that speak them.
std::vector<Finding> LeakingHeaders(const std::vector<SourceFile>& files);

}  // namespace bonafide::style

#endif  // BONAFIDE_TESTS_STYLE_INCLUDE_TABLE_H_
