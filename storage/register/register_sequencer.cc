// The sequencer's thread: takes what was submitted, commits it, and recovers where that failed.
#include <algorithm>
#include <utility>

#include "certs/reason.h"
#include "storage/database/reopen_room.h"
#include "storage/register/register_impl.h"

namespace bonafide::storage {
namespace {

constexpr int64_t kReopenPatienceMs = 5000;
constexpr int64_t kRecoverEveryMs = 500;

}  // namespace

bool Register::Impl::HeartbeatIsDue() const {
  return options_.heartbeat_ms > 0 && committer_ &&
         clock_.NowMs() - committer_->state().last_time_ms() >= options_.heartbeat_ms;
}

int64_t Register::Impl::PatienceMs() const {
  if (options_.heartbeat_ms <= 0) return -1;
  const int64_t passed_ms = clock_.NowMs() - committer_->state().last_time_ms();
  // A heartbeat that was refused is not tried again at once.
  const int64_t soonest_ms = heartbeat_refused_ ? 1000 : 1;
  return std::max(std::min(options_.heartbeat_ms - passed_ms, options_.heartbeat_ms), soonest_ms);
}

void Register::Impl::Run() {
  while (true) {
    if (!committer_) Recover();
    if (!committer_) break;  // closing, or read-only for good
    std::vector<QueuedSubmission> batch = queue_.Take(options_.batch_events, PatienceMs());
    if (batch.empty() && queue_.closed()) return;
    const bool heartbeat = batch.empty() && HeartbeatIsDue();
    if (batch.empty() && !heartbeat) continue;
    const uint64_t before = batches_;
    CommitBatch(std::move(batch), heartbeat);
    heartbeat_refused_ = heartbeat && batches_ == before;
  }
  queue_.Close();
  for (QueuedSubmission& item : queue_.Take(options_.queue_events, 0)) item.done(NotSigning());
}

void Register::Impl::CommitBatch(std::vector<QueuedSubmission> batch, bool heartbeat) {
  const int64_t now_ms = clock_.NowMs();
  const auto answer_all = [&batch](const absl::Status& status) {
    for (QueuedSubmission& item : batch) item.done(status);
  };
  absl::Status clock;
  {
    const std::scoped_lock lock(mutex_);
    clock = clock_gate_.Check(now_ms, clock_.ElapsedMs());
  }
  if (!clock.ok()) {
    const bool told = status().reason == "clock_jump";
    SetStatus(SigningState::kSigning, "clock_jump", std::string(clock.message()));
    if (!told) Say(std::string(clock.message()));
    answer_all(NotSigning());
    return;
  }
  if (status().reason == "clock_jump") SetStatus(SigningState::kSigning, "", "");

  std::vector<VerifiedSubmission> submissions;
  submissions.reserve(batch.size());
  for (QueuedSubmission& item : batch) submissions.push_back(std::move(item.submission));
  CommitResult result = committer_->Commit(std::move(submissions), now_ms, heartbeat);
  if (!result.status.ok()) {
    const bool full = !database_->CheckFreeSpace().ok();
    const std::string reason = ReasonOf(result.status);
    SetStatus(SigningState::kRecovering, full ? "disk_full" : reason,
              std::string(result.status.message()));
    Say("stopped signing: " + result.status.ToString());
    committer_.reset();
    for (const auto& projection : options_.projections) projection->Dropped();
    answer_all(reason == "outcome_unknown"
                   ? result.status
                   : Refusal(absl::StatusCode::kUnknown, "outcome_unknown",
                             "the register stopped: send the same token again later"));
    return;
  }
  if (result.new_head) {
    ++batches_;
    if (heartbeat) ++heartbeats_;
    events_logged_ += result.events;
    Publish(committer_->state().head(), committer_->note());
  }
  for (size_t i = 0; i < batch.size(); ++i) {
    if (!result.receipts[i].ok()) ++events_refused_;
    batch[i].done(std::move(result.receipts[i]));
  }
  if (!result.new_head) return;
  // Only read when the store is behind its mark, and then only where it names the very head; nobody
  // has to wait for it.
  WriteBatch note;
  note.Put(Family::kMeta, kMetaNote, committer_->note());
  database_->WriteLazily(std::move(note)).IgnoreError();
}

void Register::Impl::ShowAgain(const std::shared_ptr<const HeadState>& head,
                               const std::string& note) {
  if (!head) return;
  const ViewPtr view(new View(head, note));
  const std::scoped_lock lock(mutex_);
  newest_ = view;
  // Not as a candidate, whose views with cosignatures would look like readers of before.
  if (!options_.cosigner_policy.requires_cosignatures()) cosigned_.Offer(view, clock_.ElapsedMs());
}

void Register::Impl::Recover() {
  std::weak_ptr<const HeadState> former;
  while (!closing_) {
    // What queued meanwhile is answered at once; nobody waits for the disk.
    for (QueuedSubmission& item : queue_.Take(options_.queue_events, kRecoverEveryMs)) {
      item.done(NotSigning());
    }
    // One reference is that of the view shown again; the others are the readers' that were there.
    if (former.use_count() > 1) continue;
    // Without room it could not be opened again, and nothing would be left to read from.
    absl::Status room = database_->CheckFreeSpace();
    if (room.ok()) room = CheckReopenRoom(options_.database.directory);
    if (!room.ok()) {
      SetStatus(SigningState::kRecovering, ReasonOf(room), std::string(room.message()));
      continue;
    }
    std::string note;
    {
      const std::scoped_lock lock(mutex_);
      if (newest_) {
        former = newest_->head_;
        note = newest_->note();
      }
      newest_.reset();
      cosigned_.Clear();
    }
    absl::Status status = database_->Reopen(kReopenPatienceMs);
    if (!status.ok()) ShowAgain(former.lock(), note);
    if (status.ok()) {
      // What an erasure removes that has committed after all, the head must not read.
      for (const auto& projection : options_.projections) projection->Committed();
      status = Start();
    }
    if (status.ok() && this->status().state != SigningState::kRecovering) {
      ++recoveries_;
      Say("the store was opened again");
      return;
    }
    if (status.ok()) continue;
    SetStatus(SigningState::kRecovering, ReasonOf(status), std::string(status.message()));
    Say("the store cannot be opened again yet: " + status.ToString());
  }
}

}  // namespace bonafide::storage
