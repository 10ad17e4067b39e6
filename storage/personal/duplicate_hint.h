// Hints that the same certificate or policy was filed for somebody else.
//
// They need other people's records, so they are shown as unproven and decide nothing. The index is
// keyed: its rows tell nothing without the secret. Numbers too short to tell papers apart give no
// hint.
//
// Family kDuplicates (integers big-endian):
//   'm' mac:32 subject:u64 index:u64   empty
//   'e' subject:u64 index:u64          mac:32 x n: what to remove with the event
#ifndef BONAFIDE_STORAGE_PERSONAL_DUPLICATE_HINT_H_
#define BONAFIDE_STORAGE_PERSONAL_DUPLICATE_HINT_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <string>
#include <string_view>
#include <vector>

#include "registry/event.h"
#include "storage/database/database.h"
#include "storage/database/index_secret.h"
#include "storage/history/logged_at.h"

namespace bonafide::storage {

enum class NumberKind : uint8_t { kCertificate = 1, kPolicy = 2 };

// A certificate or policy as its number names it.
struct NumberedPaper {
  NumberKind kind = NumberKind::kCertificate;
  registry::IssuerName issuer;
  std::string number;  // as on the paper; spaces, hyphens and case do not matter
};

// Thread-safe. `secret` must outlive it.
class DuplicateHints {
 public:
  explicit DuplicateHints(const IndexSecret& secret) : secret_(&secret) {}

  // Adds to the batch of the event at `event` what it files.
  absl::Status Add(LoggedAt event, const NumberedPaper& paper, WriteBatch& batch) const;

  // Events of other subjects than `subject` that filed `paper`, by subject and index, at most
  // kMaxDuplicateHints. An issuer is the same when recognition, number or folded name is.
  absl::StatusOr<std::vector<LoggedAt>> Find(const Snapshot& snapshot, SubjectNumber subject,
                                             const NumberedPaper& paper) const;

  // Adds to `batch` the removal of all that `event`, or every event of `subject`, filed.
  static absl::Status Remove(const Snapshot& snapshot, LoggedAt event, WriteBatch& batch);
  static absl::Status Remove(const Snapshot& snapshot, SubjectNumber subject, WriteBatch& batch);

 private:
  absl::StatusOr<std::vector<Digest>> MacsOf(const NumberedPaper& paper) const;

  const IndexSecret* secret_;
};

inline constexpr size_t kMaxDuplicateHints = 16;

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PERSONAL_DUPLICATE_HINT_H_
