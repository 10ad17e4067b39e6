// Log entries on disk while an audit runs, so that its memory need not grow with the log.
#ifndef BONAFIDE_CLIENT_ENTRY_SPILL_H_
#define BONAFIDE_CLIENT_ENTRY_SPILL_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <cstdio>
#include <string>
#include <string_view>

namespace bonafide::client {

// A temporary file without a name, which goes with the object. Entries are chained, each to an
// earlier one, so that a reader needs to remember only the last of a chain. Not thread-safe. Error
// of all calls: "audit_disk" (kUnavailable).
class EntrySpill {
 public:
  static constexpr uint64_t kNone = ~uint64_t{0};

  EntrySpill() = default;
  ~EntrySpill();
  EntrySpill(const EntrySpill&) = delete;
  EntrySpill& operator=(const EntrySpill&) = delete;

  // Keeps `entry` (at most 65,535 bytes) behind the one at `previous` (kNone: it is the first of
  // its chain). Returns where it lies.
  absl::StatusOr<uint64_t> Append(uint64_t previous, std::string_view entry);

  struct Kept {
    uint64_t previous = kNone;
    std::string entry;
  };
  // Precondition: Append returned `at`.
  absl::StatusOr<Kept> Read(uint64_t at) const;

 private:
  absl::Status Flush();

  std::FILE* file_ = nullptr;  // made when it is first needed
  uint64_t flushed_bytes_ = 0;
  std::string tail_;  // what follows
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_ENTRY_SPILL_H_
