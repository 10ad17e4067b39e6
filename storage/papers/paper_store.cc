#include "storage/papers/paper_store.h"

#include <set>
#include <utility>
#include <vector>

#include "certs/reason.h"
#include "storage/database/schema.h"
#include "storage/papers/paper_reader.h"
#include "storage/papers/paper_reference.h"
#include "storage/papers/paper_writer.h"

namespace bonafide::storage {
namespace {

absl::StatusOr<std::optional<PaperRow>> FindRow(const Database& database, const Digest& digest) {
  const auto value = database.Get(Family::kPapers, PaperKey(digest));
  if (!value.ok()) return value.status();
  if (!value->has_value()) return std::nullopt;
  const auto row = ParsePaperRow(**value);
  if (!row.ok()) return row.status();
  return *row;
}

void DeleteBlob(BlobNumber blob, WriteBatch& batch) {
  batch.Delete(Family::kPapers, UploadKey(blob));
  batch.DeleteRange(Family::kPaperChunks, ChunkKey(blob, 0), EndOfChunks(blob));
}

// The number after the highest in use.
absl::StatusOr<BlobNumber> NextBlob(const Snapshot& snapshot) {
  BlobNumber next;
  absl::Status parsed;
  const absl::Status scanned = snapshot.ScanBackwards(
      Family::kPaperChunks, "", "", [&next, &parsed](std::string_view key, std::string_view) {
        const auto chunk = ParsePartKey(key);
        if (chunk.ok()) next = {chunk->of + 1};
        parsed = chunk.status();
        return false;
      });
  if (!scanned.ok()) return scanned;
  if (!parsed.ok()) return parsed;
  return next;
}

// Whether the bytes under `digest` are still its own.
bool IsSound(PaperReader reader) {
  for (;;) {
    const auto chunk = reader.Next();
    if (!chunk.ok()) return false;
    if (chunk->empty()) return true;
  }
}

}  // namespace

absl::StatusOr<std::unique_ptr<PaperStore>> PaperStore::Open(Database& database) {
  const std::shared_ptr<const Snapshot> snapshot = database.Now();
  const auto next = NextBlob(*snapshot);
  if (!next.ok()) return next.status();
  WriteBatch batch;
  absl::Status parsed;
  const absl::Status scanned = snapshot->ScanPrefix(
      Family::kPapers, kUploadPrefix, [&batch, &parsed](std::string_view key, std::string_view) {
        const auto blob = ParseUploadKey(key);
        if (blob.ok()) DeleteBlob(*blob, batch);
        parsed = blob.status();
        return parsed.ok();
      });
  if (!scanned.ok()) return scanned;
  if (!parsed.ok()) return parsed;
  if (batch.size_bytes() > 0) {
    if (absl::Status status = database.Write(std::move(batch)); !status.ok()) return status;
  }
  return std::unique_ptr<PaperStore>(new PaperStore(database, *next));
}

PaperStore::PaperStore(Database& database, BlobNumber next)
    : database_(&database), next_blob_(next.value) {}

PaperWriter PaperStore::Write() { return PaperWriter(*this); }

absl::StatusOr<std::optional<StoredPaper>> PaperStore::Find(const Digest& digest) const {
  const auto row = FindRow(*database_, digest);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::nullopt;
  return StoredPaper{digest, (*row)->type, (*row)->size_bytes};
}

absl::Status PaperStore::CheckNamed(const Digest& digest, std::string_view media_type) const {
  const auto claimed = ParseMediaType(media_type);
  if (!claimed.ok()) return claimed.status();
  {
    // Before looking: what is there afterwards stays there.
    const std::lock_guard lock(checking_);
    checked_.insert(digest);
  }
  const auto paper = Find(digest);
  if (!paper.ok()) return paper.status();
  if (!paper->has_value()) {
    return NotAdmitted("paper_unknown", "paper " + digest.Hex() + " has not been uploaded");
  }
  if ((*paper)->type != *claimed) {
    return Malformed("paper_type", "paper " + digest.Hex() + " is " +
                                       std::string(MediaType((*paper)->type)) + ", not " +
                                       std::string(media_type));
  }
  return absl::OkStatus();
}

absl::StatusOr<PaperReader> PaperStore::Read(const Digest& digest) const {
  const auto row = FindRow(*database_, digest);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return PaperUnknown();
  return PaperReader(*database_, digest, **row);
}

absl::StatusOr<std::optional<BlobNumber>> PaperStore::Remove(const Digest& digest,
                                                             WriteBatch& batch) const {
  const auto row = FindRow(*database_, digest);
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::nullopt;
  batch.Delete(Family::kPapers, PaperKey(digest));
  DeleteBlob((*row)->blob, batch);
  return (*row)->blob;
}

absl::StatusOr<uint64_t> PaperStore::CollectUnnamed(int64_t stored_before_ms) {
  const std::shared_ptr<const Snapshot> snapshot = database_->Now();
  std::vector<Digest> unnamed;
  absl::Status wrong;
  const absl::Status scanned = snapshot->ScanPrefix(
      Family::kPapers, kPaperPrefix, [&](std::string_view key, std::string_view value) {
        const auto digest = ParsePaperKey(key);
        const auto row = ParsePaperRow(value);
        wrong = digest.ok() ? row.status() : digest.status();
        if (!wrong.ok() || row->stored_ms >= stored_before_ms) return wrong.ok();
        const auto named = IsNamed(*snapshot, *digest);
        wrong = named.status();
        if (wrong.ok() && !*named) unnamed.push_back(*digest);
        return wrong.ok();
      });
  if (!scanned.ok()) return scanned;
  if (!wrong.ok()) return wrong;
  return RemoveUnnamed(unnamed, stored_before_ms);
}

absl::StatusOr<uint64_t> PaperStore::RemoveUnnamed(const std::vector<Digest>& unnamed,
                                                   int64_t stored_before_ms) {
  const std::scoped_lock lock(publishing_, checking_);
  WriteBatch batch;
  uint64_t collected = 0;
  for (const Digest& digest : unnamed) {
    if (checked_.contains(digest) || checked_before_.contains(digest)) continue;
    const auto row = FindRow(*database_, digest);
    if (!row.ok()) return row.status();
    if (!row->has_value() || (*row)->stored_ms >= stored_before_ms) continue;
    batch.Delete(Family::kPapers, PaperKey(digest));
    DeleteBlob((*row)->blob, batch);
    ++collected;
  }
  if (collected > 0) {
    if (absl::Status status = database_->Write(std::move(batch)); !status.ok()) return status;
  }
  checked_before_ = std::exchange(checked_, {});
  return collected;
}

absl::StatusOr<bool> PaperStore::Publish(const Digest& digest, const PaperRow& row,
                                         WriteBatch last) {
  const std::lock_guard lock(publishing_);
  const auto present = FindRow(*database_, digest);
  if (!present.ok()) return present.status();
  PaperRow stored = row;
  const bool sound =
      present->has_value() && IsSound(PaperReader(*database_, digest, present->value()));
  if (sound) {
    last = WriteBatch();
    stored = **present;
    stored.stored_ms = row.stored_ms;
  } else if (present->has_value()) {
    DeleteBlob((*present)->blob, last);
  }
  last.Put(Family::kPapers, PaperKey(digest), EncodePaperRow(stored));
  if (absl::Status status = database_->Write(std::move(last)); !status.ok()) return status;
  return !sound;
}

absl::Status PaperStore::Discard(BlobNumber blob) {
  WriteBatch batch;
  DeleteBlob(blob, batch);
  return database_->Write(std::move(batch));
}

}  // namespace bonafide::storage
