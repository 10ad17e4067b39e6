#include "storage/history/logged_at.h"

#include "certs/reason.h"
#include "merkle/big_endian.h"

namespace bonafide::storage {

std::string LoggedAtKey(LoggedAt at) {
  std::string key;
  merkle::AppendU64(key, at.subject.value);
  merkle::AppendU64(key, at.index.value);
  return key;
}

absl::StatusOr<LoggedAt> ParseLoggedAt(std::string_view key) {
  if (key.size() != kLoggedAtBytes) {
    return Damaged("data_damaged", "a stored row does not name an event");
  }
  return LoggedAt{{merkle::ReadU64(key)}, {merkle::ReadU64(key.substr(8))}};
}

}  // namespace bonafide::storage
