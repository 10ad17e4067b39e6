// Events on their way into a register, and the receipts that come back.
#ifndef BONAFIDE_BENCH_SUBMISSIONS_H_
#define BONAFIDE_BENCH_SUBMISSIONS_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <condition_variable>
#include <mutex>
#include <string>
#include <vector>

#include "storage/register/register.h"

namespace bonafide::bench {

// Checks and submits, and keeps receipts by slot; of failures the first is kept. One thread submits
// and waits. Wait before destruction.
class Submissions {
 public:
  explicit Submissions(storage::Register& store) : store_(store) {}

  // Events get their places in the log in the order they are submitted.
  void Submit(const std::string& framed, size_t slot);
  // Returns when every receipt is there.
  absl::Status Wait();
  // After Wait.
  const std::vector<storage::Receipt>& receipts() const { return receipts_; }

 private:
  void Record(size_t slot, absl::StatusOr<storage::Receipt> receipt);

  storage::Register& store_;
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t open_ = 0;
  absl::Status failure_;
  std::vector<storage::Receipt> receipts_;
};

absl::StatusOr<storage::Receipt> SubmitOne(storage::Register& store, const std::string& framed);

// The subject that the receipt's event was filed under.
absl::StatusOr<merkle::SubjectNumber> NumberIn(const storage::Receipt& receipt);

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_SUBMISSIONS_H_
