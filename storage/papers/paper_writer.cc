#include "storage/papers/paper_writer.h"

#include <algorithm>
#include <utility>

#include "certs/reason.h"

namespace bonafide::storage {
namespace {

absl::Status Over() {
  return NotAdmitted("paper_upload_failed", "this upload is over; start another");
}

}  // namespace

PaperWriter::PaperWriter(PaperWriter&& other) noexcept
    : store_(std::exchange(other.store_, nullptr)),
      digest_(std::move(other.digest_)),
      pending_(std::move(other.pending_)),
      head_(std::move(other.head_)),
      size_bytes_(other.size_bytes_),
      chunks_written_(other.chunks_written_),
      blob_(std::exchange(other.blob_, std::nullopt)),
      over_(std::exchange(other.over_, true)) {}

PaperWriter::~PaperWriter() {
  // What cannot be removed now is removed when the store is next opened.
  if (blob_) store_->Discard(*blob_).IgnoreError();
}

absl::Status PaperWriter::Add(uint64_t offset_bytes, std::string_view piece) {
  if (over_) return Over();
  absl::Status status = AddChecked(offset_bytes, piece);
  if (!status.ok()) over_ = true;
  return status;
}

absl::StatusOr<StoredPaper> PaperWriter::Finish(int64_t now_ms,
                                                const std::optional<Digest>& expected) {
  if (over_) return Over();
  over_ = true;
  return FinishChecked(now_ms, expected);
}

absl::Status PaperWriter::AddChecked(uint64_t offset_bytes, std::string_view piece) {
  if (offset_bytes != size_bytes_) {
    return Malformed("paper_order", "this piece begins at byte " + std::to_string(offset_bytes) +
                                        ", but the last one ended at " +
                                        std::to_string(size_bytes_));
  }
  if (piece.size() > kMaxPaperBytes - size_bytes_) {
    return Malformed("paper_size",
                     "a paper has at most " + std::to_string(kMaxPaperBytes) + " bytes");
  }
  if (head_.size() < kPaperMagicBytes) {
    head_ += piece.substr(0, kPaperMagicBytes - head_.size());
    if (head_.size() == kPaperMagicBytes) {
      if (const auto type = SniffPaperType(head_); !type.ok()) return type.status();
    }
  }
  size_bytes_ += piece.size();
  digest_.Add(piece);
  while (!piece.empty()) {
    // A full chunk waits for the next byte: the last one is written together with the paper's row.
    if (pending_.size() == kPaperChunkBytes) {
      if (absl::Status status = FlushChunk(); !status.ok()) return status;
    }
    const size_t taken = std::min(piece.size(), kPaperChunkBytes - pending_.size());
    pending_ += piece.substr(0, taken);
    piece.remove_prefix(taken);
  }
  return absl::OkStatus();
}

absl::Status PaperWriter::FlushChunk() {
  WriteBatch batch;
  if (!blob_) {
    blob_ = store_->TakeBlob();
    batch.Put(Family::kPapers, UploadKey(*blob_), "");
  }
  batch.Put(Family::kPaperChunks, ChunkKey(*blob_, chunks_written_), pending_);
  pending_.clear();
  ++chunks_written_;
  return store_->database_->Write(std::move(batch));
}

absl::StatusOr<StoredPaper> PaperWriter::FinishChecked(int64_t now_ms,
                                                       const std::optional<Digest>& expected) {
  if (size_bytes_ == 0) return Malformed("paper_empty", "the file is empty");
  const auto type = SniffPaperType(head_);
  if (!type.ok()) return type.status();
  const Digest digest = digest_.Finish();
  if (expected && digest != *expected) {
    return Malformed("paper_digest", "the bytes that arrived are not those of the digest named");
  }
  WriteBatch batch;
  const BlobNumber blob = blob_ ? *blob_ : store_->TakeBlob();
  batch.Put(Family::kPaperChunks, ChunkKey(blob, chunks_written_), pending_);
  batch.Delete(Family::kPapers, UploadKey(blob));
  const PaperRow row{*type, blob, size_bytes_, now_ms};
  const auto published = store_->Publish(digest, row, std::move(batch));
  if (!published.ok()) return published.status();
  if (*published) blob_.reset();  // it is the paper's now
  return StoredPaper{digest, *type, size_bytes_};
}

}  // namespace bonafide::storage
