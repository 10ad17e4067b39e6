#include "merkle/proof.h"

#include <gtest/gtest.h>

#include <bit>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "tests/merkle/naive_tree.h"

namespace bonafide::merkle {
namespace {

constexpr uint64_t kMax = UINT64_MAX;
constexpr uint64_t kHalf = uint64_t{1} << 63;

// The ways to spoil a list of hashes; each differs from the original.
std::vector<Proof> Spoiled(const Proof& proof, const Digest& other) {
  std::vector<Proof> spoiled;
  for (size_t i = 0; i <= proof.size(); ++i) {
    Proof inserted = proof;
    inserted.insert(inserted.begin() + static_cast<ptrdiff_t>(i), other);
    spoiled.push_back(inserted);
  }
  for (size_t i = 0; i < proof.size(); ++i) {
    Proof dropped = proof;
    dropped.erase(dropped.begin() + static_cast<ptrdiff_t>(i));
    spoiled.push_back(dropped);
    Proof doubled = proof;
    doubled.insert(doubled.begin() + static_cast<ptrdiff_t>(i), proof[i]);
    spoiled.push_back(doubled);
    Proof replaced = proof;
    replaced[i] = other;
    spoiled.push_back(replaced);
    for (size_t byte = 0; byte < Digest::kSizeBytes; byte += 5) {
      Proof flipped = proof;
      flipped[i].bytes[byte] ^= 0x10;
      spoiled.push_back(flipped);
    }
    for (size_t j = i + 1; j < proof.size(); ++j) {
      Proof swapped = proof;
      std::swap(swapped[i], swapped[j]);
      spoiled.push_back(swapped);
    }
  }
  return spoiled;
}

TEST(Inclusion, HonestProofsPassAndSpoiledOnesDoNot) {
  const std::vector<Digest> leaves = SomeLeaves(70);
  const Digest other = Sha256("other");
  for (size_t size = 1; size <= leaves.size(); ++size) {
    const Leaves tree = Leaves(leaves).first(size);
    const Digest root = NaiveRoot(tree);
    for (size_t index = 0; index < size; ++index) {
      SCOPED_TRACE(testing::Message() << "leaf " << index << " of " << size);
      const Proof proof = NaivePath(index, tree);
      const Digest& leaf = leaves[index];
      const auto verify = [&](uint64_t i, uint64_t n, const Digest& l, const Proof& p,
                              const Digest& r) {
        return VerifyInclusion(LogIndex{i}, TreeSize{n}, l, p, r);
      };
      ASSERT_TRUE(verify(index, size, leaf, proof, root).ok());
      for (const Proof& spoiled : Spoiled(proof, other)) {
        const absl::Status status = verify(index, size, leaf, spoiled, root);
        ASSERT_EQ(ReasonOf(status), spoiled.size() == proof.size() ? "proof_root" : "proof_length");
      }
      for (uint64_t i : {uint64_t{index} + 1, uint64_t{index} - 1, uint64_t{index} ^ 2, kHalf, kMax,
                         uint64_t{size}}) {
        ASSERT_FALSE(verify(i, size, leaf, proof, root).ok()) << i;
      }
      ASSERT_EQ(ReasonOf(verify(size, size, leaf, proof, root)), "proof_index");
      ASSERT_EQ(ReasonOf(verify(kMax, size, leaf, proof, root)), "proof_index");
      ASSERT_EQ(ReasonOf(verify(index, 0, leaf, proof, root)), "proof_size");
      ASSERT_FALSE(verify(index, kHalf, leaf, proof, root).ok());
      ASSERT_FALSE(verify(index, kMax, leaf, proof, root).ok());
      ASSERT_EQ(ReasonOf(verify(index, size, other, proof, root)), "proof_root");
      ASSERT_EQ(ReasonOf(verify(index, size, leaf, proof, other)), "proof_root");
      if (size > 1) {
        // A node passed off as a leaf, one level up.
        const bool right = index & 1;
        const Digest node = right ? NodeHash(proof[0], leaf) : NodeHash(leaf, proof[0]);
        const Proof rest(proof.begin() + 1, proof.end());
        ASSERT_FALSE(verify(index, size, node, rest, root).ok());
        ASSERT_FALSE(verify(index / 2, size, node, rest, root).ok());
        ASSERT_EQ(ReasonOf(verify(index, size, leaf, proof, NaiveRoot(tree.first(size - 1)))),
                  "proof_root");
      }
    }
  }
}

// A proof for another size must lead nowhere, unless the two trees give the leaf the same path
// shape and then differ in their roots: every (index, size) accepts at most its own root.
TEST(Inclusion, AnotherSizeNeverReachesItsOwnRoot) {
  const std::vector<Digest> leaves = SomeLeaves(40);
  for (size_t size = 1; size <= leaves.size(); ++size) {
    for (size_t index = 0; index < size; ++index) {
      const Proof proof = NaivePath(index, Leaves(leaves).first(size));
      for (size_t claimed = 1; claimed <= leaves.size(); ++claimed) {
        if (claimed == size) continue;
        const Digest root = NaiveRoot(Leaves(leaves).first(claimed));
        ASSERT_FALSE(
            VerifyInclusion(LogIndex{index}, TreeSize{claimed}, leaves[index], proof, root).ok());
      }
    }
  }
}

// The last leaf of a tree has one left sibling for each further bit of its index: nothing overflows
// where all 64 bits are set.
TEST(Inclusion, LargestTree) {
  const Digest leaf = Sha256("leaf");
  const Digest sibling = Sha256("sibling");
  Digest root = leaf;
  const Proof left(63, sibling);
  for (const Digest& hash : left) root = NodeHash(hash, root);
  const uint64_t last = kMax - 1;  // bits 63..1
  EXPECT_TRUE(VerifyInclusion(LogIndex{last}, TreeSize{kMax}, leaf, left, root).ok());
  EXPECT_EQ(ReasonOf(VerifyInclusion(LogIndex{kMax}, TreeSize{kMax}, leaf, left, root)),
            "proof_index");
  EXPECT_EQ(
      ReasonOf(VerifyInclusion(LogIndex{last}, TreeSize{kMax}, leaf, Proof(62, sibling), root)),
      "proof_length");
  Digest first_root = leaf;
  const Proof right(64, sibling);
  for (const Digest& hash : right) first_root = NodeHash(first_root, hash);
  EXPECT_TRUE(VerifyInclusion(LogIndex{0}, TreeSize{kMax}, leaf, right, first_root).ok());
  EXPECT_TRUE(VerifyInclusion(LogIndex{0}, TreeSize{kHalf + 1}, leaf, right, first_root).ok());
  EXPECT_EQ(ReasonOf(VerifyInclusion(LogIndex{0}, TreeSize{kHalf}, leaf, right, first_root)),
            "proof_length");
}

TEST(Consistency, HonestProofsPassAndSpoiledOnesDoNot) {
  const std::vector<Digest> leaves = SomeLeaves(48);
  const Digest other = Sha256("other");
  for (size_t second = 0; second <= leaves.size(); ++second) {
    const Digest root2 = NaiveRoot(Leaves(leaves).first(second));
    for (size_t first = 0; first <= second; ++first) {
      SCOPED_TRACE(testing::Message() << first << " to " << second);
      const Digest root1 = NaiveRoot(Leaves(leaves).first(first));
      const Proof proof = NaiveConsistency(first, Leaves(leaves).first(second));
      const auto verify = [&](uint64_t m, uint64_t n, const Digest& r1, const Digest& r2,
                              const Proof& p) {
        return VerifyConsistency(TreeSize{m}, TreeSize{n}, r1, r2, p);
      };
      ASSERT_TRUE(verify(first, second, root1, root2, proof).ok());
      for (const Proof& spoiled : Spoiled(proof, other)) {
        const absl::Status status = verify(first, second, root1, root2, spoiled);
        ASSERT_EQ(ReasonOf(status), spoiled.size() == proof.size() ? "proof_root" : "proof_length");
      }
      ASSERT_EQ(ReasonOf(verify(first, second, other, root2, proof)), "proof_root");
      if (first > 0 || second == 0) {
        ASSERT_EQ(ReasonOf(verify(first, second, root1, other, proof)), "proof_root");
      }
      if (first < second) {
        ASSERT_EQ(ReasonOf(verify(second, first, root2, root1, proof)), "proof_size");
        ASSERT_FALSE(verify(first + 1, second, root1, root2, proof).ok());
        if (first > 0) {
          ASSERT_FALSE(verify(first - 1, second, root1, root2, proof).ok());
        }
      }
      ASSERT_EQ(ReasonOf(verify(kMax, second, root1, root2, proof)), "proof_size");
    }
  }
}

TEST(Consistency, FromTheEmptyTree) {
  const Digest root = Sha256("root");
  EXPECT_TRUE(VerifyConsistency(TreeSize{0}, TreeSize{kMax}, EmptyRoot(), root, {}).ok());
  EXPECT_EQ(ReasonOf(VerifyConsistency(TreeSize{0}, TreeSize{9}, root, root, {})), "proof_root");
  EXPECT_EQ(ReasonOf(VerifyConsistency(TreeSize{0}, TreeSize{0}, EmptyRoot(), root, {})),
            "proof_root");
  EXPECT_EQ(ReasonOf(VerifyConsistency(TreeSize{0}, TreeSize{9}, EmptyRoot(), root, Proof{root})),
            "proof_length");
  EXPECT_EQ(ReasonOf(VerifyConsistency(TreeSize{9}, TreeSize{9}, root, root, Proof{root})),
            "proof_length");
}

TEST(Consistency, LargestTrees) {
  const Digest start = Sha256("start");
  const Digest sibling = Sha256("sibling");
  // 2^63 leaves, then up to 2^64 - 1: the first root is the left half.
  const Digest root2 = NodeHash(start, sibling);
  EXPECT_TRUE(
      VerifyConsistency(TreeSize{kHalf}, TreeSize{kMax}, start, root2, Proof{sibling}).ok());
  // One leaf of 2^64 - 1: sixty-four right siblings.
  Digest root = start;
  const Proof right(64, sibling);
  for (const Digest& hash : right) root = NodeHash(root, hash);
  EXPECT_TRUE(VerifyConsistency(TreeSize{1}, TreeSize{kMax}, start, root, right).ok());
}

TEST(ProofBytes, OneEncoding) {
  const Proof proof = SomeLeaves(3);
  const std::string bytes = FlattenProof(proof);
  EXPECT_EQ(bytes.size(), 96u);
  EXPECT_EQ(bytes.substr(32, 32), proof[1].view());
  const auto parsed = ParseProof(bytes);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(*parsed, proof);
  EXPECT_TRUE(ParseProof("")->empty());
  EXPECT_EQ(ReasonOf(ParseProof(bytes.substr(1)).status()), "proof_length");
  EXPECT_EQ(ReasonOf(ParseProof(bytes + "x").status()), "proof_length");
  EXPECT_TRUE(ParseProof(std::string(kMaxProofHashes * 32, 'h')).ok());
  EXPECT_EQ(ReasonOf(ParseProof(std::string((kMaxProofHashes + 1) * 32, 'h')).status()),
            "proof_length");
}

}  // namespace
}  // namespace bonafide::merkle
