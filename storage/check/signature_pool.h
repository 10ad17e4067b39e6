// Verifying many signatures on several threads. Internal to this room.
#ifndef BONAFIDE_STORAGE_CHECK_SIGNATURE_POOL_H_
#define BONAFIDE_STORAGE_CHECK_SIGNATURE_POOL_H_

#include <functional>
#include <utility>
#include <vector>

#include "certs/key.h"
#include "registry/logged_event.h"

namespace bonafide::storage {

// Collects until there are enough to be worth starting threads for. Not thread-safe.
class SignaturePool {
 public:
  // `refused` is called, on the caller's thread and in log order, for each that does not verify.
  SignaturePool(unsigned threads, std::function<void(registry::LogIndex)> refused)
      : threads_(threads), refused_(std::move(refused)) {}

  void Add(registry::LoggedEventPtr event, certs::PublicKey key);
  // Verifies what has been collected.
  void Flush();

 private:
  static constexpr size_t kBatch = 1024;

  unsigned threads_;
  std::function<void(registry::LogIndex)> refused_;
  std::vector<std::pair<registry::LoggedEventPtr, certs::PublicKey>> waiting_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_CHECK_SIGNATURE_POOL_H_
