// The kept nodes of the log tree against trees that were built from the leaves.
#include "storage/log/log_tiles.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <random>
#include <span>
#include <string>
#include <vector>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "merkle/prove.h"
#include "merkle/tile.h"
#include "storage/log/log_hashes.h"
#include "tests/storage/scratch_database.h"

namespace bonafide::storage {
namespace {

class LogTilesTest : public ::testing::Test {
 protected:
  // Appends leaves in batches of up to `most` until there are `size`.
  void GrowTo(uint64_t size, uint64_t most) {
    std::minstd_rand random(1);
    while (leaves_.size() < size) {
      const uint64_t count = std::min(size - leaves_.size(), 1 + random() % most);
      std::vector<Digest> more;
      for (uint64_t i = 0; i < count; ++i) {
        more.push_back(merkle::LeafHash(std::to_string(leaves_.size() + i)));
      }
      WriteBatch batch;
      AppendTiles(frontier_, more, batch);
      ASSERT_TRUE(database_->Write(std::move(batch)).ok());
      for (const Digest& leaf : more) frontier_.Append(leaf);
      leaves_.insert(leaves_.end(), more.begin(), more.end());
    }
  }

  Digest RootOfFirst(uint64_t size) const {
    return merkle::TreeHash(std::span(leaves_).first(size));
  }

  ScratchDatabase database_;
  merkle::Frontier frontier_;
  std::vector<Digest> leaves_;
};

TEST_F(LogTilesTest, GiveEveryRootAndProof) {
  for (const uint64_t size : {1, 2, 255, 256, 257, 700, 66'000}) {
    SCOPED_TRACE(size);
    GrowTo(size, 900);
    const auto snapshot = database_->Now();
    StoredHashes hashes(*snapshot, {size});
    for (const uint64_t smaller : {size, size / 2 + 1, size - size / 3}) {
      const auto root = merkle::RootAt({smaller}, hashes);
      ASSERT_TRUE(root.ok()) << root.status();
      EXPECT_EQ(*root, RootOfFirst(smaller));
      const auto proof = merkle::ProveInclusion({smaller - 1}, {size}, hashes);
      ASSERT_TRUE(proof.ok()) << proof.status();
      EXPECT_TRUE(merkle::VerifyInclusion({smaller - 1}, {size}, leaves_[smaller - 1], *proof,
                                          RootOfFirst(size))
                      .ok());
    }
  }
}

TEST_F(LogTilesTest, AreWhatTheSpecificationServes) {
  GrowTo(700, 50);
  const auto snapshot = database_->Now();
  LogTiles tiles(*snapshot, {700});
  for (uint64_t index = 0; index < 3; ++index) {
    std::string expected;
    for (uint64_t i = 256 * index; i < std::min<uint64_t>(700, 256 * (index + 1)); ++i) {
      expected += leaves_[i].view();
    }
    EXPECT_EQ(*tiles.Read(0, index), expected);
  }
  const std::span<const Digest> all(leaves_);
  EXPECT_EQ(*tiles.Read(1, 0), std::string(merkle::TreeHash(all.first(256)).view()) +
                                   std::string(merkle::TreeHash(all.subspan(256, 256)).view()));
  EXPECT_EQ(*tiles.LeafHash({699}), leaves_[699]);
  EXPECT_EQ(ReasonOf(tiles.Read(0, 3).status()), "record_missing");
  EXPECT_EQ(ReasonOf(tiles.LeafHash({700 + 256}).status()), "record_missing");
}

TEST_F(LogTilesTest, DamageIsNeverAShorterLog) {
  GrowTo(300, 300);
  const std::string whole = *database_->Require(Family::kTiles, TileKey(0, 1));
  const auto root_with = [&](const std::string& row) {
    WriteBatch batch;
    batch.Put(Family::kTiles, TileKey(0, 1), row);
    EXPECT_TRUE(database_->Write(std::move(batch)).ok());
    const auto snapshot = database_->Now();
    StoredHashes hashes(*snapshot, {300});
    return merkle::RootAt({300}, hashes);
  };
  EXPECT_EQ(*root_with(whole), RootOfFirst(300));
  for (const std::string& row : {whole.substr(0, whole.size() - 32), whole + whole.substr(0, 32),
                                 whole.substr(1), std::string()}) {
    EXPECT_EQ(ReasonOf(root_with(row).status()), "data_damaged") << row.size();
  }
  WriteBatch batch;
  batch.Delete(Family::kTiles, TileKey(0, 0));
  ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  const auto snapshot = database_->Now();
  StoredHashes hashes(*snapshot, {300});
  EXPECT_EQ(ReasonOf(merkle::ProveInclusion({1}, {300}, hashes).status()), "record_missing");
}

}  // namespace
}  // namespace bonafide::storage
