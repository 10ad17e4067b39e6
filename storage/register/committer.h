// One batch from plan to signed head: plan, gate, append, sign, mark, install.
#ifndef BONAFIDE_STORAGE_REGISTER_COMMITTER_H_
#define BONAFIDE_STORAGE_REGISTER_COMMITTER_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "storage/log/log_store.h"
#include "storage/register/head_signer.h"
#include "storage/register/high_water.h"
#include "storage/register/projection.h"
#include "storage/register/receipt.h"
#include "storage/register/register_state.h"
#include "storage/register/sign_gate.h"

namespace bonafide::storage {

// What became of a batch.
struct CommitResult {
  // OK: the state is whole and more may be committed. Otherwise it is not known what is on disk, or
  // the gate has closed: nothing more may be signed before the store has been opened again.
  absl::Status status;
  // With an OK status: one for each submission.
  std::vector<absl::StatusOr<Receipt>> receipts;
  bool new_head = false;
  uint64_t events = 0;  // logged by this batch
};

// For one writer's thread. After an error it refuses everything.
class Committer {
 public:
  struct Parts {
    std::unique_ptr<RegisterState> state;
    std::unique_ptr<LogStore> log;
    std::unique_ptr<HighWater> mark;  // null while a register is being made
    HeadSigner* signer = nullptr;
    std::vector<std::shared_ptr<Projection>> projections;
    uint64_t epoch = 0;
    std::string note;  // of the newest head; empty while a register is being made
  };
  explicit Committer(Parts parts);

  // Commits `submissions` at wall clock time `now_ms`. Refused ones are in the receipts.
  CommitResult Commit(std::vector<VerifiedSubmission> submissions, int64_t now_ms, bool heartbeat);

  const RegisterState& state() const { return *parts_.state; }
  // The signed note of state().head().
  const std::string& note() const { return parts_.note; }

 private:
  absl::Status CommitPlan(Plan& plan, CommitResult& result);
  absl::Status ApplyProjections(Plan& plan);
  absl::StatusOr<Receipt> ReceiptFor(const PlannedOutcome& outcome) const;
  PublishedHead Last() const;

  Parts parts_;
  absl::Status stopped_;
};

// The checkpoint of `state`'s head.
merkle::Checkpoint CheckpointOf(const RegisterState& state);

// The receipt of the event at `index` under `head` and its `note`.
absl::StatusOr<Receipt> ReceiptAt(const HeadState& head, const std::string& note, LogIndex index);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_COMMITTER_H_
