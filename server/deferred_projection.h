// A projection whose parts need the database that the register opens.
#ifndef BONAFIDE_SERVER_DEFERRED_PROJECTION_H_
#define BONAFIDE_SERVER_DEFERRED_PROJECTION_H_

#include <atomic>

#include "storage/register/projection.h"

namespace bonafide::server {

// Passes everything on to the projection it is given once the register is open. Before that no
// event can be submitted, so nothing is missed.
class DeferredProjection final : public storage::Projection {
 public:
  // `projection` must outlive the register.
  void Set(storage::Projection* projection) { projection_ = projection; }

  absl::Status CheckIntake(const registry::Event& event,
                           const std::vector<registry::OpenedSlot>& opened) const override;
  absl::Status Apply(std::span<const storage::PlannedEvent> events,
                     storage::WriteBatch& batch) override;
  void Committed() override;
  void Dropped() override;

 private:
  std::atomic<storage::Projection*> projection_{nullptr};
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_DEFERRED_PROJECTION_H_
