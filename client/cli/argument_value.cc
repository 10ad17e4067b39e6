#include "client/cli/argument_value.h"

#include <charconv>

#include "certs/reason.h"
#include "registry/registration_number.h"

namespace bonafide::client::cli {
namespace {

constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;

absl::Status BadTime(std::string_view option) {
  return Malformed("time",
                   std::string(option) + ": not YYYY-MM-DD, YYYY-MM-DDThh:mm:ssZ or @MILLISECONDS");
}

// Takes `digits` digits of a number up to `most` from `text`.
bool TakeDigits(std::string_view& text, size_t digits, int64_t most, int64_t& value) {
  if (text.size() < digits) return false;
  value = 0;
  for (char c : text.substr(0, digits)) {
    if (c < '0' || c > '9') return false;
    value = value * 10 + (c - '0');
  }
  text.remove_prefix(digits);
  return value <= most;
}

bool TakeChar(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

// Milliseconds since midnight in `hh:mm[:ss[.mmm]]Z`, or -1.
int64_t TimeOfDay(std::string_view text) {
  int64_t hours = 0, minutes = 0, seconds = 0, millis = 0;
  if (!TakeDigits(text, 2, 23, hours) || !TakeChar(text, ':') ||
      !TakeDigits(text, 2, 59, minutes)) {
    return -1;
  }
  if (TakeChar(text, ':')) {
    if (!TakeDigits(text, 2, 59, seconds)) return -1;
    if (TakeChar(text, '.') && !TakeDigits(text, 3, 999, millis)) return -1;
  }
  if (text != "Z") return -1;
  return ((hours * 60 + minutes) * 60 + seconds) * 1000 + millis;
}

}  // namespace

absl::StatusOr<merkle::SubjectNumber> ParseNumber(std::string_view option, std::string_view text) {
  const auto number = registry::ParseRegistrationNumber(text);
  if (!number.ok()) return Within(option, number.status());
  return *number;
}

absl::StatusOr<registry::Day> ParseDay(std::string_view option, std::string_view text) {
  const auto day = registry::Day::Parse(text);
  if (!day.ok()) return Malformed("day", std::string(option) + ": not a day such as 2026-05-03");
  return *day;
}

absl::StatusOr<int64_t> ParseTime(std::string_view option, std::string_view text) {
  if (text.starts_with('@')) {
    int64_t value = -1;
    const auto [end, error] = std::from_chars(text.data() + 1, text.data() + text.size(), value);
    if (error != std::errc() || end != text.data() + text.size() || value < 0) {
      return BadTime(option);
    }
    return value;
  }
  const auto day = registry::Day::Parse(text.substr(0, 10));
  if (!day.ok()) return BadTime(option);
  const int64_t midnight_ms = day->days_since_1970() * kDayMs;
  if (text.size() == 10) return midnight_ms + kDayMs - 1;
  if (text[10] != 'T') return BadTime(option);
  const int64_t of_day_ms = TimeOfDay(text.substr(11));
  if (of_day_ms < 0) return BadTime(option);
  return midnight_ms + of_day_ms;
}

absl::StatusOr<registry::EventId> ParseEventId(std::string_view option, std::string_view text) {
  const auto id = registry::EventId::Parse(text);
  if (!id.ok()) {
    return Malformed("event_id", std::string(option) +
                                     ": not the identity of an event (43 characters, as `bonafide "
                                     "show NUMBER --history` prints it)");
  }
  return *id;
}

std::vector<std::string> SplitText(std::string_view text, char separator) {
  std::vector<std::string> parts;
  while (true) {
    const size_t end = text.find(separator);
    parts.emplace_back(text.substr(0, end));
    if (end == text.npos) return parts;
    text.remove_prefix(end + 1);
  }
}

}  // namespace bonafide::client::cli
