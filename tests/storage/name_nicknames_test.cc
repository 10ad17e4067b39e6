#include "storage/names/name_nicknames.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <set>
#include <string>

namespace bonafide::storage {
namespace {

using ::testing::Contains;
using ::testing::Not;

TEST(NameNicknamesTest, GoBothWays) {
  EXPECT_THAT(NicknamesOf("bob"), Contains("robert"));
  EXPECT_THAT(NicknamesOf("robert"), Contains("bob"));
  EXPECT_THAT(NicknamesOf("bob"), Contains("rob"));
  EXPECT_THAT(NicknamesOf("catherine"), Contains("kate"));
  EXPECT_THAT(NicknamesOf("steven"), Contains("stephen"));
}

TEST(NameNicknamesTest, OfOneNameDoNotJoinTwoOthers) {
  EXPECT_THAT(NicknamesOf("sam"), Contains("samuel"));
  EXPECT_THAT(NicknamesOf("sam"), Contains("samantha"));
  EXPECT_THAT(NicknamesOf("samuel"), Not(Contains("samantha")));
}

TEST(NameNicknamesTest, HoldNeitherTheNameNorRepeats) {
  for (const char* name : {"alex", "bob", "kate", "terry", "ted", "nell", "fran"}) {
    const auto others = NicknamesOf(name);
    EXPECT_THAT(others, Not(Contains(name)));
    EXPECT_EQ(std::set(others.begin(), others.end()).size(), others.size()) << name;
  }
}

TEST(NameNicknamesTest, AreNoneForMostNames) {
  EXPECT_TRUE(NicknamesOf("xanthippe").empty());
  EXPECT_TRUE(NicknamesOf("").empty());
  EXPECT_TRUE(NicknamesOf("Bob").empty());  // not folded
}

// Of the pairs in an independent list whose both names stand in this table, most must be joined
// here too. What it joins beyond that (rare, historic or American forms) is not asked for.
TEST(NameNicknamesTest, AgreeWithAnIndependentList) {
  const char* folder = std::getenv("BONAFIDE_VECTORS");
  const std::string path =
      (folder != nullptr ? std::string(folder) : BONAFIDE_SOURCE_DIR "/../shared/vectors") +
      "/nicknames/names.csv";
  std::ifstream file(path);
  if (!file) {
    const char* ci = std::getenv("CI");
    ASSERT_FALSE(ci != nullptr && std::string_view(ci) == "true") << "no vectors at " << path;
    GTEST_SKIP() << "skipped: no vectors at " << path;
  }
  int pairs = 0;
  int joined = 0;
  std::string line;
  std::getline(file, line);  // the heading
  while (std::getline(file, line)) {
    if (line.ends_with('\r')) line.pop_back();
    const size_t first = line.find(',');
    const size_t second = line.rfind(',');
    ASSERT_NE(first, second) << line;
    const std::string name = line.substr(0, first);
    const std::string other = line.substr(second + 1);
    if (NicknamesOf(name).empty() || NicknamesOf(other).empty()) continue;
    ++pairs;
    const auto others = NicknamesOf(name);
    if (std::ranges::find(others, other) != others.end()) ++joined;
  }
  EXPECT_GT(pairs, 300);
  EXPECT_GE(joined * 100, pairs * 85) << joined << " of " << pairs;
}

}  // namespace
}  // namespace bonafide::storage
