// Building proofs and roots from complete subtrees, and the subtrees that appending creates.
//
// Each function calls reader.Read at most once and passes its errors on; one more error is
// "node_count" (kDataLoss: the reader returned another number of hashes than was asked for).
#ifndef BONAFIDE_MERKLE_PROVE_H_
#define BONAFIDE_MERKLE_PROVE_H_

#include <absl/status/statusor.h>

#include <span>
#include <vector>

#include "certs/digest.h"
#include "merkle/hash_reader.h"
#include "merkle/index.h"
#include "merkle/proof.h"

namespace bonafide::merkle {

// RFC 6962 section 2.1.1. Errors: "proof_size" (size 0), "proof_index" (index >= size).
absl::StatusOr<Proof> ProveInclusion(LogIndex index, TreeSize size, HashReader& reader);

// RFC 6962 section 2.1.2; empty where first is 0 or equals second. Error: "proof_size"
// (first > second).
absl::StatusOr<Proof> ProveConsistency(TreeSize first, TreeSize second, HashReader& reader);

// The root of the first `size` leaves; EmptyRoot() for 0.
absl::StatusOr<Digest> RootAt(TreeSize size, HashReader& reader);

struct Node {
  NodeCoordinate at;
  Digest hash;
  bool operator==(const Node&) const = default;
};

// The complete subtrees that exist after appending `leaf_hashes` to a tree of `size` leaves and did
// not before: what a store writes. Ordered by the leaf that completes them, then by level. Error:
// "proof_size" (the tree would exceed 2^64 - 1 leaves).
absl::StatusOr<std::vector<Node>> NewNodes(TreeSize size, std::span<const Digest> leaf_hashes,
                                           HashReader& reader);

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_PROVE_H_
