// Log entries: the bytes that are hashed into the log (docs/protocol.md, section 4).
#ifndef BONAFIDE_REGISTRY_ENTRY_H_
#define BONAFIDE_REGISTRY_ENTRY_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "certs/digest.h"
#include "merkle/index.h"

namespace bonafide::registry {

using merkle::LogIndex;
using merkle::SubjectNumber;

inline constexpr size_t kMaxEntryBytes = 65535;
inline constexpr size_t kStateEntryBytes = 57;

struct EventEntry {
  LogIndex index;
  int64_t time_ms = 0;
  std::vector<SubjectNumber> subjects;  // one, or two that differ
  std::string token;                    // JWT, ASCII
};

struct StateEntry {
  LogIndex index;
  int64_t time_ms = 0;
  uint64_t subjects = 0;  // how many exist
  Digest state_root;
};

using Entry = std::variant<EventEntry, StateEntry>;

// Preconditions: 1 or 2 subjects, time_ms >= 0, and the result within kMaxEntryBytes (the caller
// has capped the token).
std::string EncodeEntry(const EventEntry& entry);
std::string EncodeEntry(const StateEntry& entry);

// Reads one entry, all of `bytes`. Errors: "entry_kind", "entry_size", "entry_subjects",
// "entry_time" (above 2^53 ms).
absl::StatusOr<Entry> ParseEntry(std::string_view bytes);
absl::StatusOr<EventEntry> ParseEventEntry(std::string_view bytes);
absl::StatusOr<StateEntry> ParseStateEntry(std::string_view bytes);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_ENTRY_H_
