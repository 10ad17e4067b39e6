#include "merkle/proof.h"

#include <bit>

#include "certs/reason.h"
#include "merkle/hash.h"

namespace bonafide::merkle {
namespace {

// In a tree whose last leaf is `last`, the path of leaf `index` upwards meets the tree's right edge
// after `inner` levels. Below, every level has a sibling, left or right as the bits of index say;
// above, only a node with a left sibling has one, which is each bit set.
struct PathShape {
  unsigned inner;
  unsigned border;
};

PathShape ShapeOf(uint64_t index, uint64_t last) {
  const auto inner = static_cast<unsigned>(std::bit_width(index ^ last));
  const uint64_t above = inner < 64 ? index >> inner : 0;
  return {inner, static_cast<unsigned>(std::popcount(above))};
}

absl::Status WrongLength(size_t expected, size_t actual) {
  return Malformed("proof_length", "the proof must have " + std::to_string(expected) +
                                       " hashes and has " + std::to_string(actual));
}

absl::Status WrongRoot() {
  return Malformed("proof_root", "the proof does not lead to the root it was given for");
}

}  // namespace

absl::Status VerifyInclusion(LogIndex index, TreeSize size, const Digest& leaf_hash,
                             std::span<const Digest> proof, const Digest& root) {
  if (size.value == 0) return Malformed("proof_size", "an empty tree includes nothing");
  if (index.value >= size.value) {
    return Malformed("proof_index", "leaf " + std::to_string(index.value) +
                                        " lies outside a tree of " + std::to_string(size.value));
  }
  const PathShape shape = ShapeOf(index.value, size.value - 1);
  if (proof.size() != shape.inner + shape.border) {
    return WrongLength(shape.inner + shape.border, proof.size());
  }
  Digest hash = leaf_hash;
  for (unsigned level = 0; level < shape.inner; ++level) {
    const bool is_right = index.value >> level & 1;
    hash = is_right ? NodeHash(proof[level], hash) : NodeHash(hash, proof[level]);
  }
  for (const Digest& left : proof.subspan(shape.inner)) hash = NodeHash(left, hash);
  return hash == root ? absl::OkStatus() : WrongRoot();
}

absl::Status VerifyConsistency(TreeSize first, TreeSize second, const Digest& root1,
                               const Digest& root2, std::span<const Digest> proof) {
  if (first > second) {
    return Malformed("proof_size", "a tree of " + std::to_string(first.value) +
                                       " leaves is no beginning of one of " +
                                       std::to_string(second.value));
  }
  if (first.value == 0 || first == second) {
    if (!proof.empty()) return WrongLength(0, proof.size());
    if (first.value == 0 && root1 != EmptyRoot()) return WrongRoot();
    if (first == second && root1 != root2) return WrongRoot();
    return absl::OkStatus();
  }
  // Both trees share the largest complete subtree that ends at leaf first-1; both roots are rebuilt
  // from it along the path of that leaf. Where the subtree is the whole first tree, its hash is
  // root1 and stands not in the proof.
  const uint64_t last = first.value - 1;
  const auto skipped = static_cast<unsigned>(std::countr_zero(first.value));
  const PathShape shape = ShapeOf(last, second.value - 1);
  const bool starts_at_root1 = std::has_single_bit(first.value);
  const size_t expected = (starts_at_root1 ? 0 : 1) + (shape.inner - skipped) + shape.border;
  if (proof.size() != expected) return WrongLength(expected, proof.size());
  Digest hash1 = root1;
  if (!starts_at_root1) {
    hash1 = proof.front();
    proof = proof.subspan(1);
  }
  Digest hash2 = hash1;
  for (unsigned level = skipped; level < shape.inner; ++level, proof = proof.subspan(1)) {
    if (last >> level & 1) {
      hash1 = NodeHash(proof.front(), hash1);
      hash2 = NodeHash(proof.front(), hash2);
    } else {
      hash2 = NodeHash(hash2, proof.front());
    }
  }
  for (const Digest& left : proof) {
    hash1 = NodeHash(left, hash1);
    hash2 = NodeHash(left, hash2);
  }
  return hash1 == root1 && hash2 == root2 ? absl::OkStatus() : WrongRoot();
}

std::string FlattenProof(std::span<const Digest> proof) {
  std::string bytes;
  bytes.reserve(proof.size() * Digest::kSizeBytes);
  for (const Digest& hash : proof) bytes += hash.view();
  return bytes;
}

absl::StatusOr<Proof> ParseProof(std::string_view bytes) {
  if (bytes.size() % Digest::kSizeBytes != 0 ||
      bytes.size() > kMaxProofHashes * Digest::kSizeBytes) {
    return Malformed("proof_length", "a proof is at most " + std::to_string(kMaxProofHashes) +
                                         " hashes of 32 bytes; these are " +
                                         std::to_string(bytes.size()) + " bytes");
  }
  Proof proof;
  proof.reserve(bytes.size() / Digest::kSizeBytes);
  for (; !bytes.empty(); bytes.remove_prefix(Digest::kSizeBytes)) {
    proof.push_back(*Digest::FromBytes(bytes.substr(0, Digest::kSizeBytes)));
  }
  return proof;
}

}  // namespace bonafide::merkle
