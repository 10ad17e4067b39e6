// The index of practitioners' names: what a search looks into (storage/names/name_search.h).
//
// It is local and derived: folded by this machine's ICU, keyed by this machine's secret, and built
// again from the disclosures by one command. Names ever held are found, until they are erased.
#ifndef BONAFIDE_STORAGE_NAMES_NAME_INDEX_H_
#define BONAFIDE_STORAGE_NAMES_NAME_INDEX_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database/database.h"
#include "storage/database/index_secret.h"
#include "storage/history/logged_at.h"

namespace bonafide::storage {

// What one event says of a person.
struct NamesOfEvent {
  LoggedAt event;
  std::optional<std::string> name;
  std::optional<std::string> town;
};

enum class NameIndexState : uint8_t {
  kReady,
  kEmpty,  // new: right for an empty log only
  kStale,  // made with another ICU or another secret, or not to the end: rebuild it
};

// Thread-safe for reading; what adds and removes is for the one thread that writes events.
// `database` and `secret` must outlive it.
class NameIndex {
 public:
  NameIndex(Database& database, const IndexSecret& secret);

  // Error: those of storage/database/database.h. A header that cannot be read is kStale.
  absl::StatusOr<NameIndexState> State() const;
  // Every event below this index is in the index. Error: "name_index_stale" (kUnavailable) unless
  // ready.
  absl::StatusOr<uint64_t> LogSize(const Snapshot& snapshot) const;

  // Adds `names` to the batch of their event. Adding the same again changes nothing.
  absl::Status Add(const NamesOfEvent& names, WriteBatch& batch) const;
  // Says in `batch` that every event below `log_size` is in the index.
  // Precondition: that is so, in particular the index was ready before.
  void SetLogSize(uint64_t log_size, WriteBatch& batch) const;
  // Says in `batch` that the index lacks something: it is kStale until it has been rebuilt.
  static void MarkStale(WriteBatch& batch);

  // Adds to `batch` the removal of all that `event`, or every event of `subject`, brought in, and
  // of the words that nobody else has; from an index that is not ready, of everything, which a
  // rebuild brings back. Precondition: no other batch is under way, and `batch` adds no names.
  absl::Status Remove(const Snapshot& snapshot, LoggedAt event, WriteBatch& batch) const;
  absl::Status Remove(const Snapshot& snapshot, SubjectNumber subject, WriteBatch& batch) const;

  // Empties the index and fills it with what `each` passes to its argument, ending at `log_size`.
  // Interrupted, it leaves the index stale. Precondition: nothing else writes events meanwhile.
  using TakeNames = std::function<absl::Status(const NamesOfEvent&)>;
  absl::Status Rebuild(uint64_t log_size,
                       const std::function<absl::Status(const TakeNames&)>& each) const;

  const IndexSecret& secret() const { return *secret_; }

 private:
  // The size in the header `value`, or nothing unless this secret and this ICU made the index, to
  // the end.
  std::optional<uint64_t> SizeIfReady(const std::optional<std::string>& value) const;
  absl::Status AddWord(const std::string& token, std::string_view word, LogIndex index,
                       WriteBatch& batch) const;
  absl::Status RemoveUnder(const Snapshot& snapshot, const std::string& prefix,
                           WriteBatch& batch) const;

  Database* database_;
  const IndexSecret* secret_;
  // What the header of an index made with this secret and this ICU says of them.
  const std::string secret_check_;
  const std::string folding_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_NAMES_NAME_INDEX_H_
