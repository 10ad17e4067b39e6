#include "merkle/dense_tree.h"

#include <gtest/gtest.h>

#include <atomic>
#include <map>
#include <thread>

#include "certs/reason.h"
#include "merkle/frontier.h"
#include "merkle/hash.h"
#include "merkle/overlay.h"
#include "merkle/proof.h"
#include "merkle/state_tree.h"
#include "tests/merkle/naive_tree.h"

namespace bonafide::merkle {
namespace {

// Every leaf of `view` is proved, and the proofs are those of the naive tree.
void ExpectProves(const View& view, Leaves leaves) {
  ASSERT_EQ(view.size().value, leaves.size());
  ASSERT_EQ(view.root(), NaiveRoot(leaves));
  for (size_t i = 0; i < leaves.size(); ++i) {
    std::string flat;
    ASSERT_TRUE(view.Prove(SubjectNumber{i}, flat).ok());
    ASSERT_EQ(flat, FlattenProof(NaivePath(i, leaves))) << i << " of " << leaves.size();
    ASSERT_EQ(*view.LeafHashOf(SubjectNumber{i}), leaves[i]);
  }
}

// The same with verification in place of the slow comparison.
void ExpectVerifies(const View& view, Leaves leaves) {
  ASSERT_EQ(view.size().value, leaves.size());
  ASSERT_EQ(view.root(), TreeHash(leaves));
  for (size_t i = 0; i < leaves.size(); ++i) {
    std::string flat;
    ASSERT_TRUE(view.Prove(SubjectNumber{i}, flat).ok());
    ASSERT_TRUE(VerifyStateInclusion(SubjectNumber{i}, view.size(), leaves[i], *ParseProof(flat),
                                     view.root())
                    .ok())
        << i << " of " << leaves.size();
  }
}

TEST(StateLeaf, Bytes) {
  const Digest root = Sha256("subject root");
  std::string data("\x03\x01\x02\x03\x04\x05\x06\x07\x08\0\0\0\0\0\0\0\x09", 17);
  data += root.view();
  EXPECT_EQ(StateLeafHash(SubjectNumber{0x0102030405060708}, 9, root), LeafHash(data));
  EXPECT_EQ(StateLeafHash(SubjectNumber{1}, 2, EmptyRoot()).Hex(),
            "3650f734630dd0d994ade8c40998cafa82dc5bd4f76c431a5998416e31d63b9a");
}

TEST(DenseTree, BuildEqualsTheNaiveTree) {
  const std::vector<Digest> leaves = SomeLeaves(260);
  for (size_t size : {0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 15, 16, 17, 31, 33, 100, 255, 256, 257, 260}) {
    const DenseTree tree(Leaves(leaves).first(size));
    EXPECT_EQ(tree.size().value, size);
    EXPECT_EQ(tree.root(), NaiveRoot(Leaves(leaves).first(size)));
    ExpectProves(*tree.view(), Leaves(leaves).first(size));
  }
}

TEST(DenseTree, ThreadsBuildTheSameTree) {
  const std::vector<Digest> leaves = SomeLeaves(40001);
  const Digest root = TreeHash(leaves);
  for (unsigned threads : {0u, 1u, 2u, 3u, 7u}) EXPECT_EQ(DenseTree(leaves, threads).root(), root);
}

TEST(DenseTree, GrowsLeafByLeafAndEveryVersionStaysProvable) {
  const std::vector<Digest> leaves = SomeLeaves(66);
  DenseTree tree;
  std::vector<std::shared_ptr<const View>> views{tree.view()};
  for (const Digest& leaf : leaves) {
    Overlay overlay = tree.Plan();
    EXPECT_EQ(overlay.Append(leaf), (SubjectNumber{views.size() - 1}));
    const auto view = tree.Install(std::move(overlay));
    ASSERT_TRUE(view.ok()) << view.status();
    views.push_back(*view);
  }
  for (size_t size = 0; size < views.size(); ++size) {
    ExpectProves(*views[size], Leaves(leaves).first(size));
  }
}

TEST(DenseTree, RandomChangesAgainstTheNaiveTree) {
  auto random = SeededRandom();
  for (int round = 0; round < 6; ++round) {
    std::vector<Digest> leaves = SomeLeaves(random() % 40);
    DenseTree tree(leaves);
    std::map<int, std::pair<std::shared_ptr<const View>, std::vector<Digest>>> kept;
    for (int install = 0; install < 40; ++install) {
      Overlay overlay = tree.Plan();
      std::vector<Digest> next = leaves;
      for (size_t change = random() % 6; change > 0; --change) {
        if (!next.empty() && random() % 3 != 0) {
          const uint64_t leaf = random() % next.size();
          next[leaf] = RandomDigest(random);
          ASSERT_TRUE(overlay.Set(SubjectNumber{leaf}, next[leaf]).ok());
        } else {
          next.push_back(RandomDigest(random));
          overlay.Append(next.back());
        }
        // Asking in between must change nothing of what follows.
        if (random() % 4 == 0) {
          ASSERT_EQ(overlay.root(), NaiveRoot(next));
        }
      }
      ASSERT_EQ(overlay.size().value, next.size());
      for (size_t i = 0; i < next.size(); ++i) {
        std::string flat;
        ASSERT_TRUE(overlay.Prove(SubjectNumber{i}, flat).ok());
        ASSERT_EQ(flat, FlattenProof(NaivePath(i, next)));
      }
      if (random() % 5 == 0) continue;  // dropped: the tree is as it was
      const auto view = tree.Install(std::move(overlay));
      ASSERT_TRUE(view.ok()) << view.status();
      leaves = next;
      ASSERT_EQ(tree.root(), NaiveRoot(leaves));
      ExpectProves(**view, leaves);
      if (random() % 3 == 0) kept[install] = {*view, leaves};
      if (!kept.empty() && random() % 4 == 0) kept.erase(kept.begin());
      for (const auto& [when, version] : kept) ExpectProves(*version.first, version.second);
    }
  }
}

TEST(DenseTree, AcrossChunksAndLevels) {
  auto random = SeededRandom();
  std::vector<Digest> leaves = SomeLeaves(4090);
  DenseTree tree(leaves);
  const auto old_view = tree.view();
  const std::vector<Digest> old_leaves = leaves;
  for (int install = 0; install < 4; ++install) {
    Overlay overlay = tree.Plan();
    for (int i = 0; i < 5; ++i) overlay.Append(leaves.emplace_back(RandomDigest(random)));
    const uint64_t leaf = random() % leaves.size();
    leaves[leaf] = RandomDigest(random);
    ASSERT_TRUE(overlay.Set(SubjectNumber{leaf}, leaves[leaf]).ok());
    ASSERT_TRUE(tree.Install(std::move(overlay)).ok());
  }
  ExpectVerifies(*tree.view(), leaves);
  ExpectVerifies(*old_view, old_leaves);
}

TEST(DenseTree, KeepsFormerHashesOnlyForViewsInUse) {
  DenseTree tree(SomeLeaves(64));
  auto view = tree.view();
  for (int install = 0; install < 3; ++install) {
    Overlay overlay = tree.Plan();
    ASSERT_TRUE(overlay.Set(SubjectNumber{5}, Sha256(std::to_string(install))).ok());
    ASSERT_TRUE(tree.Install(std::move(overlay)).ok());
  }
  EXPECT_EQ(view->former_hashes(), 7u);  // one path, once
  EXPECT_EQ(tree.view()->former_hashes(), 0u);
}

TEST(DenseTree, ViewOutlivesTheTree) {
  const std::vector<Digest> leaves = SomeLeaves(9);
  std::shared_ptr<const View> view;
  {
    DenseTree tree(leaves);
    view = tree.view();
    Overlay overlay = tree.Plan();
    overlay.Append(Sha256("tenth"));
    ASSERT_TRUE(tree.Install(std::move(overlay)).ok());
  }
  ExpectProves(*view, leaves);
}

TEST(DenseTree, RefusesLeavesThatDoNotExist) {
  DenseTree tree(SomeLeaves(3));
  Overlay overlay = tree.Plan();
  std::string out = "as it was";
  for (uint64_t leaf : {uint64_t{3}, uint64_t{1} << 63, UINT64_MAX}) {
    EXPECT_EQ(ReasonOf(tree.view()->Prove(SubjectNumber{leaf}, out)), "proof_index");
    EXPECT_EQ(ReasonOf(tree.view()->LeafHashOf(SubjectNumber{leaf}).status()), "proof_index");
    EXPECT_EQ(ReasonOf(overlay.Prove(SubjectNumber{leaf}, out)), "proof_index");
    EXPECT_EQ(ReasonOf(overlay.Set(SubjectNumber{leaf}, Sha256(""))), "leaf_index");
  }
  EXPECT_EQ(out, "as it was");
  EXPECT_EQ(overlay.root(), tree.root());
}

TEST(DenseTree, RefusesAStaleOrForeignOverlay) {
  DenseTree tree(SomeLeaves(3));
  DenseTree other(SomeLeaves(3));
  Overlay first = tree.Plan();
  Overlay second = tree.Plan();
  first.Append(Sha256("first"));
  second.Append(Sha256("second"));
  ASSERT_TRUE(tree.Install(std::move(first)).ok());
  const Digest root = tree.root();
  EXPECT_EQ(ReasonOf(tree.Install(std::move(second)).status()), "overlay_stale");
  EXPECT_EQ(ReasonOf(other.Install(tree.Plan()).status()), "overlay_stale");
  EXPECT_EQ(tree.root(), root);
}

// Readers prove on the newest view and on one held for long, while the writer plans and installs.
// Each proof must verify towards the root of the view it came from. Meant for TSan.
TEST(DenseTreeConcurrent, EveryViewProvesItsOwnRoot) {
  constexpr uint64_t kLeaves = 4080;
  DenseTree tree(SomeLeaves(kLeaves));
  std::atomic<bool> done = false;
  std::atomic<uint64_t> wrong = 0;
  std::atomic<uint64_t> proofs = 0;
  const auto read = [&](uint64_t seed) {
    std::mt19937_64 random(seed);
    std::shared_ptr<const View> held = tree.view();
    for (uint64_t round = 0; !done; ++round) {
      if (round % 64 == 0) held = tree.view();
      for (const std::shared_ptr<const View>& view : {held, tree.view()}) {
        const SubjectNumber leaf{random() % view->size().value};
        std::string flat;
        const bool proved = view->Prove(leaf, flat).ok();
        const absl::StatusOr<Digest> leaf_hash = view->LeafHashOf(leaf);
        if (!proved || !leaf_hash.ok() ||
            !VerifyStateInclusion(leaf, view->size(), *leaf_hash, *ParseProof(flat), view->root())
                 .ok()) {
          ++wrong;
        }
        ++proofs;
      }
    }
  };
  std::vector<std::thread> readers;
  for (uint64_t seed = 1; seed <= 3; ++seed) readers.emplace_back(read, seed);
  std::mt19937_64 random(7);
  while (proofs < 100) std::this_thread::yield();
  for (int install = 0; install < 300; ++install) {
    Overlay overlay = tree.Plan();
    for (int change = 0; change < 4; ++change) {
      ASSERT_TRUE(
          overlay.Set(SubjectNumber{random() % overlay.size().value}, RandomDigest(random)).ok());
    }
    overlay.Append(RandomDigest(random));
    ASSERT_TRUE(tree.Install(std::move(overlay)).ok());
    if (install % 16 == 0) std::this_thread::yield();
  }
  done = true;
  for (std::thread& reader : readers) reader.join();
  EXPECT_EQ(wrong, 0u);
  EXPECT_EQ(tree.size().value, kLeaves + 300);
}

}  // namespace
}  // namespace bonafide::merkle
