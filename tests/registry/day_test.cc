#include "registry/day.h"

#include <gtest/gtest.h>

#include "certs/reason.h"

namespace bonafide::registry {
namespace {

Day DayOf(std::string_view text) {
  const auto day = Day::Parse(text);
  EXPECT_TRUE(day.ok()) << text;
  return day.ok() ? *day : Day();
}

TEST(Day, CountsFrom1970) {
  EXPECT_EQ(DayOf("1970-01-01").days_since_1970(), 0);
  EXPECT_EQ(DayOf("1969-12-31").days_since_1970(), -1);
  EXPECT_EQ(DayOf("2000-02-29").days_since_1970(), 11'016);
  EXPECT_EQ(DayOf("1900-01-01").days_since_1970(), -25'567);
  EXPECT_EQ(DayOf("2199-12-31").days_since_1970(), 84'005);
}

TEST(Day, WritesWhatItReads) {
  for (int32_t days = -25'567; days <= 84'005; days += 13) {
    const Day day = Day::FromDaysSince1970(days);
    EXPECT_EQ(DayOf(day.ToString()), day);
  }
}

TEST(Day, RefusesEveryOtherSpelling) {
  for (std::string_view text :
       {"", "2025-6-01", "2025-06-1", "25-06-01", "2025-06-01 ", " 2025-06-01", "2025-06-01T00:00",
        "2025/06/01", "20250601", "2025-06_01", "2O25-06-01", "+025-06-01", "-025-06-01",
        "2025-+6-01", "01-06-2025", "2025-06-0x"}) {
    EXPECT_EQ(ReasonOf(Day::Parse(text).status()), "day") << text;
  }
}

TEST(Day, RefusesDaysThatDoNotExist) {
  for (std::string_view text : {"2025-00-10", "2025-13-10", "2025-01-00", "2025-01-32",
                                "2025-04-31", "2025-02-29", "2100-02-29", "1900-02-29"}) {
    EXPECT_EQ(ReasonOf(Day::Parse(text).status()), "day") << text;
  }
  EXPECT_TRUE(Day::Parse("2024-02-29").ok());
}

TEST(Day, RefusesYearsOutside1900To2199) {
  for (std::string_view text : {"0000-01-01", "1899-12-31", "2200-01-01", "9999-12-31"}) {
    EXPECT_EQ(ReasonOf(Day::Parse(text).status()), "day") << text;
  }
}

TEST(Day, OfATimeIsTheUtcDay) {
  constexpr int64_t kDayMs = 86'400'000;
  EXPECT_EQ(Day::OfTime(0), DayOf("1970-01-01"));
  EXPECT_EQ(Day::OfTime(kDayMs - 1), DayOf("1970-01-01"));
  EXPECT_EQ(Day::OfTime(kDayMs), DayOf("1970-01-02"));
  EXPECT_EQ(Day::OfTime(-1), DayOf("1969-12-31"));
  EXPECT_EQ(Day::OfTime(-kDayMs), DayOf("1969-12-31"));
  EXPECT_EQ(Day::OfTime(1'750'000'000'000), DayOf("2025-06-15"));
}

TEST(Day, AddsMonthsAndStaysInTheMonth) {
  EXPECT_EQ(DayOf("2025-01-31").PlusMonths(1), DayOf("2025-02-28"));
  EXPECT_EQ(DayOf("2024-01-31").PlusMonths(1), DayOf("2024-02-29"));
  EXPECT_EQ(DayOf("2024-02-29").PlusMonths(12), DayOf("2025-02-28"));
  EXPECT_EQ(DayOf("2025-11-15").PlusMonths(2), DayOf("2026-01-15"));
  EXPECT_EQ(DayOf("2025-03-31").PlusMonths(-1), DayOf("2025-02-28"));
  EXPECT_EQ(DayOf("2025-03-31").PlusMonths(0), DayOf("2025-03-31"));
  EXPECT_EQ(DayOf("2024-11-30").PlusMonths(36), DayOf("2027-11-30"));
}

TEST(Day, AddsDaysAndCompares) {
  EXPECT_EQ(DayOf("2024-02-28").PlusDays(2), DayOf("2024-03-01"));
  EXPECT_EQ(DayOf("2025-01-01").PlusDays(-1), DayOf("2024-12-31"));
  EXPECT_LT(DayOf("2024-12-31"), DayOf("2025-01-01"));
}

}  // namespace
}  // namespace bonafide::registry
