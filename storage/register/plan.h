// Planning a batch: from the applied state, submissions and a clock to the entries to append. It
// decides everything and does nothing.
#ifndef BONAFIDE_STORAGE_REGISTER_PLAN_H_
#define BONAFIDE_STORAGE_REGISTER_PLAN_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "merkle/overlay.h"
#include "merkle/proof.h"
#include "merkle/prove.h"
#include "storage/log/log_hashes.h"
#include "storage/log/log_store.h"
#include "storage/register/applied_state.h"
#include "storage/register/plan_world.h"
#include "storage/register/planned_event.h"
#include "storage/register/submission.h"

namespace bonafide::storage {

// How much may be filed for one subject: beyond the first numbers only by organisations that hold
// the power to sanction or to erase, so that nobody can make a practitioner uncheckable, nor
// unsanctionable.
struct SubjectLimits {
  uint64_t entries = 900;
  uint64_t bytes = 768 << 10;
  uint64_t entries_for_authorities = 1000;
  uint64_t bytes_for_authorities = 1 << 20;
  // For organisations and schemes.
  uint64_t entries_of_others = 1'900;
  uint64_t bytes_of_others = 2 << 20;
  // What those above an organisation may still add: nobody can fill it so that its keys cannot be
  // revoked.
  uint64_t entries_for_ancestors = 2'000;
  uint64_t bytes_for_ancestors = 3 << 20;
  // Subject 0 lists every scheme and stands in every answer.
  uint64_t entries_of_genesis = 4'000;
  uint64_t bytes_of_genesis = 4 << 20;
};

// What became of one submission.
struct PlannedOutcome {
  // OK: the event is or will be in the log at `index`. Otherwise why it is refused.
  absl::Status status;
  LogIndex index;
  bool is_new = false;  // logged by this batch, not before
};

struct Plan {
  std::vector<PlannedOutcome> outcomes;  // one for each submission
  std::vector<PlannedEvent> events;      // in log order
  // Nothing to append where this is empty: every submission was refused or is in the log already.
  bool empty() const { return request.entries.empty(); }

  // The rest describes the batch; its last entry is the state entry.
  AppendRequest request;  // without its epoch
  int64_t time_ms = 0;
  std::string state_entry;
  Digest state_root;
  uint64_t subject_count = 0;
  std::optional<merkle::Overlay> state_tree;
  merkle::Proof consistency;                   // from the old head to the new one
  std::map<uint64_t, PlannedSubject> changed;  // by number

  // The frontier before the batch, and the hashes around it.
  merkle::Frontier base;
  std::shared_ptr<EdgeHashes> edge;

  // Inclusion of one of the batch's own entries under the new head, hashes joined. Precondition:
  // not empty, and `index` is of this batch.
  absl::StatusOr<std::string> InclusionProof(LogIndex index) const;
};

// Plans `submissions` in their order at wall clock time `now_ms`; every entry gets the later of it
// and the last entry's time. Refusals are outcomes, and so is that what one of them needs cannot be
// read ("data_damaged" and others): the rest is planned as if it were not there. An error is one of
// reading the trees, and then nothing may be appended. With `heartbeat` a state entry is planned
// even without events. Refusals, beside those of registry/admission.h: "jti_reused"
// (kAlreadyExists), "already" (a thumbprint that is or was another organisation's), "subject_full"
// (kResourceExhausted).
absl::StatusOr<Plan> MakePlan(const AppliedState& applied,
                              std::vector<VerifiedSubmission> submissions, int64_t now_ms,
                              bool heartbeat, const SubjectLimits& limits = {});

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_PLAN_H_
