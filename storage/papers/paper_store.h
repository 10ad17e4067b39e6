// Papers: scanned certificates and policies, stored once by their SHA-256.
//
// A paper is on disk before an event can name it. The bytes lie in chunks of 256 KiB, because large
// values stall the commits of the log.
#ifndef BONAFIDE_STORAGE_PAPERS_PAPER_STORE_H_
#define BONAFIDE_STORAGE_PAPERS_PAPER_STORE_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <atomic>
#include <cstdint>
#include <memory>
#include <mutex>
#include <optional>
#include <set>
#include <string_view>
#include <vector>

#include "certs/digest.h"
#include "storage/database/database.h"
#include "storage/papers/paper_row.h"

namespace bonafide::storage {

inline constexpr uint64_t kMaxPaperBytes = uint64_t{20} << 20;

struct StoredPaper {
  Digest digest;
  PaperType type = PaperType::kPdf;
  uint64_t size_bytes = 0;
};

class PaperReader;
class PaperWriter;

// Thread-safe. `database` must outlive it; at most one per database. Errors of every call, beside
// its own: those of storage/database/database.h.
class PaperStore {
 public:
  // Removes what uploads left that never finished.
  static absl::StatusOr<std::unique_ptr<PaperStore>> Open(Database& database);

  // Starts an upload. The writer must not outlive the store.
  PaperWriter Write();

  // What is stored under `digest`, or nothing. Looks at the row only: the bytes are checked when
  // they are read.
  absl::StatusOr<std::optional<StoredPaper>> Find(const Digest& digest) const;

  // Checks what an event says of a paper it names: that it is here, and of that type (a media
  // type). Errors: "paper_unknown" (kFailedPrecondition: upload it first), "paper_type"
  // (kInvalidArgument). After OK the paper is not collected before the collection after next: the
  // event has that long to be written.
  absl::Status CheckNamed(const Digest& digest, std::string_view media_type) const;

  // Opens a paper for reading. Error: "paper_unknown" (kNotFound). Whether the caller may have it
  // is decided before (storage/papers/paper_access.h).
  absl::StatusOr<PaperReader> Read(const Digest& digest) const;

  // Adds to `batch` that the paper and all its bytes go, and gives the chunks' range to compact.
  // Nothing where there is no such paper. Precondition: nothing names it, and no event that names
  // it is being written meanwhile.
  absl::StatusOr<std::optional<BlobNumber>> Remove(const Digest& digest, WriteBatch& batch) const;

  // Removes every paper last uploaded before `stored_before_ms` that no event names, and returns
  // how many. Events may be written meanwhile. For one thread. Precondition: from one call to the
  // next but one passes longer than an event waits between CheckNamed and being written.
  absl::StatusOr<uint64_t> CollectUnnamed(int64_t stored_before_ms);

 private:
  friend class PaperWriter;
  PaperStore(Database& database, BlobNumber next);

  BlobNumber TakeBlob() { return {next_blob_++}; }
  // Makes the uploaded chunks of `row` the paper `digest`, where `last` holds the rows of the
  // upload that are not yet written. Returns whether it did: not when the paper is there already.
  absl::StatusOr<bool> Publish(const Digest& digest, const PaperRow& row, WriteBatch last);
  absl::Status Discard(BlobNumber blob);
  absl::StatusOr<uint64_t> RemoveUnnamed(const std::vector<Digest>& unnamed,
                                         int64_t stored_before_ms);

  Database* database_;
  std::atomic<uint64_t> next_blob_;
  std::mutex publishing_;  // two uploads of one paper: one of them wins
  // Papers that events on their way name, since the last collection and between the two before.
  // Taken after publishing_ where both are.
  mutable std::mutex checking_;
  mutable std::set<Digest> checked_;
  std::set<Digest> checked_before_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PAPERS_PAPER_STORE_H_
