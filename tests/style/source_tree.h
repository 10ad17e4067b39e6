// The project's text files, as the rules of style see them.
#ifndef BONAFIDE_TESTS_STYLE_SOURCE_TREE_H_
#define BONAFIDE_TESTS_STYLE_SOURCE_TREE_H_

#include <cstddef>
#include <ostream>
#include <string>
#include <string_view>
#include <vector>

namespace bonafide::style {

struct SourceFile {
  std::string path;  // from the project's root, with '/'
  std::string text;

  bool IsHeader() const { return path.ends_with(".h"); }
  bool IsCode() const { return IsHeader() || path.ends_with(".cc"); }
};

struct Finding {
  std::string path;
  size_t line = 0;  // from 1; 0 when the finding is about the whole file
  std::string what;

  bool operator==(const Finding&) const = default;
};

std::ostream& operator<<(std::ostream& out, const Finding& finding);

// Every text file under `root`, sorted by path; without what is built, downloaded or Git's own,
// and without the tests' data.
std::vector<SourceFile> ReadSourceTree(const std::string& root);

// The lines of `text` without their ends.
std::vector<std::string_view> Lines(std::string_view text);

}  // namespace bonafide::style

#endif  // BONAFIDE_TESTS_STYLE_SOURCE_TREE_H_
