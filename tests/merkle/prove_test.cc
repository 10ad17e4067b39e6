#include "merkle/prove.h"

#include <gtest/gtest.h>

#include <map>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "tests/merkle/naive_tree.h"

namespace bonafide::merkle {
namespace {

TEST(Prove, EqualsTheNaiveProofsWithOneRead) {
  const std::vector<Digest> leaves = SomeLeaves(70);
  for (size_t size = 0; size <= leaves.size(); ++size) {
    const Leaves tree = Leaves(leaves).first(size);
    {
      NaiveReader reader(tree);
      const auto root = RootAt(TreeSize{size}, reader);
      ASSERT_TRUE(root.ok()) << root.status();
      ASSERT_EQ(*root, NaiveRoot(tree));
    }
    for (size_t index = 0; index < size; ++index) {
      NaiveReader reader(tree);
      const auto proof = ProveInclusion(LogIndex{index}, TreeSize{size}, reader);
      ASSERT_TRUE(proof.ok()) << proof.status();
      ASSERT_EQ(*proof, NaivePath(index, tree)) << index << " of " << size;
      ASSERT_LE(reader.reads(), 1);
    }
    for (size_t first = 0; first <= size; ++first) {
      NaiveReader reader(tree);
      const auto proof = ProveConsistency(TreeSize{first}, TreeSize{size}, reader);
      ASSERT_TRUE(proof.ok()) << proof.status();
      ASSERT_EQ(*proof, NaiveConsistency(first, tree)) << first << " to " << size;
      ASSERT_LE(reader.reads(), 1);
    }
  }
}

TEST(Prove, ReadsAnOlderTreeFromALargerOne) {
  const std::vector<Digest> leaves = SomeLeaves(100);
  NaiveReader reader{Leaves(leaves)};
  EXPECT_EQ(*ProveInclusion(LogIndex{4}, TreeSize{37}, reader),
            NaivePath(4, Leaves(leaves).first(37)));
}

// A store fed with NewNodes alone holds every complete subtree, each once.
TEST(Prove, NewNodesAreWhatAppendingCreates) {
  auto random = SeededRandom();
  const std::vector<Digest> leaves = SomeLeaves(300);
  struct Store : HashReader {
    std::map<NodeCoordinate, Digest> nodes;
    absl::StatusOr<std::vector<Digest>> Read(std::span<const NodeCoordinate> at) override {
      std::vector<Digest> hashes;
      for (const NodeCoordinate& node : at) {
        if (!nodes.contains(node)) return Damaged("node_missing", "not stored");
        hashes.push_back(nodes.at(node));
      }
      return hashes;
    }
  } store;
  for (size_t size = 0; size < leaves.size();) {
    const size_t batch = std::min<size_t>(random() % 20, leaves.size() - size);
    const auto created = NewNodes(TreeSize{size}, Leaves(leaves).subspan(size, batch), store);
    ASSERT_TRUE(created.ok()) << created.status();
    for (const Node& node : *created) {
      ASSERT_TRUE(store.nodes.emplace(node.at, node.hash).second) << "twice";
    }
    size += batch;
    ASSERT_EQ(*RootAt(TreeSize{size}, store), NaiveRoot(Leaves(leaves).first(size)));
  }
  NaiveReader naive{Leaves(leaves)};
  size_t complete = 0;
  for (unsigned level = 0; level < 9; ++level) complete += leaves.size() >> level;
  EXPECT_EQ(store.nodes.size(), complete);
  for (const auto& [at, hash] : store.nodes) EXPECT_EQ(naive.Read({&at, 1})->front(), hash);
}

TEST(Prove, RefusesWhatDoesNotExist) {
  const std::vector<Digest> leaves = SomeLeaves(5);
  NaiveReader reader{Leaves(leaves)};
  constexpr uint64_t kMax = UINT64_MAX;
  EXPECT_EQ(ReasonOf(ProveInclusion(LogIndex{0}, TreeSize{0}, reader).status()), "proof_size");
  EXPECT_EQ(ReasonOf(ProveInclusion(LogIndex{5}, TreeSize{5}, reader).status()), "proof_index");
  EXPECT_EQ(ReasonOf(ProveInclusion(LogIndex{kMax}, TreeSize{5}, reader).status()), "proof_index");
  EXPECT_EQ(ReasonOf(ProveConsistency(TreeSize{6}, TreeSize{5}, reader).status()), "proof_size");
  EXPECT_EQ(ReasonOf(NewNodes(TreeSize{kMax}, leaves, reader).status()), "proof_size");
}

// The tree whose leaves are all alike: one hash per level, so that trees of any size can be proved.
struct UniformReader : HashReader {
  std::vector<Digest> levels{Sha256("leaf")};
  UniformReader() {
    for (int level = 1; level < 64; ++level) {
      levels.push_back(NodeHash(levels.back(), levels.back()));
    }
  }
  absl::StatusOr<std::vector<Digest>> Read(std::span<const NodeCoordinate> nodes) override {
    std::vector<Digest> hashes;
    for (const NodeCoordinate& node : nodes) hashes.push_back(levels.at(node.level));
    return hashes;
  }
};

TEST(Prove, ProofsOfHugeTreesVerify) {
  auto random = SeededRandom();
  UniformReader reader;
  std::vector<uint64_t> sizes{1, 2, 3, UINT64_MAX, UINT64_MAX - 1, uint64_t{1} << 63};
  for (int i = 0; i < 300; ++i) sizes.push_back((random() >> random() % 64) | 1);
  for (uint64_t size : sizes) {
    const Digest root = *RootAt(TreeSize{size}, reader);
    for (uint64_t index : {uint64_t{0}, size - 1, size / 2, random() % size}) {
      const auto proof = ProveInclusion(LogIndex{index}, TreeSize{size}, reader);
      ASSERT_TRUE(
          VerifyInclusion(LogIndex{index}, TreeSize{size}, reader.levels[0], *proof, root).ok())
          << index << " of " << size;
      ASSERT_LE(proof->size(), kMaxProofHashes);
    }
    for (uint64_t first : {uint64_t{1}, size - 1, size / 2, random() % size, size}) {
      const auto proof = ProveConsistency(TreeSize{first}, TreeSize{size}, reader);
      ASSERT_TRUE(VerifyConsistency(TreeSize{first}, TreeSize{size},
                                    *RootAt(TreeSize{first}, reader), root, *proof)
                      .ok())
          << first << " to " << size;
      ASSERT_LE(proof->size(), kMaxProofHashes);
    }
  }
}

// A reader that answers everything, or too little.
struct AnyReader : HashReader {
  size_t too_few = 0;
  std::vector<NodeCoordinate> asked;
  absl::StatusOr<std::vector<Digest>> Read(std::span<const NodeCoordinate> nodes) override {
    asked.assign(nodes.begin(), nodes.end());
    return std::vector<Digest>(nodes.size() - too_few, Sha256("any"));
  }
};

TEST(Prove, ReachesTheLargestTree) {
  constexpr uint64_t kMax = UINT64_MAX;
  AnyReader reader;
  EXPECT_EQ(ProveInclusion(LogIndex{0}, TreeSize{kMax}, reader)->size(), 64u);
  EXPECT_EQ(ProveInclusion(LogIndex{kMax - 1}, TreeSize{kMax}, reader)->size(), 63u);
  EXPECT_EQ(reader.asked.back(), (NodeCoordinate{63, 0}));
  EXPECT_TRUE(ProveConsistency(TreeSize{kMax - 1}, TreeSize{kMax}, reader).ok());
  EXPECT_TRUE(RootAt(TreeSize{kMax}, reader).ok());
}

TEST(Prove, RefusesAReaderThatAnswersTooLittle) {
  AnyReader reader;
  reader.too_few = 1;
  const auto proof = ProveInclusion(LogIndex{0}, TreeSize{9}, reader);
  EXPECT_EQ(ReasonOf(proof.status()), "node_count");
  EXPECT_EQ(proof.status().code(), absl::StatusCode::kDataLoss);
  const std::vector<Digest> leaves = SomeLeaves(1);
  EXPECT_EQ(ReasonOf(NewNodes(TreeSize{9}, leaves, reader).status()), "node_count");
}

TEST(Prove, PassesAReadersErrorOn) {
  const std::vector<Digest> leaves = SomeLeaves(5);
  NaiveReader reader{Leaves(leaves)};
  EXPECT_EQ(ReasonOf(ProveInclusion(LogIndex{0}, TreeSize{6}, reader).status()), "node_missing");
}

}  // namespace
}  // namespace bonafide::merkle
