#include "storage/names/name_distance.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <string>
#include <vector>

namespace bonafide::storage {
namespace {

bool HaveVariantInCommon(const std::string& a, const std::string& b) {
  const auto of_a = DeletionVariants(a);
  const auto of_b = DeletionVariants(b);
  return std::ranges::any_of(of_a, [&of_b](const std::string& variant) {
    return std::ranges::find(of_b, variant) != of_b.end();
  });
}

TEST(NameDistanceTest, CountsErrors) {
  struct Case {
    const char* a;
    const char* b;
    int distance;
  };
  for (const Case& c : std::vector<Case>{
           {"smith", "smith", 0},
           {"smith", "smyth", 1},
           {"smith", "smiht", 1},  // neighbours swapped
           {"smith", "smit", 1},
           {"smith", "smitth", 1},
           {"smith", "msiht", 2},
           {"smith", "smythe", 2},
           {"smith", "jones", 3},  // more than the limit
           {"", "ab", 2},
           {"ca", "abc", 3},  // 2 only if a letter were touched twice
       }) {
    EXPECT_EQ(WordDistance(c.a, c.b, 2), c.distance) << c.a << " " << c.b;
    EXPECT_EQ(WordDistance(c.b, c.a, 2), c.distance) << c.b << " " << c.a;
  }
  EXPECT_EQ(WordDistance("smith", "smythe", 1), 2);
  EXPECT_EQ(WordDistance("smith", "smith", 0), 0);
}

TEST(NameDistanceTest, AllowsMoreErrorsInLongerWords) {
  EXPECT_EQ(AllowedDistance("li", "lin"), 0);
  EXPECT_EQ(AllowedDistance("ann", "anne"), 1);
  EXPECT_EQ(AllowedDistance("taylor", "taylorson"), 1);
  EXPECT_EQ(AllowedDistance("johnson", "jonsonn"), 2);
}

TEST(NameDistanceTest, VariantsAreFew) {
  EXPECT_EQ(DeletionVariants("li").size(), 1U);
  EXPECT_EQ(DeletionVariants("smith").size(), 6U);
  EXPECT_EQ(DeletionVariants("abcdefg").size(), 29U);
  EXPECT_EQ(DeletionVariants("abcdefghijklmnopqrstuvwxyz").size(), 29U);
  EXPECT_EQ(DeletionVariants("aaaaaaa").size(), 3U);
}

// Words that differ by at most the allowed number of random edits always meet.
TEST(NameDistanceTest, VariantsMeetWithinTheAllowedDistance) {
  std::mt19937 random(4711);
  auto below = [&random](size_t bound) { return static_cast<size_t>(random() % bound); };
  auto letter = [&below] { return static_cast<char>('a' + below(4)); };
  for (int round = 0; round < 20000; ++round) {
    std::string word;
    const size_t length = 3 + below(9);
    while (word.size() < length) word += letter();
    std::string typed = word;
    for (size_t edits = below(3); edits > 0 && !typed.empty(); --edits) {
      const size_t at = below(typed.size());
      switch (below(4)) {
        case 0:
          typed.erase(at, 1);
          break;
        case 1:
          typed.insert(at, 1, letter());
          break;
        case 2:
          typed[at] = letter();
          break;
        default:
          if (at + 1 < typed.size()) std::swap(typed[at], typed[at + 1]);
      }
    }
    const int allowed = AllowedDistance(word, typed);
    if (WordDistance(word, typed, 2) > allowed) continue;
    EXPECT_TRUE(HaveVariantInCommon(word, typed)) << word << " " << typed;
  }
}

}  // namespace
}  // namespace bonafide::storage
