#include "registry/registration_number.h"

#include <gtest/gtest.h>

#include "certs/reason.h"

namespace bonafide::registry {
namespace {

std::string ReasonFor(std::string_view text) {
  return ReasonOf(ParseRegistrationNumber(text).status());
}

struct Row {
  uint64_t number;
  std::string_view text;
};

TEST(RegistrationNumber, HasGroupsAndCheckDigits) {
  for (const Row& row : {Row{0, "0000-0000-98"}, Row{1, "0000-0001-95"}, Row{4711, "0000-4711-30"},
                         Row{97, "0000-0097-98"}, Row{99'999'999, "9999-9999-52"},
                         Row{100'000'000, "0001-0000-0000-49"},
                         Row{9'007'199'254'740'991, "9007-1992-5474-0991-05"}}) {
    EXPECT_EQ(RegistrationNumber({row.number}), row.text);
    const auto parsed = ParseRegistrationNumber(row.text);
    ASSERT_TRUE(parsed.ok()) << row.text << " " << parsed.status();
    EXPECT_EQ(parsed->value, row.number);
  }
}

TEST(RegistrationNumber, IsReadWithOrWithoutHyphensAndSpaces) {
  for (std::string_view text :
       {"0000471130", "0000 4711 30", " 0000-4711 30 ", "00004711-30", "--0000471130"}) {
    const auto parsed = ParseRegistrationNumber(text);
    ASSERT_TRUE(parsed.ok()) << text;
    EXPECT_EQ(parsed->value, 4711u);
  }
}

TEST(RegistrationNumber, TellsEveryMistypedDigitAndSwap) {
  const std::string right = "0000471130";
  for (size_t i = 0; i < right.size(); ++i) {
    for (char digit = '0'; digit <= '9'; ++digit) {
      std::string wrong = right;
      wrong[i] = digit;
      if (wrong == right) continue;
      EXPECT_EQ(ReasonFor(wrong), "registration_number_check") << wrong;
    }
    std::string swapped = right;
    if (i > 0) std::swap(swapped[i - 1], swapped[i]);
    if (swapped != right) {
      EXPECT_EQ(ReasonFor(swapped), "registration_number_check") << swapped;
    }
  }
}

TEST(RegistrationNumber, RefusesCheckDigitsThatAreOnlyCongruent) {
  // 00 and 97, and 01 and 98, are equal modulo 97; only one of each pair is written.
  EXPECT_EQ(ReasonFor("0000-0000-01"), "registration_number_check");
  EXPECT_EQ(ReasonFor("0000-0000-98"), "");
}

TEST(RegistrationNumber, RefusesEverythingElse) {
  for (std::string_view text :
       {"", "4711", "471130", "000471130", "00000471130", "0000-0000-4711-30", "0000-4711-3O",
        "0000_4711_30", "0000\t4711\t30", "+0000471130", "0000.4711.30", "\u0660\u0660",
        "0000471130\n", "9007-1992-5474-0992-02", "9999-9999-9999-9999-52",
        "0000-0000-0000-0000-0000-98"}) {
    EXPECT_EQ(ReasonFor(text), "registration_number") << text;
  }
}

TEST(RegistrationNumber, IsOneModulo97) {
  for (uint64_t number = 0; number < 100'000'000; number += 7'654'321) {
    std::string digits;
    for (char c : RegistrationNumber({number})) {
      if (c != '-') digits += c;
    }
    EXPECT_EQ(std::stoull(digits) % 97, 1u) << digits;
  }
}

}  // namespace
}  // namespace bonafide::registry
