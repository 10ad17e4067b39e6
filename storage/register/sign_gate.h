// The gate in front of every signature: what has to hold before a new head is written or signed.
// A log that signs two histories is dead; everything else can be repaired.
#ifndef BONAFIDE_STORAGE_REGISTER_SIGN_GATE_H_
#define BONAFIDE_STORAGE_REGISTER_SIGN_GATE_H_

#include <absl/status/status.h>

#include <cstdint>

#include "merkle/checkpoint.h"
#include "merkle/dense_tree.h"
#include "storage/register/plan.h"

namespace bonafide::storage {

// The last head this process published, or took over at the boot gate.
struct PublishedHead {
  merkle::Checkpoint checkpoint;
  int64_t time_ms = 0;
  Digest state_root;
  uint64_t subject_count = 0;
};

// Whether `plan` may follow `last`. `state_tree` is the version under `last`. Checks, each by means
// other than those that made the plan:
//   the size grows, by as many entries as there are; the last one alone is a state entry, with the
//     state tree's own root and size; each entry's bytes still have the hash that is in the tree
//   the new head is consistent with the old one (merkle/proof.h)
//   each changed leaf of the state tree, as it was, leads to the old state root
//   the time does not go back
// Error: "sign_gate" (kInternal), saying what does not hold.
absl::Status CheckSignGate(const PublishedHead& last, const Plan& plan,
                           const merkle::View& state_tree);

// Watches the wall clock against one that is never stepped.
class ClockGate {
 public:
  // `max_jump_ms`: how much further than elapsed time the wall clock may get between two heads.
  explicit ClockGate(int64_t max_jump_ms) : max_jump_ms_(max_jump_ms) {}

  // The wall clock is right now: what later times are measured from.
  void Believe(int64_t now_ms, int64_t elapsed_ms);
  // Error: "clock_jump" (kUnavailable) when the wall clock ran ahead of the elapsed time. A clock
  // put back is no error: log time then stands still until it has caught up.
  absl::Status Check(int64_t now_ms, int64_t elapsed_ms);

 private:
  int64_t max_jump_ms_;
  int64_t believed_now_ms_ = 0;
  int64_t believed_elapsed_ms_ = 0;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_SIGN_GATE_H_
