#include "storage/register/committer.h"

#include <utility>

#include "certs/reason.h"
#include "registry/entry.h"
#include "storage/log/database_log_store.h"

namespace bonafide::storage {
namespace {

absl::Status Unknown(const absl::Status& why) {
  return Refusal(absl::StatusCode::kUnknown, "outcome_unknown",
                 "it is not known whether this was written; send the same token again: " +
                     std::string(why.message()));
}

}  // namespace

merkle::Checkpoint CheckpointOf(const RegisterState& state) {
  return {state.origin(), state.log().size(), state.log().root()};
}

absl::StatusOr<Receipt> ReceiptAt(const HeadState& head, const std::string& note, LogIndex index) {
  auto entries = ReadLog(*head.snapshot, index, 1, registry::kMaxEntryBytes);
  if (!entries.ok()) return entries.status();
  if (entries->empty()) return Damaged("data_damaged", "an event beyond the log");
  const auto entry = registry::ParseEventEntry(entries->front());
  if (!entry.ok()) return Damaged("data_damaged", entry.status().ToString());
  StoredHashes hashes(*head.snapshot, head.size);
  const auto proof = merkle::ProveInclusion(index, head.size, hashes);
  if (!proof.ok()) return proof.status();
  return Receipt{index, std::move(entries->front()), merkle::FlattenProof(*proof), note,
                 entry->time_ms};
}

Committer::Committer(Parts parts) : parts_(std::move(parts)) {}

PublishedHead Committer::Last() const {
  PublishedHead last;
  last.checkpoint = CheckpointOf(*parts_.state);
  last.time_ms = parts_.state->last_time_ms();
  last.state_root = parts_.state->state_tree()->root();
  last.subject_count = parts_.state->subject_count();
  return last;
}

CommitResult Committer::Commit(std::vector<VerifiedSubmission> submissions, int64_t now_ms,
                               bool heartbeat) {
  CommitResult result;
  result.status = stopped_;
  if (!stopped_.ok()) return result;
  const size_t count = submissions.size();
  auto plan = MakePlan(*parts_.state, std::move(submissions), now_ms, heartbeat);
  if (!plan.ok()) {
    // Nothing was written. What cannot be read may be readable again, or an operator is needed; the
    // submitters are told, and the next batch tries anew.
    result.receipts.assign(count, plan.status());
    return result;
  }
  const std::vector<PlannedOutcome> outcomes = plan->outcomes;
  std::vector<Receipt> fresh;
  for (const PlannedOutcome& outcome : outcomes) {
    if (!outcome.is_new) continue;
    const uint64_t at = outcome.index.value - plan->request.base_size.value;
    auto inclusion = plan->InclusionProof(outcome.index);
    if (!inclusion.ok()) {
      result.receipts.assign(count, inclusion.status());
      return result;
    }
    fresh.push_back(
        {outcome.index, plan->request.entries[at].bytes, *std::move(inclusion), "", plan->time_ms});
  }

  absl::Status refused;
  if (!plan->empty()) {
    refused = CommitPlan(*plan, result);
    if (!result.status.ok()) {
      stopped_ = result.status;
      return result;
    }
  }
  size_t next_fresh = 0;
  for (const PlannedOutcome& outcome : outcomes) {
    if (!outcome.status.ok()) {
      result.receipts.emplace_back(outcome.status);
    } else if (!refused.ok() && outcome.index.value >= parts_.state->log().size().value) {
      result.receipts.emplace_back(refused);
    } else if (outcome.is_new) {
      fresh[next_fresh].checkpoint = parts_.note;
      result.receipts.emplace_back(std::move(fresh[next_fresh++]));
    } else {
      result.receipts.push_back(ReceiptAt(*parts_.state->head(), parts_.note, outcome.index));
    }
  }
  return result;
}

absl::Status Committer::ApplyProjections(Plan& plan) {
  if (plan.events.empty()) return absl::OkStatus();
  for (const std::shared_ptr<Projection>& projection : parts_.projections) {
    absl::Status status = projection->Apply(plan.events, plan.request.derived);
    if (!status.ok()) return Within("projection", status);
  }
  return absl::OkStatus();
}

// Returns why nothing was written, when that is certain; other failures are in result.status.
absl::Status Committer::CommitPlan(Plan& plan, CommitResult& result) {
  result.status = CheckSignGate(Last(), plan, *parts_.state->state_tree());
  if (result.status.ok()) result.status = ApplyProjections(plan);
  if (!result.status.ok()) return {};

  parts_.signer->Start(
      {parts_.state->origin(), plan.request.frontier.size(), plan.request.frontier.root()});
  plan.request.epoch = parts_.epoch;
  AppendRequest request = std::move(plan.request);
  plan.request.frontier = request.frontier;  // all that installing needs of it
  const AppendResult appended = parts_.log->Append(std::move(request));
  auto note = parts_.signer->Finish();
  switch (appended.outcome) {
    case AppendOutcome::kAppended:
    case AppendOutcome::kAlready:
      break;
    case AppendOutcome::kRefused:
      for (const auto& projection : parts_.projections) projection->Dropped();
      return appended.why;
    case AppendOutcome::kConflict:
    case AppendOutcome::kFenced:
      result.status =
          Refusal(absl::StatusCode::kUnavailable, "fenced", std::string(appended.why.message()));
      return {};
    case AppendOutcome::kUnknown:
      result.status = Unknown(appended.why);
      return {};
  }
  // Committed. Whatever fails from here on, the truth is on disk.
  if (!note.ok()) {
    result.status = Unknown(note.status());
    return {};
  }
  if (parts_.mark) {
    if (absl::Status status = parts_.mark->Mark(*note); !status.ok()) {
      result.status = Unknown(status);
      return {};
    }
  }
  result.events = plan.events.size();
  // Before the new head takes its snapshot, so that it no longer reads what was erased.
  for (const auto& projection : parts_.projections) projection->Committed();
  if (absl::Status status = parts_.state->Install(std::move(plan)); !status.ok()) {
    result.status = Unknown(status);
    return {};
  }
  parts_.note = *std::move(note);
  result.new_head = true;
  return {};
}

}  // namespace bonafide::storage
