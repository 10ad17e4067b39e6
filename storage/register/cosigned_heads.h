// Heads on their way to being cosigned.
#ifndef BONAFIDE_STORAGE_REGISTER_COSIGNED_HEADS_H_
#define BONAFIDE_STORAGE_REGISTER_COSIGNED_HEADS_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <deque>
#include <functional>
#include <string>
#include <string_view>
#include <vector>

#include "certs/note.h"
#include "merkle/policy.h"
#include "storage/register/view.h"

namespace bonafide::storage {

// Cosignatures come back seconds after a head was published, when newer ones have followed. So some
// recent heads are kept as candidates, at most one a second and kMaxCandidates in all, and the
// newest that satisfies the policy. A head that came too soon after the last candidate becomes one
// when a cosigner asks, at the earliest that second after it. Not thread-safe.
class CosignedHeads {
 public:
  static constexpr size_t kMaxCandidates = 8;
  static constexpr int64_t kCandidateEveryMs = 1000;
  // A view of the same head with another note.
  using WithNote = std::function<ViewPtr(const ViewPtr&, std::string note)>;

  CosignedHeads(merkle::Policy policy, WithNote with_note)
      : policy_(std::move(policy)), with_note_(std::move(with_note)) {}

  // A new head was published at `elapsed_ms`.
  void Offer(const ViewPtr& view, int64_t elapsed_ms);
  void Clear();

  // nullptr when there is none.
  ViewPtr cosigned() const { return cosigned_; }
  // The candidate that a cosigner who asks at `elapsed_ms` is shown; nullptr when there is none.
  ViewPtr ToCosign(int64_t elapsed_ms);

  // Adds what is right and of a known key in `note`; returns the head's view with all its
  // cosignatures. Errors: "checkpoint_unknown" (kNotFound), "cosigner_unknown", and those of notes
  // and cosignatures.
  absl::StatusOr<ViewPtr> Add(std::string_view note);

 private:
  // Makes newest_ a candidate, unless the last one was too little time before.
  void Keep(int64_t elapsed_ms);
  absl::StatusOr<ViewPtr> Merge(const ViewPtr& view, const certs::Note& given);
  void Promote(const ViewPtr& view);

  merkle::Policy policy_;
  WithNote with_note_;
  std::deque<ViewPtr> candidates_;  // ascending by size
  ViewPtr newest_;                  // nullptr once it is a candidate
  int64_t last_kept_ms_ = 0;
  ViewPtr cosigned_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_COSIGNED_HEADS_H_
