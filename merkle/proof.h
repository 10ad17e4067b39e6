// Verifying RFC 6962 inclusion and consistency proofs (sections 2.1.1, 2.1.2), and their flat
// bytes.
//
// Each proof has exactly one encoding that verifies: its length follows from the positions, and
// nothing in it is left unused. All of 64 bits may be asked for; nothing overflows.
#ifndef BONAFIDE_MERKLE_PROOF_H_
#define BONAFIDE_MERKLE_PROOF_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "certs/digest.h"
#include "merkle/index.h"

namespace bonafide::merkle {

// Hashes in the order of RFC 6962: the leaf's sibling first, the child of the root last.
using Proof = std::vector<Digest>;

// No proof is longer: 63 levels above a leaf, and a consistency proof may name its start as well.
inline constexpr size_t kMaxProofHashes = 65;

// OK when `leaf_hash` is leaf number `index` of the tree of `size` leaves with `root`.
// Errors (kInvalidArgument): "proof_size" (the tree is empty), "proof_index" (index >= size),
// "proof_length" (not the one length it must have), "proof_root" (it leads to another root).
absl::Status VerifyInclusion(LogIndex index, TreeSize size, const Digest& leaf_hash,
                             std::span<const Digest> proof, const Digest& root);

// OK when the first `first` leaves of the tree (second, root2) are the tree (first, root1).
// Where first is 0 or equals second the proof is empty; root1 must be EmptyRoot() where first is 0
// (and root2 where second is), and root1 == root2 where the sizes are equal.
// Errors (kInvalidArgument): "proof_size" (first > second), "proof_length", "proof_root".
absl::Status VerifyConsistency(TreeSize first, TreeSize second, const Digest& root1,
                               const Digest& root2, std::span<const Digest> proof);

// A proof as its hashes one after another, which is how it travels.
std::string FlattenProof(std::span<const Digest> proof);
// Error: "proof_length" unless `bytes` is a whole number of hashes, at most kMaxProofHashes.
absl::StatusOr<Proof> ParseProof(std::string_view bytes);

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_PROOF_H_
