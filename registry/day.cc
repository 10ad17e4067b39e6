#include "registry/day.h"

#include <algorithm>
#include <chrono>
#include <optional>

#include "certs/reason.h"

namespace bonafide::registry {
namespace {

using std::chrono::days;
using std::chrono::sys_days;
using std::chrono::year_month_day;

constexpr int kFirstYear = 1900;
constexpr int kLastYear = 2199;
constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;

std::optional<int> ReadDigits(std::string_view text) {
  int value = 0;
  for (char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + (c - '0');
  }
  return value;
}

year_month_day Civil(int32_t days_since_1970) { return sys_days(days(days_since_1970)); }

int32_t DaysSince1970(const year_month_day& date) {
  return static_cast<int32_t>(sys_days(date).time_since_epoch().count());
}

void AppendPadded(std::string& out, unsigned value, size_t width) {
  const std::string digits = std::to_string(value);
  out.append(width - std::min(width, digits.size()), '0');
  out += digits;
}

absl::Status NoDay() {
  return Malformed("day", "a day is written YYYY-MM-DD and exists, from 1900-01-01 to 2199-12-31");
}

}  // namespace

absl::StatusOr<Day> Day::Parse(std::string_view text) {
  if (text.size() != 10 || text[4] != '-' || text[7] != '-') return NoDay();
  const auto year = ReadDigits(text.substr(0, 4));
  const auto month = ReadDigits(text.substr(5, 2));
  const auto day = ReadDigits(text.substr(8, 2));
  if (!year || !month || !day) return NoDay();
  const year_month_day date(std::chrono::year(*year),
                            std::chrono::month(static_cast<unsigned>(*month)),
                            std::chrono::day(static_cast<unsigned>(*day)));
  if (!date.ok() || *year < kFirstYear || *year > kLastYear) return NoDay();
  return Day(DaysSince1970(date));
}

Day Day::OfTime(int64_t time_ms) {
  const int64_t whole = time_ms / kDayMs;
  return Day(static_cast<int32_t>(time_ms % kDayMs < 0 ? whole - 1 : whole));
}

std::string Day::ToString() const {
  const year_month_day date = Civil(days_);
  std::string out;
  AppendPadded(out, static_cast<unsigned>(static_cast<int>(date.year())), 4);
  out += '-';
  AppendPadded(out, static_cast<unsigned>(date.month()), 2);
  out += '-';
  AppendPadded(out, static_cast<unsigned>(date.day()), 2);
  return out;
}

Day Day::PlusMonths(int32_t months) const {
  const year_month_day later = Civil(days_) + std::chrono::months(months);
  if (later.ok()) return Day(DaysSince1970(later));
  return Day(DaysSince1970(later.year() / later.month() / std::chrono::last));
}

}  // namespace bonafide::registry
