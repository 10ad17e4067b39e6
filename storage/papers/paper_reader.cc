#include "storage/papers/paper_reader.h"

#include "certs/reason.h"

namespace bonafide::storage {

absl::Status PaperUnknown() {
  return Refusal(absl::StatusCode::kNotFound, "paper_unknown",
                 "there is no such paper, or it is not for you to see");
}

PaperReader::PaperReader(const Database& database, const Digest& digest, const PaperRow& row)
    : database_(&database), paper_{digest, row.type, row.size_bytes}, row_(row) {}

absl::StatusOr<std::string> PaperReader::Next() {
  if (next_chunk_ == row_.chunk_count()) return std::string();
  auto chunk = database_->Get(Family::kPaperChunks, ChunkKey(row_.blob, next_chunk_));
  if (!chunk.ok()) return chunk.status();
  if (!chunk->has_value()) {
    const auto row = database_->Get(Family::kPapers, PaperKey(paper_.digest));
    if (!row.ok()) return row.status();
    if (!row->has_value()) return PaperUnknown();
  }
  const bool whole = chunk->has_value() && (*chunk)->size() == row_.chunk_size_bytes(next_chunk_);
  if (whole) digest_.Add(**chunk);
  const bool last = next_chunk_ + 1 == row_.chunk_count();
  if (!whole || (last && digest_.Finish() != paper_.digest)) {
    return Damaged("paper_damaged", "the stored bytes of paper " + paper_.digest.Hex() +
                                        " are not those it was stored with");
  }
  ++next_chunk_;
  return *std::move(*chunk);
}

}  // namespace bonafide::storage
