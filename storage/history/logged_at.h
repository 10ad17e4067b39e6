// Where what was derived from an event is filed, so that it can be removed with the event.
#ifndef BONAFIDE_STORAGE_HISTORY_LOGGED_AT_H_
#define BONAFIDE_STORAGE_HISTORY_LOGGED_AT_H_

#include <absl/status/statusor.h>

#include <compare>
#include <cstddef>
#include <string>
#include <string_view>

#include "merkle/index.h"

namespace bonafide::storage {

using merkle::LogIndex;
using merkle::SubjectNumber;

// An event by its own subject and its index in the log.
struct LoggedAt {
  SubjectNumber subject;
  LogIndex index;
  auto operator<=>(const LoggedAt&) const = default;
};

// 16 bytes that sort by subject, then index. A subject's first 8 are SubjectPrefix
// (storage/database/schema.h).
inline constexpr size_t kLoggedAtBytes = 16;
std::string LoggedAtKey(LoggedAt at);
// Error: "data_damaged" unless exactly 16 bytes.
absl::StatusOr<LoggedAt> ParseLoggedAt(std::string_view key);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_HISTORY_LOGGED_AT_H_
