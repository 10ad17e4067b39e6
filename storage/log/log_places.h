// Where the entries of the log stand, by index: a page for each kEntriesPerPlacePage of them, in
// one row that only grows (Database: WriteBatch::Append).
//
//   row    = item x (number of entries)
//   item   = 1:u8 subject:u64 seq:u32     an event: the entry with that number under that subject
//          | 2:u8 entry:57                a state entry: this is its home
#ifndef BONAFIDE_STORAGE_LOG_LOG_PLACES_H_
#define BONAFIDE_STORAGE_LOG_LOG_PLACES_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

#include "storage/database/database.h"
#include "storage/database/schema.h"

namespace bonafide::storage {

inline constexpr uint64_t kEntriesPerPlacePage = 256;

// A state entry, which stands in its place itself.
struct StatePlace {
  std::string_view entry;
};
using Place = std::variant<EntryPlace, StatePlace>;

std::string PlaceItem(const Place& place);

// Adds `places`, of the entries from `first` on, to `batch`.
void AppendPlaces(LogIndex first, const std::vector<Place>& places, WriteBatch& batch);

// The places of a row, in order; state entries are views into it. Error: "data_damaged".
absl::StatusOr<std::vector<Place>> ParsePlaces(std::string_view row);

// Keeps the page it read last. Not thread-safe.
class LogPlaces {
 public:
  // `snapshot` has to outlive this.
  explicit LogPlaces(const Snapshot& snapshot) : snapshot_(snapshot) {}

  // What it returns holds until the next call. Errors: "record_missing", "data_damaged".
  absl::StatusOr<Place> At(LogIndex index);

 private:
  const Snapshot& snapshot_;
  std::optional<uint64_t> number_;  // of the page that is kept
  std::string row_;
  absl::StatusOr<std::vector<Place>> places_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_LOG_LOG_PLACES_H_
