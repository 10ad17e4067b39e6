// What waits for the sequencer: bounded, so that overload is refused at the door.
#ifndef BONAFIDE_STORAGE_REGISTER_SUBMISSION_QUEUE_H_
#define BONAFIDE_STORAGE_REGISTER_SUBMISSION_QUEUE_H_

#include <absl/status/status.h>

#include <condition_variable>
#include <cstdint>
#include <deque>
#include <mutex>
#include <vector>

#include "storage/register/register.h"
#include "storage/register/submission.h"

namespace bonafide::storage {

struct QueuedSubmission {
  VerifiedSubmission submission;
  ReceiptCallback done;
};

// Thread-safe; one thread takes.
class SubmissionQueue {
 public:
  SubmissionQueue(size_t max_events, size_t max_bytes)
      : max_events_(max_events), max_bytes_(max_bytes) {}

  // Errors: "queue_full" (kResourceExhausted, with RetryAfterMs), "closing" (kUnavailable). The
  // caller still has `item` then.
  absl::Status Push(QueuedSubmission& item);

  // Waits up to `patience_ms` (for ever when negative) for something to take, then takes what is
  // there, at most `max_events`. An erasure is taken alone, so that what it erases is on disk when
  // it is applied. Empty after the time is up, after Wake, and once the queue is closed and empty.
  std::vector<QueuedSubmission> Take(size_t max_events, int64_t patience_ms);
  // Ends one Take early.
  void Wake();
  // From now on Push is refused; what is there can still be taken.
  void Close();
  bool closed() const;
  size_t size() const;

 private:
  const size_t max_events_;
  const size_t max_bytes_;
  mutable std::mutex mutex_;
  std::condition_variable changed_;
  std::deque<QueuedSubmission> items_;
  size_t bytes_ = 0;
  bool closed_ = false;
  bool woken_ = false;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_SUBMISSION_QUEUE_H_
