#include "bench/submissions.h"

#include <utility>

#include "registry/entry.h"

namespace bonafide::bench {

void Submissions::Submit(const std::string& framed, size_t slot) {
  auto checked = store_.Check(framed);
  if (!checked.ok()) {
    const std::lock_guard lock(mutex_);
    Record(slot, checked.status());
    return;
  }
  {
    const std::lock_guard lock(mutex_);
    ++open_;
  }
  store_.Submit(*std::move(checked), [this, slot](absl::StatusOr<storage::Receipt> receipt) {
    const std::lock_guard lock(mutex_);
    Record(slot, std::move(receipt));
    if (--open_ == 0) changed_.notify_all();
  });
}

absl::Status Submissions::Wait() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return open_ == 0; });
  return failure_;
}

void Submissions::Record(size_t slot, absl::StatusOr<storage::Receipt> receipt) {
  if (!receipt.ok()) {
    if (failure_.ok()) failure_ = receipt.status();
    return;
  }
  if (receipts_.size() <= slot) receipts_.resize(slot + 1);
  receipts_[slot] = *std::move(receipt);
}

absl::StatusOr<storage::Receipt> SubmitOne(storage::Register& store, const std::string& framed) {
  Submissions one(store);
  one.Submit(framed, 0);
  if (absl::Status status = one.Wait(); !status.ok()) return status;
  return one.receipts().front();
}

absl::StatusOr<merkle::SubjectNumber> NumberIn(const storage::Receipt& receipt) {
  const auto entry = registry::ParseEventEntry(receipt.entry);
  if (!entry.ok()) return entry.status();
  return entry->subjects.front();
}

}  // namespace bonafide::bench
