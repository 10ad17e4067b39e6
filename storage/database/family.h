// The column families of the database. What their keys and values are: storage/database/schema.h.
#ifndef BONAFIDE_STORAGE_DATABASE_FAMILY_H_
#define BONAFIDE_STORAGE_DATABASE_FAMILY_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <string_view>

namespace bonafide::storage {

// Everything but histories, places, tiles, cosignatures, papers and access records is derived and
// can be rebuilt from the log.
enum class Family : uint8_t {
  kMeta,           // a few rows about the whole register
  kHistories,      // log entries by subject, and what opens their personal slots: erasable
  kPlaces,         // log entries by index: where each stands
  kHeads,          // one small row per subject
  kTokenIds,       // (iss, jti) -> index
  kThumbprints,    // key -> its organisation, for ever
  kSchemes,        // (treatment, territory) -> scheme
  kTiles,          // nodes of the log tree
  kCosignatures,   // by checkpoint size and cosigner
  kPapers,         // one row per paper
  kPaperChunks,    // the bytes of papers
  kNames,          // search by name
  kDuplicates,     // the keyed index of likely duplicates
  kAccessRecords,  // who asked for which restricted paper
};

inline constexpr size_t kFamilyCount = 14;

// Names on disk, in the order of Family. Never renamed: a database with another one is of another
// version.
inline constexpr std::array<std::string_view, kFamilyCount> kFamilyNames = {
    "default",      "histories", "places",     "heads",         "token_ids",
    "thumbprints",  "schemes",   "tiles",      "cosignatures",  "papers",
    "paper_chunks", "names",     "duplicates", "access_records"};

// Of versions that nobody keeps a register of.
inline constexpr std::array<std::string_view, 4> kFormerFamilyNames = {"entries", "disclosures",
                                                                       "event_ids", "nodes"};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_DATABASE_FAMILY_H_
