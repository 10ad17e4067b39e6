// The nodes of the log tree that are kept: tiles as C2SP tlog-tiles has them (merkle/tile.h), one
// row each, which only grows. All other nodes are computed from these.
#ifndef BONAFIDE_STORAGE_LOG_LOG_TILES_H_
#define BONAFIDE_STORAGE_LOG_LOG_TILES_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <map>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "certs/digest.h"
#include "merkle/frontier.h"
#include "storage/database/database.h"
#include "storage/database/schema.h"

namespace bonafide::storage {

// Adds to `batch` what `leaf_hashes` behind the log of `base` add to its tiles.
void AppendTiles(const merkle::Frontier& base, std::span<const Digest> leaf_hashes,
                 WriteBatch& batch);

// Keeps of each level the tile it read last. Not thread-safe.
class LogTiles {
 public:
  // `snapshot` has to outlive this, and to hold a log of `size` entries.
  LogTiles(const Snapshot& snapshot, TreeSize size) : snapshot_(snapshot), size_(size) {}

  // The hashes of tile (level, index), joined: all that the log has there. The view holds until the
  // next call for this level. Errors: "record_missing" (also where the log has none there),
  // "data_damaged" (another number of hashes).
  absl::StatusOr<std::string_view> Read(unsigned level, uint64_t index);

  absl::StatusOr<Digest> LeafHash(LogIndex index);

 private:
  const Snapshot& snapshot_;
  TreeSize size_;
  std::map<unsigned, std::pair<uint64_t, std::string>> kept_;  // by level: index, row
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_LOG_LOG_TILES_H_
