// The state tree: one leaf per subject in number order, RFC 6962 hashing, so that any verifier of
// inclusion proofs checks it. Its root stands in the log's state entries (docs/protocol.md).
#ifndef BONAFIDE_MERKLE_STATE_TREE_H_
#define BONAFIDE_MERKLE_STATE_TREE_H_

#include <absl/status/status.h>

#include <cstdint>
#include <span>

#include "certs/digest.h"
#include "merkle/index.h"

namespace bonafide::merkle {

// SHA-256(0x00 || 0x03 || subject:u64 || entries:u64 || subject_root), integers big-endian.
// `subject_root` is TreeHash() of the subject's `entries` entry leaf hashes, in log order.
Digest StateLeafHash(SubjectNumber subject, uint64_t entries, const Digest& subject_root);

// VerifyInclusion (proof.h, with its errors) for the leaf of `subject` in the tree of `subjects`.
absl::Status VerifyStateInclusion(SubjectNumber subject, TreeSize subjects,
                                  const Digest& state_leaf_hash, std::span<const Digest> proof,
                                  const Digest& state_root);

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_STATE_TREE_H_
