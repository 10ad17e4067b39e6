// The right edge of a growing RFC 6962 tree: enough to append and to know the root, in O(log n).
#ifndef BONAFIDE_MERKLE_FRONTIER_H_
#define BONAFIDE_MERKLE_FRONTIER_H_

#include <absl/status/statusor.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "certs/digest.h"
#include "merkle/index.h"

namespace bonafide::merkle {

// The complete subtrees ("peaks") that make up the first n leaves, largest first: one for each bit
// set in n. A value type; not synchronised.
class Frontier {
 public:
  // The frontier of the empty tree.
  Frontier() = default;

  // Precondition: size() < 2^64 - 1.
  void Append(const Digest& leaf_hash);

  // EmptyRoot() for the empty tree. Hashes at most 63 times.
  Digest root() const;
  TreeSize size() const { return size_; }

  // size as u64 big-endian, then the peaks, largest first: 8 + 32 * popcount(size) bytes. There is
  // one encoding of each frontier.
  std::string Serialise() const;
  // Error: reason "frontier_bytes" unless `bytes` is exactly one serialised frontier. The hashes
  // themselves cannot be checked here; compare root() with one that is trusted.
  static absl::StatusOr<Frontier> Parse(std::string_view bytes);

  bool operator==(const Frontier&) const = default;

 private:
  TreeSize size_;
  std::vector<Digest> peaks_;
};

// The RFC 6962 tree hash over leaf hashes (which are not hashed again).
Digest TreeHash(std::span<const Digest> leaf_hashes);

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_FRONTIER_H_
