#include "tests/style/text_rules.h"

#include <algorithm>
#include <array>
#include <cctype>
#include <functional>
#include <set>
#include <span>
#include <string>
#include <string_view>

namespace bonafide::style {
namespace {

// One letter of each as its code, so that this file passes its own rules.
constexpr std::array<std::string_view, 2> kUnfinished = {"TO\104O", "FIX\115E"};
constexpr std::array<std::string_view, 4> kMachinePaths = {"/w\157rk/", "/h\157me/", "/r\157ot/",
                                                           "/U\163ers/"};
constexpr std::array<std::string_view, 4> kHiddenInputs = {"_clock::now", "std::time(", "getenv(",
                                                           "gettimeofday("};

bool IsWordCharacter(char c) { return std::isalnum(static_cast<unsigned char>(c)) || c == '_'; }

std::vector<Finding> Containing(const SourceFile& file, std::span<const std::string_view> needles,
                                std::string_view what) {
  std::vector<Finding> findings;
  size_t number = 0;
  for (std::string_view line : Lines(file.text)) {
    ++number;
    for (std::string_view needle : needles) {
      if (line.find(needle) == std::string_view::npos) continue;
      findings.push_back({file.path, number, std::string(what) + ": " + std::string(needle)});
    }
  }
  return findings;
}

size_t CharacterCount(std::string_view utf8) {
  return static_cast<size_t>(std::ranges::count_if(
      utf8, [](char c) { return (static_cast<unsigned char>(c) & 0xC0) != 0x80; }));
}

std::string GuardOf(std::string_view path) {
  std::string guard = "BONAFIDE_";
  for (char c : path) {
    guard +=
        IsWordCharacter(c) ? static_cast<char>(std::toupper(static_cast<unsigned char>(c))) : '_';
  }
  return guard + "_";
}

}  // namespace

std::vector<Finding> DrawerNames(const SourceFile& file) {
  static const std::set<std::string, std::less<>> kDrawers = {
      "util", "utils", "helper", "helpers", "common", "manager", "managers", "misc"};
  std::string word;
  for (char c : file.path + "/") {
    if (std::isalnum(static_cast<unsigned char>(c))) {
      word += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
      continue;
    }
    if (kDrawers.contains(word)) return {{file.path, 0, "named " + word}};
    word.clear();
  }
  return {};
}

std::vector<Finding> WrongIncludeGuard(const SourceFile& file) {
  if (!file.IsHeader()) return {};
  const std::string guard = GuardOf(file.path);
  const std::vector<std::string_view> lines = Lines(file.text);
  const auto first =
      std::ranges::find_if(lines, [](std::string_view line) { return line.starts_with('#'); });
  const bool right = lines.end() - first >= 3 && *first == "#ifndef " + guard &&
                     *(first + 1) == "#define " + guard && lines.back() == "#endif  // " + guard;
  if (right) return {};
  return {{file.path, 0, "the include guard has to be " + guard}};
}

std::vector<Finding> UnfinishedMarks(const SourceFile& file) {
  return Containing(file, kUnfinished, "unfinished");
}

std::vector<Finding> LongLines(const SourceFile& file) {
  std::vector<Finding> findings;
  if (!file.IsCode()) return findings;
  size_t number = 0;
  for (std::string_view line : Lines(file.text)) {
    ++number;
    if (line.starts_with("#include")) continue;
    const size_t count = CharacterCount(line);
    if (count > 100) findings.push_back({file.path, number, std::to_string(count) + " characters"});
  }
  return findings;
}

std::vector<Finding> UsingNamespaces(const SourceFile& file) {
  std::vector<Finding> findings;
  if (!file.IsCode()) return findings;
  size_t number = 0;
  for (std::string_view line : Lines(file.text)) {
    ++number;
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
    if (line.starts_with("using namespace")) {
      findings.push_back({file.path, number, "using namespace"});
    }
  }
  return findings;
}

std::vector<Finding> MachinePaths(const SourceFile& file) {
  return Containing(file, kMachinePaths, "a path of one machine");
}

std::vector<Finding> HiddenInputs(const SourceFile& file) {
  static const std::array<std::string_view, 4> kPure = {"certs/", "merkle/", "registry/", "proto/"};
  const bool pure = std::ranges::any_of(
      kPure, [&file](std::string_view room) { return file.path.starts_with(room); });
  if (!pure || !file.IsCode()) return {};
  return Containing(file, kHiddenInputs, "a pure room takes it as an argument");
}

}  // namespace bonafide::style
