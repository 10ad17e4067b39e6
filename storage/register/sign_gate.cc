#include "storage/register/sign_gate.h"

#include <string>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "merkle/state_tree.h"
#include "registry/entry.h"

namespace bonafide::storage {
namespace {

absl::Status Closed(const std::string& why) {
  return Refusal(absl::StatusCode::kInternal, "sign_gate", why);
}

absl::Status CheckEntries(const PublishedHead& last, const Plan& plan) {
  const AppendRequest& request = plan.request;
  const uint64_t base = last.checkpoint.size.value;
  if (request.base_size.value != base || request.base_root != last.checkpoint.root) {
    return Closed("the batch does not start at the last head");
  }
  if (request.entries.empty() || request.frontier.size().value != base + request.entries.size()) {
    return Closed("the log does not grow by the entries of the batch");
  }
  for (size_t i = 0; i < request.entries.size(); ++i) {
    const AppendEntry& entry = request.entries[i];
    if (merkle::LeafHash(entry.bytes) != entry.leaf_hash) {
      return Closed("entry " + std::to_string(base + i) + " is not what was hashed");
    }
  }
  const auto state = registry::ParseStateEntry(request.entries.back().bytes);
  if (!state.ok()) return Closed("the last entry is no state entry");
  if (state->index.value + 1 != request.frontier.size().value || state->time_ms != plan.time_ms ||
      state->subjects != plan.subject_count || state->state_root != plan.state_root) {
    return Closed("the state entry does not say what the batch does");
  }
  if (plan.time_ms < last.time_ms) return Closed("time goes back");
  if (plan.subject_count < last.subject_count) return Closed("subjects disappear");
  return absl::OkStatus();
}

absl::Status CheckOldPaths(const PublishedHead& last, const Plan& plan,
                           const merkle::View& state_tree) {
  if (state_tree.root() != last.state_root || state_tree.size().value != last.subject_count) {
    return Closed("the state tree is not that of the last head");
  }
  for (const auto& [number, planned] : plan.changed) {
    if (planned.is_new) continue;
    std::string flat;
    if (!state_tree.Prove({number}, flat).ok()) return Closed("a changed leaf is not there");
    const auto proof = merkle::ParseProof(flat);
    if (!proof.ok() || !merkle::VerifyStateInclusion({number}, state_tree.size(),
                                                     StateLeafOf({number}, planned.before), *proof,
                                                     last.state_root)
                            .ok()) {
      return Closed("subject " + std::to_string(number) + " was not under the last state root");
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::Status CheckSignGate(const PublishedHead& last, const Plan& plan,
                           const merkle::View& state_tree) {
  if (absl::Status status = CheckEntries(last, plan); !status.ok()) return status;
  const absl::Status consistent = merkle::VerifyConsistency(
      last.checkpoint.size, plan.request.frontier.size(), last.checkpoint.root,
      plan.request.frontier.root(), plan.consistency);
  if (!consistent.ok()) return Closed("the new head is not consistent with the last one");
  return CheckOldPaths(last, plan, state_tree);
}

void ClockGate::Believe(int64_t now_ms, int64_t elapsed_ms) {
  believed_now_ms_ = now_ms;
  believed_elapsed_ms_ = elapsed_ms;
}

absl::Status ClockGate::Check(int64_t now_ms, int64_t elapsed_ms) {
  const int64_t ahead_ms = (now_ms - believed_now_ms_) - (elapsed_ms - believed_elapsed_ms_);
  if (ahead_ms > max_jump_ms_) {
    return Refusal(absl::StatusCode::kUnavailable, "clock_jump",
                   "the clock ran ahead by " + std::to_string(ahead_ms) +
                       " ms: no head is signed before it is right again or the operator says so");
  }
  // After a step back the wall clock may return to where it was, so that belief stays.
  if (ahead_ms > -max_jump_ms_) Believe(now_ms, elapsed_ms);
  return absl::OkStatus();
}

}  // namespace bonafide::storage
