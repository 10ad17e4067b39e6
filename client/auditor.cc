#include "client/auditor.h"

#include <algorithm>
#include <utility>

#include "merkle/frame.h"

namespace bonafide::client {
namespace {

constexpr size_t kBatchBytes = 128 * 1024;

}  // namespace

// Some consecutive entries on their way through: read, replayed, their signatures checked.
struct Auditor::Batch {
  std::string frames;
  std::string_view origin;
  std::vector<ReadEntry> entries;  // those before the first that cannot be read
  absl::Status unreadable;
  std::vector<SignatureToCheck> signatures;
  absl::Status wrong_signature;
  std::future<void> done;

  void Read() {
    merkle::FrameReader reader(frames);
    while (!reader.done() && unreadable.ok()) {
      const auto bytes = reader.Next();
      if (!bytes.ok()) {
        unreadable = bytes.status();
        return;
      }
      auto entry = ReadLogEntry(*bytes, origin);
      if (entry.ok()) {
        entries.push_back(*std::move(entry));
      } else {
        unreadable = entry.status();
      }
    }
  }

  void CheckSignatures() {
    for (const SignatureToCheck& signature : signatures) {
      wrong_signature = signature.Check();
      if (!wrong_signature.ok()) return;
    }
  }
};

Auditor::Auditor(const registry::TrustAnchors& anchors, unsigned threads)
    : origin_(anchors.origin),
      replay_(anchors),
      most_batches_(2 * std::max(threads, 1u) + 2),
      crew_(threads) {}

Auditor::~Auditor() = default;

absl::Status Auditor::Add(std::string_view frames) {
  merkle::FrameReader reader(frames);
  size_t begin = 0;
  size_t end = 0;
  const auto give = [&]() -> absl::Status {
    if (begin == end) return absl::OkStatus();
    auto batch = std::make_shared<Batch>();
    batch->frames = std::string(frames.substr(begin, end - begin));
    batch->origin = origin_;
    batch->done = crew_.Give([batch] { batch->Read(); });
    reading_.push_back(std::move(batch));
    begin = end;
    return reading_.size() < most_batches_ ? absl::OkStatus() : ReplayOldest();
  };
  while (!reader.done()) {
    const auto bytes = reader.Next();
    if (!bytes.ok()) {
      if (absl::Status status = give(); !status.ok()) return status;
      if (absl::Status status = Finish(); !status.ok()) return status;
      return bytes.status();
    }
    end += merkle::kFrameHeaderSizeBytes + bytes->size();
    if (end - begin < kBatchBytes) continue;
    if (absl::Status status = give(); !status.ok()) return status;
  }
  return give();
}

absl::Status Auditor::ReplayOldest() {
  const std::shared_ptr<Batch> batch = std::move(reading_.front());
  reading_.pop_front();
  batch->done.wait();
  absl::Status found;
  for (ReadEntry& entry : batch->entries) {
    auto signature = replay_.Take(std::move(entry));
    if (!signature.ok()) {
      found = signature.status();
      break;
    }
    if (*signature) batch->signatures.push_back(**std::move(signature));
  }
  if (found.ok()) found = batch->unreadable;
  batch->entries.clear();
  batch->frames.clear();
  batch->done = crew_.Give([batch] { batch->CheckSignatures(); });
  checking_.push_back(batch);
  if (!found.ok()) return First(found);
  return checking_.size() < most_batches_ ? absl::OkStatus() : AwaitOldestSignatures();
}

absl::Status Auditor::AwaitOldestSignatures() {
  const std::shared_ptr<Batch> batch = std::move(checking_.front());
  checking_.pop_front();
  batch->done.wait();
  return batch->wrong_signature;
}

absl::Status Auditor::First(const absl::Status& found) {
  while (!checking_.empty()) {
    if (absl::Status status = AwaitOldestSignatures(); !status.ok()) return status;
  }
  return found;
}

absl::Status Auditor::Finish() {
  while (!reading_.empty()) {
    if (absl::Status status = ReplayOldest(); !status.ok()) return status;
  }
  return First(absl::OkStatus());
}

}  // namespace bonafide::client
