// What else follows from an event, kept by others in the same commit: the name index, the list of
// papers, the effects of an erasure.
#ifndef BONAFIDE_STORAGE_REGISTER_PROJECTION_H_
#define BONAFIDE_STORAGE_REGISTER_PROJECTION_H_

#include <absl/status/status.h>

#include <span>
#include <vector>

#include "registry/event_schema.h"
#include "storage/database/database.h"
#include "storage/register/planned_event.h"

namespace bonafide::storage {

class Projection {
 public:
  virtual ~Projection() = default;

  // Whether `event` may be taken in at all, as far as this projection can tell ("paper_unknown"):
  // asked once on the submitter's thread, from any number of threads.
  virtual absl::Status CheckIntake(const registry::Event& event,
                                   const std::vector<registry::OpenedSlot>& opened) const {
    static_cast<void>(event);
    static_cast<void>(opened);
    return absl::OkStatus();
  }

  // Adds to `batch` what follows from `events`, at least one, in log order, which were admitted and
  // commit with `batch` or not at all. On the sequencer's thread. Reads of the database do not see
  // them yet, so what depends on an earlier event of the batch has to be kept in memory too. An
  // error stops the register ("projection" in its message): it must only mean that stored bytes are
  // damaged.
  virtual absl::Status Apply(std::span<const PlannedEvent> events, WriteBatch& batch) = 0;

  // The events applied since the last call are on disk, or a store whose last write was in doubt
  // has been opened again (then after Dropped), and the head over them is about to be published:
  // the moment for what a batch cannot do, for example removing what was erased. The new head reads
  // what is written here. On the sequencer's thread, so be short.
  virtual void Committed() {}
  // They may or may not be on disk; forget what was kept in memory for them, but for what Committed
  // would look for there.
  virtual void Dropped() {}
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_PROJECTION_H_
