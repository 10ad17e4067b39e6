#include "server/deferred_projection.h"

namespace bonafide::server {

absl::Status DeferredProjection::CheckIntake(
    const registry::Event& event, const std::vector<registry::OpenedSlot>& opened) const {
  const storage::Projection* projection = projection_;
  return projection == nullptr ? absl::OkStatus() : projection->CheckIntake(event, opened);
}

absl::Status DeferredProjection::Apply(std::span<const storage::PlannedEvent> events,
                                       storage::WriteBatch& batch) {
  storage::Projection* projection = projection_;
  return projection == nullptr ? absl::OkStatus() : projection->Apply(events, batch);
}

void DeferredProjection::Committed() {
  if (storage::Projection* projection = projection_) projection->Committed();
}

void DeferredProjection::Dropped() {
  if (storage::Projection* projection = projection_) projection->Dropped();
}

}  // namespace bonafide::server
