// The world as far as a log has been replayed. Organisations and schemes are held in memory; of
// practitioners only how they came to be, and the events of those that were looked at lately.
#ifndef BONAFIDE_CLIENT_REPLAYED_WORLD_H_
#define BONAFIDE_CLIENT_REPLAYED_WORLD_H_

#include <absl/status/status.h>

#include <cstdint>
#include <list>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "client/entry_spill.h"
#include "registry/subject.h"

namespace bonafide::client {

// Not thread-safe.
class ReplayedWorld final : public registry::World {
 public:
  // Holds the events of at most `recent` practitioners.
  explicit ReplayedWorld(std::string origin, size_t recent = 4096)
      : origin_(std::move(origin)), most_recent_(recent) {}

  uint64_t subject_count() const override { return records_.size(); }
  // Where the events cannot be read again: a subject without any; look at TakeStatus before
  // believing that.
  const registry::Subject* Find(registry::SubjectNumber number) const override;
  std::optional<registry::Founding> FindFounding(registry::SubjectNumber number) const override;
  // The first error of reading since it was last asked for: those of EntrySpill.
  absl::Status TakeStatus() { return std::exchange(status_, absl::OkStatus()); }

  // Adds an admitted event to all its subjects; the first is made where the event creates it.
  // `entry` is the event's entry as logged. Errors: those of EntrySpill.
  absl::Status Append(const registry::LoggedEventPtr& event, std::string_view entry);

 private:
  struct Record {
    registry::Founding founding;
    uint64_t last_entry = EntrySpill::kNone;  // of a practitioner
  };
  using Recent = std::list<registry::Subject>;

  registry::Subject* FindRecent(uint64_t number) const;
  registry::Subject* KeepRecent(registry::Subject subject) const;
  absl::StatusOr<registry::Subject> ReadAgain(registry::SubjectNumber number) const;

  const std::string origin_;
  const size_t most_recent_;
  std::vector<Record> records_;  // by number
  std::unordered_map<uint64_t, registry::Subject> held_;
  EntrySpill spill_;
  mutable Recent recent_;  // the latest first
  mutable std::unordered_map<uint64_t, Recent::iterator> recent_by_number_;
  mutable absl::Status status_;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_REPLAYED_WORLD_H_
