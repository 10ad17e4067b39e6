// What follows from the personal slots of an event beside the event itself: which papers it names,
// under which names its person is found, which numbers it files, and what an erasure takes away.
#ifndef BONAFIDE_STORAGE_PERSONAL_PERSONAL_PROJECTION_H_
#define BONAFIDE_STORAGE_PERSONAL_PERSONAL_PROJECTION_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <functional>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "storage/names/name_index.h"
#include "storage/papers/paper_reference.h"
#include "storage/papers/paper_store.h"
#include "storage/personal/duplicate_hint.h"
#include "storage/personal/erasure.h"
#include "storage/register/projection.h"

namespace bonafide::storage {

// What is passed in must outlive it.
class PersonalProjection final : public Projection {
 public:
  // `failed` is told when an erasure that has been logged could not be carried out yet: it stays
  // ordered and is tried again after the next commit. On the sequencer's thread.
  PersonalProjection(const PaperStore& papers, const NameIndex& names, const DuplicateHints& hints,
                     Eraser& eraser, std::function<void(const absl::Status&)> failed);

  // Errors: "paper_unknown" (kFailedPrecondition), "paper_type" (kInvalidArgument), naming the
  // slot.
  absl::Status CheckIntake(const registry::Event& event,
                           const std::vector<registry::OpenedSlot>& opened) const override;
  absl::Status Apply(std::span<const PlannedEvent> events, WriteBatch& batch) override;
  // Carries out the erasures that have just been logged.
  void Committed() override;
  void Dropped() override;

 private:
  // Into an index that is not ready nothing is filed: a rebuild will find the events.
  absl::Status FileNames(std::span<const PlannedEvent> events, WriteBatch& batch) const;
  absl::Status ApplyOne(const registry::LoggedEvent& event,
                        const std::vector<registry::OpenedSlot>& opened, WriteBatch& batch);

  const PaperStore* papers_;
  const NameIndex* names_;
  const DuplicateHints* hints_;
  Eraser* eraser_;
  std::function<void(const absl::Status&)> failed_;
  // Whether an erasure may be waiting; at first, one from before the last stop may.
  bool ordered_ = true;
};

// The papers `opened` names, with the media type it gives each.
struct NamedPaper {
  SlotKind slot = SlotKind::kPapers;
  uint8_t position = 0;
  Digest digest;
  std::string media_type;
};
std::vector<NamedPaper> PapersIn(const std::vector<registry::OpenedSlot>& opened);
// What `opened` says of the person.
NamesOfEvent NamesIn(LoggedAt event, const std::vector<registry::OpenedSlot>& opened);
// The certificate or policy `event` files under a number, if it gives one.
std::optional<NumberedPaper> NumberIn(const registry::Event& event,
                                      const std::vector<registry::OpenedSlot>& opened);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PERSONAL_PERSONAL_PROJECTION_H_
