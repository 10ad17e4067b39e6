// Signs heads on a thread of its own, so that a signature is made while the disk works.
#ifndef BONAFIDE_STORAGE_REGISTER_HEAD_SIGNER_H_
#define BONAFIDE_STORAGE_REGISTER_HEAD_SIGNER_H_

#include <absl/status/statusor.h>

#include <condition_variable>
#include <memory>
#include <mutex>
#include <optional>
#include <string>
#include <thread>

#include "certs/note.h"
#include "merkle/checkpoint.h"

namespace bonafide::storage {

// For one writer's thread.
class HeadSigner {
 public:
  explicit HeadSigner(std::shared_ptr<const certs::NoteSigner> signer);
  ~HeadSigner();

  // Begins to sign. Precondition: nothing else is being signed.
  void Start(const merkle::Checkpoint& checkpoint);
  // Waits for what was started: the signed note, verified under the log's own public key. Errors:
  // "sign_gate" when it does not verify, and those of merkle::SignCheckpoint.
  absl::StatusOr<std::string> Finish();

  const certs::NoteVerifier& verifier() const { return signer_->verifier(); }

 private:
  void Run(const std::stop_token& stop);

  std::shared_ptr<const certs::NoteSigner> signer_;
  std::mutex mutex_;
  std::condition_variable_any changed_;
  std::optional<merkle::Checkpoint> wanted_;           // guarded by mutex_
  std::optional<absl::StatusOr<std::string>> signed_;  // guarded by mutex_
  std::jthread thread_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_HEAD_SIGNER_H_
