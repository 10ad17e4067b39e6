// The one question the pure tree asks of the world: the hash of a complete subtree.
#ifndef BONAFIDE_MERKLE_HASH_READER_H_
#define BONAFIDE_MERKLE_HASH_READER_H_

#include <absl/status/statusor.h>

#include <compare>
#include <cstdint>
#include <span>
#include <vector>

#include "certs/digest.h"

namespace bonafide::merkle {

// The complete subtree over the leaves [index * 2^level, (index + 1) * 2^level).
struct NodeCoordinate {
  unsigned level = 0;  // 0..63; level 0 are the leaf hashes
  uint64_t index = 0;
  auto operator<=>(const NodeCoordinate&) const = default;
};

// Where complete subtrees are kept: a store, tiles fetched from elsewhere, an array in a test.
class HashReader {
 public:
  virtual ~HashReader() = default;

  // The hashes at `nodes`, in that order. A node that should exist but is not there is an error
  // (kDataLoss), never a default. Whether the hashes are right is not for the reader to know: a
  // proof built from wrong ones does not verify.
  virtual absl::StatusOr<std::vector<Digest>> Read(std::span<const NodeCoordinate> nodes) = 0;
};

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_HASH_READER_H_
