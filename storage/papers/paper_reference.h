// Which events name which papers, and from which slot.
#ifndef BONAFIDE_STORAGE_PAPERS_PAPER_REFERENCE_H_
#define BONAFIDE_STORAGE_PAPERS_PAPER_REFERENCE_H_

#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <vector>

#include "certs/digest.h"
#include "storage/database/database.h"
#include "storage/history/audience.h"
#include "storage/history/logged_at.h"

namespace bonafide::storage {

// One paper named by one slot of one event.
struct PaperReference {
  LoggedAt event;
  SlotKind slot = SlotKind::kPapers;  // one of the four whose values are papers
  uint8_t position = 0;               // among the papers of the slot, from 0
  Digest paper;

  auto operator<=>(const PaperReference&) const = default;
};

// Adds or removes one reference; goes into the batch of the event. Precondition for adding: the
// paper is stored (PaperStore::CheckNamed).
void AddReference(const PaperReference& reference, WriteBatch& batch);
void RemoveReference(const PaperReference& reference, WriteBatch& batch);

// Who names `paper`, in the order of subjects; at most `limit`. Errors: those of
// storage/database/database.h.
absl::StatusOr<std::vector<PaperReference>> ReferencesTo(const Snapshot& snapshot,
                                                         const Digest& paper, size_t limit);
// Whether ReferencesTo would give `reference`.
absl::StatusOr<bool> IsNamedBy(const Snapshot& snapshot, const PaperReference& reference);
absl::StatusOr<bool> IsNamed(const Snapshot& snapshot, const Digest& paper);
// What `event` names, in the order of slots and positions.
absl::StatusOr<std::vector<PaperReference>> ReferencesOf(const Snapshot& snapshot, LoggedAt event);
// The same for all events of `subject`.
absl::StatusOr<std::vector<PaperReference>> ReferencesOf(const Snapshot& snapshot,
                                                         SubjectNumber subject);

// Visits every reference, in the order of events, until `visit` returns false.
absl::Status VisitReferences(const Snapshot& snapshot,
                             const std::function<bool(const PaperReference&)>& visit);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PAPERS_PAPER_REFERENCE_H_
