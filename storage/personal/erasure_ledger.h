// The digests of what has been erased, in a file outside the database, so that an older copy of the
// database put back does not bring it back.
//
// The file only grows. It holds no personal data: digests of salted disclosures, which the log
// holds too, and where they stood.
#ifndef BONAFIDE_STORAGE_PERSONAL_ERASURE_LEDGER_H_
#define BONAFIDE_STORAGE_PERSONAL_ERASURE_LEDGER_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <compare>
#include <cstddef>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "certs/digest.h"
#include "storage/history/logged_at.h"

namespace bonafide::storage {

// One disclosure that no copy of the register may hold any more.
struct ErasedDisclosure {
  LoggedAt event;
  Digest disclosure;
  auto operator<=>(const ErasedDisclosure&) const = default;
};

// Not thread-safe. One object per file and machine.
class ErasureLedger {
 public:
  // Opens the file, or makes an empty one (mode 0600) where there is none. What a crash left half
  // written at the end is cut off: it was never acknowledged. Errors: "erasure_ledger_damaged"
  // (kDataLoss: put the newest good copy back; do not start with none), "disk_full", "disk_error".
  // What was added last is written anew, since a failed sync may have left it in memory only; where
  // that fails, the ledger shows all it read and takes nothing more.
  static absl::StatusOr<std::unique_ptr<ErasureLedger>> Open(const std::string& path);
  ~ErasureLedger();
  ErasureLedger(const ErasureLedger&) = delete;
  ErasureLedger& operator=(const ErasureLedger&) = delete;

  // Adds those that are not in it, all or none, and returns after they are on disk. Errors:
  // "disk_full", "disk_error"; afterwards the outcome is unknown and nothing more is taken until
  // the file has been opened again.
  absl::Status Add(const std::vector<ErasedDisclosure>& erased);

  bool Contains(const Digest& disclosure) const { return digests_.contains(disclosure); }
  // In ascending order.
  const std::set<ErasedDisclosure>& erased() const { return erased_; }

 private:
  ErasureLedger(std::string path, int file) : path_(std::move(path)), file_(file) {}
  absl::Status Load();

  std::string path_;
  int file_;
  size_t end_ = 0;  // of the groups that are whole
  // What is in the file may not be on disk.
  bool failed_ = false;
  std::set<ErasedDisclosure> erased_;
  std::set<Digest> digests_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PERSONAL_ERASURE_LEDGER_H_
