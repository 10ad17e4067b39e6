#include "storage/papers/paper_row.h"

#include <optional>

#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "storage/database/schema.h"

namespace bonafide::storage {
namespace {

constexpr size_t kPaperRowBytes = 1 + 8 + 8 + 8;

absl::Status Wrong(std::string_view what) {
  return Damaged("data_damaged", "a stored row is not a " + std::string(what));
}

}  // namespace

std::string EncodePaperRow(const PaperRow& row) {
  std::string value(1, static_cast<char>(row.type));
  merkle::AppendU64(value, row.blob.value);
  merkle::AppendU64(value, row.size_bytes);
  merkle::AppendU64(value, static_cast<uint64_t>(row.stored_ms));
  return value;
}

absl::StatusOr<PaperRow> ParsePaperRow(std::string_view value) {
  if (value.size() != kPaperRowBytes) return Wrong("paper");
  const std::optional<PaperType> type = PaperTypeOfNumber(static_cast<uint8_t>(value[0]));
  if (!type) return Wrong("paper");
  PaperRow row;
  row.type = *type;
  row.blob = {merkle::ReadU64(value.substr(1))};
  row.size_bytes = merkle::ReadU64(value.substr(9));
  row.stored_ms = static_cast<int64_t>(merkle::ReadU64(value.substr(17)));
  return row;
}

std::string PaperKey(const Digest& paper) {
  std::string key(kPaperPrefix);
  return key += paper.view();
}

absl::StatusOr<Digest> ParsePaperKey(std::string_view key) {
  if (key.size() != 1 + Digest::kSizeBytes || !key.starts_with(kPaperPrefix)) {
    return Wrong("paper's key");
  }
  return Digest::FromBytes(key.substr(1));
}

std::string UploadKey(BlobNumber blob) { return std::string(kUploadPrefix) + U64Key(blob.value); }

absl::StatusOr<BlobNumber> ParseUploadKey(std::string_view key) {
  if (key.size() != 9 || !key.starts_with(kUploadPrefix)) return Wrong("upload's key");
  return BlobNumber{merkle::ReadU64(key.substr(1))};
}

std::string ChunkKey(BlobNumber blob, uint32_t chunk) {
  // The same shape as a page's: a number and a position under it.
  return PartKey({blob.value, chunk});
}

std::string EndOfChunks(BlobNumber blob) { return ChunkKey({blob.value + 1}, 0); }

}  // namespace bonafide::storage
