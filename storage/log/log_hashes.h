// Where the log tree's complete subtrees come from: the database, or the right edge of the tree
// with what is being appended.
#ifndef BONAFIDE_STORAGE_LOG_LOG_HASHES_H_
#define BONAFIDE_STORAGE_LOG_LOG_HASHES_H_

#include <absl/status/statusor.h>

#include <map>
#include <span>
#include <vector>

#include "merkle/frontier.h"
#include "merkle/hash_reader.h"
#include "merkle/prove.h"
#include "storage/log/log_tiles.h"

namespace bonafide::storage {

// Reads tiles, and hashes what lies between their levels. Errors: those of LogTiles.
class StoredHashes final : public merkle::HashReader {
 public:
  // `snapshot` has to outlive this, and to hold a log of `size` entries.
  StoredHashes(const Snapshot& snapshot, TreeSize size) : tiles_(snapshot, size) {}
  absl::StatusOr<std::vector<Digest>> Read(std::span<const merkle::NodeCoordinate> nodes) override;

 private:
  LogTiles tiles_;
};

// The peaks of a frontier and nodes added to it: all that appending, the proof of consistency with
// the frontier's size, and the inclusion proofs of the new leaves ever ask for.
class EdgeHashes final : public merkle::HashReader {
 public:
  explicit EdgeHashes(const merkle::Frontier& frontier);
  void Add(std::span<const merkle::Node> nodes);
  absl::StatusOr<std::vector<Digest>> Read(std::span<const merkle::NodeCoordinate> nodes) override;

 private:
  std::map<merkle::NodeCoordinate, Digest> known_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_LOG_LOG_HASHES_H_
