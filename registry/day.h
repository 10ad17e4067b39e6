// Civil days: the only unit of time a verdict knows (docs/protocol.md, section 2).
#ifndef BONAFIDE_REGISTRY_DAY_H_
#define BONAFIDE_REGISTRY_DAY_H_

#include <absl/status/statusor.h>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

namespace bonafide::registry {

// A day of the proleptic Gregorian calendar, 1900-01-01 to 2199-12-31 when parsed. It has no zone:
// in which zone days are counted is a matter of the scheme, and nothing here converts.
class Day {
 public:
  constexpr Day() = default;

  // Reads exactly `YYYY-MM-DD`. Error: reason "day".
  static absl::StatusOr<Day> Parse(std::string_view text);
  // The UTC day that contains `time_ms` (milliseconds since 1970).
  static Day OfTime(int64_t time_ms);
  static constexpr Day FromDaysSince1970(int32_t days) { return Day(days); }

  int32_t days_since_1970() const { return days_; }
  std::string ToString() const;  // `YYYY-MM-DD`

  Day PlusDays(int32_t days) const { return Day(days_ + days); }
  // The same day of the month `months` later; the last day of that month where it is shorter.
  Day PlusMonths(int32_t months) const;

  constexpr auto operator<=>(const Day&) const = default;

 private:
  constexpr explicit Day(int32_t days) : days_(days) {}
  int32_t days_ = 0;
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_DAY_H_
