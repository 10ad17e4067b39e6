// Keys and values of the families of papers. Internal to this room. Integers are big-endian.
//
//   family        key                                         value
//   kPapers       'p' sha256:32                               PaperRow: this paper is stored
//                 'u' blob:u64                                empty: an upload of it is under way
//                 'r' sha256:32 subject:u64 index:u64 slot:u8 n:u8   empty: who names this paper
//                 'n' subject:u64 index:u64 slot:u8 n:u8      sha256:32: which paper is named
//   kPaperChunks  blob:u64 chunk:u32                          256 KiB of the file; the last may be
//                                                             shorter
//
// Chunks lie under a blob number, used once, and not under the digest: so an upload can be written
// before its digest is known, and nobody can write into a paper that is there.
#ifndef BONAFIDE_STORAGE_PAPERS_PAPER_ROW_H_
#define BONAFIDE_STORAGE_PAPERS_PAPER_ROW_H_

#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "certs/digest.h"
#include "storage/papers/paper_type.h"

namespace bonafide::storage {

inline constexpr size_t kPaperChunkBytes = 256 * 1024;

// The number under which the chunks of one file lie.
struct BlobNumber {
  uint64_t value = 0;
  auto operator<=>(const BlobNumber&) const = default;
};

struct PaperRow {
  PaperType type = PaperType::kPdf;
  BlobNumber blob;
  uint64_t size_bytes = 0;
  int64_t stored_ms = 0;  // when it was last uploaded

  uint32_t chunk_count() const {
    return static_cast<uint32_t>((size_bytes + kPaperChunkBytes - 1) / kPaperChunkBytes);
  }
  // Precondition: chunk < chunk_count().
  size_t chunk_size_bytes(uint32_t chunk) const {
    const uint64_t rest = size_bytes - uint64_t{chunk} * kPaperChunkBytes;
    return rest < kPaperChunkBytes ? static_cast<size_t>(rest) : kPaperChunkBytes;
  }
};

std::string EncodePaperRow(const PaperRow& row);
// Error: "data_damaged" (kDataLoss).
absl::StatusOr<PaperRow> ParsePaperRow(std::string_view value);

inline constexpr std::string_view kPaperPrefix = "p";
inline constexpr std::string_view kUploadPrefix = "u";
std::string PaperKey(const Digest& paper);
// The digest in a key PaperKey made. Error: "data_damaged".
absl::StatusOr<Digest> ParsePaperKey(std::string_view key);
std::string UploadKey(BlobNumber blob);
absl::StatusOr<BlobNumber> ParseUploadKey(std::string_view key);

std::string ChunkKey(BlobNumber blob, uint32_t chunk);
// The first key after all chunks of `blob`.
std::string EndOfChunks(BlobNumber blob);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_PAPERS_PAPER_ROW_H_
