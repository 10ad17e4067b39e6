#include "storage/register/head_signer.h"

#include <utility>

#include "certs/reason.h"

namespace bonafide::storage {
namespace {

absl::StatusOr<std::string> SignAndCheck(const merkle::Checkpoint& checkpoint,
                                         const certs::NoteSigner& signer) {
  auto note = merkle::SignCheckpoint(checkpoint, signer);
  if (!note.ok()) return note.status();
  const auto opened = merkle::OpenCheckpoint(*note, signer.verifier());
  if (!opened.ok() || opened->checkpoint != checkpoint) {
    return Refusal(absl::StatusCode::kInternal, "sign_gate", "the new signature does not verify");
  }
  return note;
}

}  // namespace

HeadSigner::HeadSigner(std::shared_ptr<const certs::NoteSigner> signer)
    : signer_(std::move(signer)), thread_([this](const std::stop_token& stop) { Run(stop); }) {}

HeadSigner::~HeadSigner() {
  thread_.request_stop();
  changed_.notify_all();
}

void HeadSigner::Start(const merkle::Checkpoint& checkpoint) {
  {
    const std::scoped_lock lock(mutex_);
    wanted_ = checkpoint;
    signed_.reset();
  }
  changed_.notify_all();
}

absl::StatusOr<std::string> HeadSigner::Finish() {
  std::unique_lock lock(mutex_);
  changed_.wait(lock, [this] { return signed_.has_value(); });
  absl::StatusOr<std::string> note = *std::move(signed_);
  signed_.reset();
  return note;
}

void HeadSigner::Run(const std::stop_token& stop) {
  while (true) {
    merkle::Checkpoint checkpoint;
    {
      std::unique_lock lock(mutex_);
      if (!changed_.wait(lock, stop, [this] { return wanted_.has_value(); })) return;
      checkpoint = *std::move(wanted_);
      wanted_.reset();
    }
    absl::StatusOr<std::string> note = SignAndCheck(checkpoint, *signer_);
    {
      const std::scoped_lock lock(mutex_);
      signed_ = std::move(note);
    }
    changed_.notify_all();
  }
}

}  // namespace bonafide::storage
