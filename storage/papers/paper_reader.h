// One paper on its way out, checked while it is read.
#ifndef BONAFIDE_STORAGE_PAPERS_PAPER_READER_H_
#define BONAFIDE_STORAGE_PAPERS_PAPER_READER_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>

#include "certs/digest_stream.h"
#include "storage/papers/paper_store.h"

namespace bonafide::storage {

// Holds no snapshot: a reader may be slow, and an erasure must not wait for it. Not thread-safe.
class PaperReader {
 public:
  PaperReader(PaperReader&&) noexcept = default;
  PaperReader& operator=(PaperReader&&) noexcept = default;

  const StoredPaper& paper() const { return paper_; }

  // The next chunk, at most kPaperChunkBytes; empty after the last. The last chunk is given only
  // once the digest of all of them is right, so a damaged paper never arrives complete. Errors:
  //   "paper_damaged" (kDataLoss)   a chunk is missing, or the bytes are not those of the digest
  //   "paper_unknown" (kNotFound)   it was erased meanwhile
  absl::StatusOr<std::string> Next();

 private:
  friend class PaperStore;
  PaperReader(const Database& database, const Digest& digest, const PaperRow& row);

  const Database* database_;
  StoredPaper paper_;
  PaperRow row_;
  DigestStream digest_;
  uint32_t next_chunk_ = 0;
};

// The answer for a paper that is not there and for one the caller may not have: equal in status,
// reason and text, so that neither tells of the other.
absl::Status PaperUnknown();

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PAPERS_PAPER_READER_H_
