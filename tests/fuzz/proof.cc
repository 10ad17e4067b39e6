// Proofs against the recursive definitions of RFC 6962, sections 2.1.1 and 2.1.2, read backwards:
// for any positions, sizes and hashes both must lead to the same roots, or both to none.
#include "merkle/proof.h"

#include <fuzzer/FuzzedDataProvider.h>

#include <bit>
#include <optional>
#include <utility>

#include "merkle/hash.h"
#include "tests/fuzz/require.h"

namespace bonafide::merkle {
namespace {

using Hashes = std::span<const Digest>;

// The largest power of two below `size`. Precondition: size > 1.
uint64_t SplitOf(uint64_t size) { return std::bit_floor(size - 1); }

// The root that PATH(index, D[size]) leads to from `leaf`. Precondition: index < size.
std::optional<Digest> RootFrom(uint64_t index, uint64_t size, const Digest& leaf, Hashes path) {
  if (size == 1) return path.empty() ? std::optional(leaf) : std::nullopt;
  if (path.empty()) return std::nullopt;
  const Digest& sibling = path.back();
  const Hashes below = path.first(path.size() - 1);
  const uint64_t split = SplitOf(size);
  const bool is_left = index < split;
  const auto root = is_left ? RootFrom(index, split, leaf, below)
                            : RootFrom(index - split, size - split, leaf, below);
  if (!root) return std::nullopt;
  return is_left ? NodeHash(*root, sibling) : NodeHash(sibling, *root);
}

// The hashes of the first `first` leaves and of all of them that SUBPROOF(first, D[size], is_whole)
// leads to; the former is `root1` where the proof leaves it out.
std::optional<std::pair<Digest, Digest>> RootsFrom(uint64_t first, uint64_t size, bool is_whole,
                                                   const Digest& root1, Hashes proof) {
  if (first == size) {
    if (is_whole) return proof.empty() ? std::optional(std::pair(root1, root1)) : std::nullopt;
    return proof.size() == 1 ? std::optional(std::pair(proof[0], proof[0])) : std::nullopt;
  }
  if (proof.empty()) return std::nullopt;
  const Digest& other = proof.back();
  const Hashes below = proof.first(proof.size() - 1);
  const uint64_t split = SplitOf(size);
  if (first <= split) {
    const auto roots = RootsFrom(first, split, is_whole, root1, below);
    if (!roots) return std::nullopt;
    return std::pair(roots->first, NodeHash(roots->second, other));
  }
  const auto roots = RootsFrom(first - split, size - split, false, root1, below);
  if (!roots) return std::nullopt;
  return std::pair(NodeHash(other, roots->first), NodeHash(other, roots->second));
}

Digest TakeDigest(FuzzedDataProvider& input) {
  return Sha256(std::string(1, static_cast<char>(input.ConsumeIntegralInRange(0, 7))));
}

// Mostly small, sometimes anything.
uint64_t TakeSize(FuzzedDataProvider& input) {
  return input.ConsumeBool() ? input.ConsumeIntegralInRange<uint64_t>(0, 40)
                             : input.ConsumeIntegral<uint64_t>();
}

// Of about the length that suits the positions, since any other is refused at once.
Proof TakeProof(FuzzedDataProvider& input) {
  Proof proof(input.ConsumeIntegralInRange<size_t>(0, kMaxProofHashes));
  for (Digest& hash : proof) hash = TakeDigest(input);
  return proof;
}

void FuzzInclusion(FuzzedDataProvider& input) {
  const uint64_t index = TakeSize(input);
  const uint64_t size = TakeSize(input);
  const Digest leaf = TakeDigest(input);
  const Proof proof = TakeProof(input);
  const auto root = index < size ? RootFrom(index, size, leaf, proof) : std::nullopt;
  const Digest asked = root && input.ConsumeBool() ? *root : TakeDigest(input);
  const absl::Status status = VerifyInclusion(LogIndex{index}, TreeSize{size}, leaf, proof, asked);
  Require(Accepted(status) == (root && *root == asked), "inclusion is what RFC 6962 says");
}

void FuzzConsistency(FuzzedDataProvider& input) {
  const uint64_t first = TakeSize(input);
  const uint64_t second = TakeSize(input);
  const Digest given = TakeDigest(input);
  const Proof proof = TakeProof(input);
  if (first == 0) return;  // RFC 6962 leaves it open
  const auto roots = first <= second ? RootsFrom(first, second, true, given, proof) : std::nullopt;
  const Digest root1 = roots && input.ConsumeBool() ? roots->first : given;
  // With another first root, what is rebuilt from it may be another second one.
  const auto again = first <= second ? RootsFrom(first, second, true, root1, proof) : std::nullopt;
  const Digest root2 = again && input.ConsumeBool() ? again->second : TakeDigest(input);
  const absl::Status status =
      VerifyConsistency(TreeSize{first}, TreeSize{second}, root1, root2, proof);
  Require(Accepted(status) == (again && again->first == root1 && again->second == root2),
          "consistency is what RFC 6962 says");
}

void FuzzFlat(std::string_view bytes) {
  const auto proof = ParseProof(bytes);
  if (Accepted(proof.status())) Require(FlattenProof(*proof) == bytes, "a proof has one spelling");
}

}  // namespace
}  // namespace bonafide::merkle

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  FuzzedDataProvider input(data, size);
  bonafide::merkle::FuzzInclusion(input);
  bonafide::merkle::FuzzConsistency(input);
  bonafide::merkle::FuzzFlat(bonafide::View(data, size));
  return 0;
}
