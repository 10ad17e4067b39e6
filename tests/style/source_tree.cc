#include "tests/style/source_tree.h"

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>

namespace bonafide::style {
namespace {

bool IsSkippedFolder(const std::filesystem::path& path) {
  const std::string name = path.filename().string();
  return name.starts_with("build") || name == ".git" || name == ".cache" || name == "data" ||
         name == "corpus" || name == "node_modules";
}

bool IsText(const std::filesystem::path& path) {
  static const std::set<std::string> kExtensions = {
      ".cc", ".h",  ".proto", ".cmake", ".txt",  ".md",   ".json", ".yaml", ".yml",
      ".js", ".sh", ".css",   ".html",  ".supp", ".toml", ".conf", ".cfg",  ".service"};
  const std::string extension = path.extension().string();
  // Scripts have no extension, and neither has anything else here but the licence.
  return extension.empty() ? path.filename() != "LICENSE" : kExtensions.contains(extension);
}

}  // namespace

std::ostream& operator<<(std::ostream& out, const Finding& finding) {
  out << finding.path;
  if (finding.line > 0) out << ":" << finding.line;
  return out << ": " << finding.what;
}

std::vector<SourceFile> ReadSourceTree(const std::string& root) {
  std::vector<SourceFile> files;
  std::filesystem::recursive_directory_iterator walk(root);
  for (const auto& entry : walk) {
    if (entry.is_directory()) {
      if (IsSkippedFolder(entry.path())) walk.disable_recursion_pending();
      continue;
    }
    if (!entry.is_regular_file() || !IsText(entry.path())) continue;
    std::ifstream in(entry.path(), std::ios::binary);
    files.push_back({entry.path().lexically_relative(root).generic_string(),
                     std::string(std::istreambuf_iterator<char>(in), {})});
  }
  std::ranges::sort(files, {}, &SourceFile::path);
  return files;
}

std::vector<std::string_view> Lines(std::string_view text) {
  std::vector<std::string_view> lines;
  while (!text.empty()) {
    const size_t end = std::min(text.find('\n'), text.size());
    lines.push_back(text.substr(0, end));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return lines;
}

}  // namespace bonafide::style
