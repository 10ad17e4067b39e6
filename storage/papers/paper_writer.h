// One upload of a paper, piece by piece.
#ifndef BONAFIDE_STORAGE_PAPERS_PAPER_WRITER_H_
#define BONAFIDE_STORAGE_PAPERS_PAPER_WRITER_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "certs/digest_stream.h"
#include "storage/papers/paper_store.h"

namespace bonafide::storage {

// Holds at most one chunk in memory. An upload that is not finished leaves nothing behind: what it
// wrote goes when the writer does, or when the store is next opened. Not thread-safe. Move only.
//
// After an error the writer takes nothing more ("paper_upload_failed", kFailedPrecondition).
class PaperWriter {
 public:
  ~PaperWriter();
  PaperWriter(PaperWriter&& other) noexcept;
  PaperWriter& operator=(PaperWriter&&) = delete;

  // Takes the next piece, of any size, which begins at `offset_bytes` of the file. Blocks for a
  // synced write whenever a chunk is full. Errors:
  //   "paper_order"  (kInvalidArgument)   `offset_bytes` is not where the last piece ended
  //   "paper_size"   (kInvalidArgument)   more than kMaxPaperBytes in all
  //   "paper_type"   (kInvalidArgument)   the file does not begin as a PDF, PNG or JPEG
  absl::Status Add(uint64_t offset_bytes, std::string_view piece);

  // Makes what was taken a paper, durably, before it returns. Uploading the same paper again is no
  // error and stores nothing, unless what was stored has been damaged: then it is mended. Errors:
  //   "paper_empty"  (kInvalidArgument)   no byte was taken
  //   "paper_type"   (kInvalidArgument)   as above
  //   "paper_digest" (kInvalidArgument)   `expected` is another digest
  absl::StatusOr<StoredPaper> Finish(int64_t now_ms, const std::optional<Digest>& expected);

 private:
  friend class PaperStore;
  explicit PaperWriter(PaperStore& store) : store_(&store) {}

  absl::Status AddChecked(uint64_t offset_bytes, std::string_view piece);
  absl::StatusOr<StoredPaper> FinishChecked(int64_t now_ms, const std::optional<Digest>& expected);
  // Writes the pending bytes as the next chunk.
  absl::Status FlushChunk();

  PaperStore* store_;
  DigestStream digest_;
  std::string pending_;
  std::string head_;  // the first kPaperMagicBytes
  uint64_t size_bytes_ = 0;
  uint32_t chunks_written_ = 0;
  std::optional<BlobNumber> blob_;  // once something has been written
  bool over_ = false;               // finished or failed
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PAPERS_PAPER_WRITER_H_
