#include "registry/letter_case.h"

#include <gtest/gtest.h>

namespace bonafide::registry {
namespace {

TEST(LetterCase, IsAsideInNames) {
  EXPECT_TRUE(EqualButForCase("", ""));
  EXPECT_TRUE(EqualButForCase("ADA EXAMPLE-O'NEILL", "Ada Example-O'Neill"));
  EXPECT_TRUE(EqualButForCase("ZO\xC3\x8B", "zo\xC3\xAB"));                // Ë, a small one
  EXPECT_TRUE(EqualButForCase("\xC5\xB4yn", "\xC5\xB5YN"));                // Ŵ, as in Welsh
  EXPECT_TRUE(EqualButForCase("\xC5\x81ukasz", "\xC5\x82UKASZ"));          // Ł
  EXPECT_TRUE(EqualButForCase("\xC5\xBDi\xC5\xBE", "\xC5\xBEI\xC5\xBE"));  // Ž
  EXPECT_TRUE(EqualButForCase("\xC5\xB8", "\xC3\xBF"));                    // Ÿ
}

TEST(LetterCase, IsAllThatIsAside) {
  EXPECT_FALSE(EqualButForCase("Zoe", "Zo\xC3\xAB"));
  EXPECT_FALSE(EqualButForCase("Ada", "Ada "));
  EXPECT_FALSE(EqualButForCase("Ada", "Ad"));
  EXPECT_FALSE(EqualButForCase("@", "`"));
  EXPECT_FALSE(EqualButForCase("[", "{"));
  EXPECT_FALSE(EqualButForCase("\xC3\x97", "\xC3\xB7"));  // times and divided by
  EXPECT_FALSE(EqualButForCase("\xC4\xB0", "\xC4\xB1"));  // dotted and dotless i
  EXPECT_FALSE(EqualButForCase("\xC4\xB8", "\xC4\xB9"));
  EXPECT_FALSE(EqualButForCase("\xD0\x94", "\xD0\xB4"));  // other scripts are compared as they are
}

}  // namespace
}  // namespace bonafide::registry
