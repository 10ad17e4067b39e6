#include "storage/register/submission_queue.h"

#include <absl/strings/cord.h>

#include <chrono>
#include <string>
#include <utility>

#include "certs/reason.h"

namespace bonafide::storage {
namespace {

constexpr char kRetryPayload[] = "bonafide/retry-after-ms";
constexpr int64_t kRetryMs = 500;

bool IsErasure(const QueuedSubmission& item) {
  return item.submission.event().As<registry::Erasure>() != nullptr;
}

}  // namespace

absl::Status SubmissionQueue::Push(QueuedSubmission& item) {
  {
    const std::scoped_lock lock(mutex_);
    if (closed_) {
      return Refusal(absl::StatusCode::kUnavailable, "closing", "the register is being closed");
    }
    const size_t bytes = item.submission.size_bytes();
    if (items_.size() >= max_events_ || bytes_ + bytes > max_bytes_) {
      absl::Status status = Refusal(absl::StatusCode::kResourceExhausted, "queue_full",
                                    "more is being filed than the register can write");
      status.SetPayload(kRetryPayload, absl::Cord(std::to_string(kRetryMs)));
      return status;
    }
    bytes_ += bytes;
    items_.push_back(std::move(item));
  }
  changed_.notify_one();
  return absl::OkStatus();
}

std::vector<QueuedSubmission> SubmissionQueue::Take(size_t max_events, int64_t patience_ms) {
  std::unique_lock lock(mutex_);
  const auto ready = [this] { return !items_.empty() || closed_ || woken_; };
  if (patience_ms < 0) {
    changed_.wait(lock, ready);
  } else {
    changed_.wait_for(lock, std::chrono::milliseconds(patience_ms), ready);
  }
  woken_ = false;
  std::vector<QueuedSubmission> taken;
  while (!items_.empty() && taken.size() < max_events) {
    const bool alone = IsErasure(items_.front());
    if (alone && !taken.empty()) break;
    bytes_ -= items_.front().submission.size_bytes();
    taken.push_back(std::move(items_.front()));
    items_.pop_front();
    if (alone) break;
  }
  return taken;
}

void SubmissionQueue::Wake() {
  {
    const std::scoped_lock lock(mutex_);
    woken_ = true;
  }
  changed_.notify_one();
}

void SubmissionQueue::Close() {
  {
    const std::scoped_lock lock(mutex_);
    closed_ = true;
  }
  changed_.notify_one();
}

bool SubmissionQueue::closed() const {
  const std::scoped_lock lock(mutex_);
  return closed_;
}

size_t SubmissionQueue::size() const {
  const std::scoped_lock lock(mutex_);
  return items_.size();
}

std::optional<int64_t> RetryAfterMs(const absl::Status& status) {
  const auto payload = status.GetPayload(kRetryPayload);
  if (!payload) return std::nullopt;
  return std::stoll(std::string(*payload));
}

}  // namespace bonafide::storage
