#include "registry/qualification_number.h"

#include <gtest/gtest.h>

namespace bonafide::registry {
namespace {

// Weights worked out by hand: 9*8 + 9*7 + 9*6 + d*2 for numbers 999/000d.
TEST(QualificationNumberTest, TheRightCheckDigitIsNotSuspicious) {
  EXPECT_FALSE(HasSuspiciousCheckDigit("999/0001/4"));  // 191 = 17 * 11 + 4
  EXPECT_FALSE(HasSuspiciousCheckDigit("999/0004/X"));  // 197 = 17 * 11 + 10
  EXPECT_FALSE(HasSuspiciousCheckDigit("123/4567/2"));  // 112 = 10 * 11 + 2
}

TEST(QualificationNumberTest, AnotherCheckDigitIs) {
  EXPECT_TRUE(HasSuspiciousCheckDigit("999/0001/5"));
  EXPECT_TRUE(HasSuspiciousCheckDigit("999/0001/X"));
  EXPECT_TRUE(HasSuspiciousCheckDigit("999/0004/0"));
}

TEST(QualificationNumberTest, EveryWeightCounts) {
  for (const char* changed : {"899/0001/4", "989/0001/4", "998/0001/4", "999/1001/4", "999/0101/4",
                              "999/0011/4", "999/0002/4"}) {
    EXPECT_TRUE(HasSuspiciousCheckDigit(changed)) << changed;
  }
}

TEST(QualificationNumberTest, NumbersOfAnotherFormAreNotJudged) {
  for (const char* other : {"", "999/0001/", "9990001/45", "999/0001/x", "999-0001-5", "a99/0001/5",
                            "999/0001/55", "ABC 12345"}) {
    EXPECT_FALSE(HasSuspiciousCheckDigit(other)) << other;
  }
}

}  // namespace
}  // namespace bonafide::registry
