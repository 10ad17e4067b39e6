// Every key and value of the families that hold the register itself (those of papers, names and
// access records are described where they are written). Integers are big-endian, so that keys sort
// by number.
//
//   family        key                               value
//   kMeta         a name, see kMeta... below        see there
//   kHistories    subject:u64 page:u32              a page of entries
//   (storage/history/history_page.h); seq
//                                                   counts from 0 without gaps. An entry of two
//                                                   subjects stands under both, because evidence
//                                                   reads a subject in one go and such entries are
//                                                   few and small
//   kPlaces       page:u64                          256 places of entries
//   (storage/log/log_places.h) kHeads        subject:u64                       SubjectHead
//   kTokenIds     iss:u64 jti                       index:u64
//   kThumbprints  thumbprint:32                     organisation:u64
//   kSchemes      treatment 0x00 territory          scheme:u64
//   kTiles        level:u8 index:u64                256 hashes (storage/log/log_tiles.h)
//   kCosignatures size:u64 key_id:u32 name          a note signature line, as in the note
#ifndef BONAFIDE_STORAGE_DATABASE_SCHEMA_H_
#define BONAFIDE_STORAGE_DATABASE_SCHEMA_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "merkle/index.h"

namespace bonafide::storage {

using merkle::LogIndex;
using merkle::SubjectNumber;
using merkle::TreeSize;

// The version of this page. A database with a higher one is refused ("store_version").
inline constexpr uint64_t kStoreVersion = 1;

// Rows of kMeta.
inline constexpr char kMetaVersion[] = "version";  // u64
inline constexpr char kMetaOrigin[] = "origin";    // text
inline constexpr char kMetaLogKey[] = "log_key";   // vkey
inline constexpr char kMetaLog[] = "log";          // LogHead (storage/log/log_store.h)
inline constexpr char kMetaNote[] = "note";        // the newest signed checkpoint, for reference:
                                                   // the high-water file decides

// Where an entry stands: number `seq` of its subject.
struct EntryPlace {
  SubjectNumber subject;
  uint32_t seq = 0;
  auto operator<=>(const EntryPlace&) const = default;
};

// One of the parts of something that has a number: a page of a subject, a chunk of a paper.
struct Part {
  uint64_t of = 0;
  uint32_t number = 0;
};

// Keys.
std::string U64Key(uint64_t number);  // 8 bytes: kPlaces, kHeads
std::string PartKey(Part part);
inline std::string PageKey(SubjectNumber subject, uint32_t page) {
  return PartKey({subject.value, page});
}
std::string SubjectPrefix(SubjectNumber subject);  // of PageKey
std::string TokenIdKey(SubjectNumber issuer, std::string_view jti);
std::string SchemeKey(std::string_view treatment, std::string_view territory);
std::string TileKey(unsigned level, uint64_t index);
std::string CosignatureKey(TreeSize size, uint32_t key_id, std::string_view name);

// Values. Each Parse refuses what its writer does not write: "data_damaged" (kDataLoss).
std::string U64Value(uint64_t number);
absl::StatusOr<uint64_t> ParseU64Value(std::string_view value);
absl::StatusOr<Part> ParsePartKey(std::string_view key);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_DATABASE_SCHEMA_H_
