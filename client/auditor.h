// An audit: the whole log replayed, signatures checked on all cores.
#ifndef BONAFIDE_CLIENT_AUDITOR_H_
#define BONAFIDE_CLIENT_AUDITOR_H_

#include <absl/status/status.h>

#include <cstdint>
#include <deque>
#include <future>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "client/replay.h"
#include "client/work_crew.h"

namespace bonafide::client {

// Feed it the log from entry 0 on, as runs of frames (merkle/frame.h), then Finish. Entries are
// read and signatures are checked by `threads` threads, rules in log order by the calling one. Not
// thread-safe. After an error it is of no more use.
class Auditor {
 public:
  Auditor(const registry::TrustAnchors& anchors, unsigned threads);
  ~Auditor();
  Auditor(const Auditor&) = delete;
  Auditor& operator=(const Auditor&) = delete;

  // As Replay::Expect. Before the first Add.
  void Expect(const merkle::Checkpoint& head) { replay_.Expect(head); }

  // Takes a run of entries; may find only later what is wrong with them. The error is about the
  // first entry that is wrong: those of merkle::FrameReader, ReadLogEntry, Replay::Take and
  // SignatureToCheck::Check.
  absl::Status Add(std::string_view frames);

  // Waits for everything that was added. What replay() says is proven only after it. More may be
  // added afterwards, with another Finish behind it.
  absl::Status Finish();

  const Replay& replay() const { return replay_; }

 private:
  struct Batch;

  // Both go on with the oldest batch of their kind.
  absl::Status ReplayOldest();
  absl::Status AwaitOldestSignatures();
  // The first thing wrong: `found`, or a signature before it.
  absl::Status First(const absl::Status& found);

  std::string origin_;
  Replay replay_;
  size_t most_batches_;
  std::deque<std::shared_ptr<Batch>> reading_;
  std::deque<std::shared_ptr<Batch>> checking_;
  WorkCrew crew_;  // last: its threads end before what they work on
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_AUDITOR_H_
