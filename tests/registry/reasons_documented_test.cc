// docs/protocol.md, section 15, lists the reasons that the pure rooms give, all of them and no
// others.
// GCC 12 misreads std::regex under the address sanitizer.
#pragma GCC diagnostic ignored "-Wmaybe-uninitialized"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <regex>
#include <set>
#include <string>

namespace bonafide {
namespace {

std::string ReadText(const std::filesystem::path& path) {
  std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << path;
  return {std::istreambuf_iterator<char>(file), {}};
}

std::set<std::string> FirstGroups(const std::string& text, const std::regex& pattern) {
  std::set<std::string> found;
  for (std::sregex_iterator match(text.begin(), text.end(), pattern), end; match != end; ++match) {
    found.insert((*match)[1]);
  }
  return found;
}

TEST(Reasons, AreAllDocumented) {
  const std::regex given(R"re((?:Malformed|NotAdmitted|Damaged|Refusal|Fail)\(\s*)re"
                         R"re((?:absl::StatusCode::k\w+,\s*)?"(\w+)")re");
  const std::filesystem::path root = BONAFIDE_SOURCE_DIR;
  std::set<std::string> reasons;
  for (const char* room : {"certs", "merkle", "registry"}) {
    for (const auto& file : std::filesystem::recursive_directory_iterator(root / room)) {
      if (file.path().extension() != ".cc" && file.path().extension() != ".h") continue;
      reasons.merge(FirstGroups(ReadText(file.path()), given));
    }
  }
  EXPECT_GT(reasons.size(), 100u);

  const std::string page = ReadText(root / "docs" / "protocol.md");
  const size_t section = page.find("\n## 15 Reasons\n");
  ASSERT_NE(section, page.npos);
  EXPECT_THAT(FirstGroups(page.substr(section), std::regex(R"(\n\| `(\w+)` \| \S)")),
              testing::ContainerEq(reasons));
}

}  // namespace
}  // namespace bonafide
