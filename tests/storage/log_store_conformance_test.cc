// What every driver of the log has to do, asked of each.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <string>
#include <vector>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "storage/log/database_log_store.h"
#include "storage/log/memory_log_store.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

// A driver over something that outlives its objects, so that it can be opened again.
class Bench {
 public:
  virtual ~Bench() = default;
  virtual LogStore& store() = 0;
  // As after a restart of the process, where the driver survives one.
  virtual void Restart() {}
};

class MemoryBench : public Bench {
 public:
  LogStore& store() override { return store_; }

 private:
  MemoryLogStore store_;
};

class DatabaseBench : public Bench {
 public:
  DatabaseBench() { Open(true); }
  LogStore& store() override { return *store_; }
  void Restart() override {
    store_.reset();
    database_.reset();
    Open(false);
  }

 private:
  void Open(bool create) {
    DatabaseOptions options;
    options.directory = directory_.path();
    options.create = create;
    options.free_floor_bytes = 0;
    auto database = Database::Open(options);
    if (!database.ok()) std::abort();
    database_ = *std::move(database);
    store_ = std::make_unique<DatabaseLogStore>(*database_);
  }

  TemporaryDirectory directory_;
  std::unique_ptr<Database> database_;
  std::unique_ptr<DatabaseLogStore> store_;
};

using MakeBench = std::unique_ptr<Bench> (*)();

class LogStoreTest : public ::testing::TestWithParam<MakeBench> {
 protected:
  LogStoreTest() : bench_(GetParam()()), epoch_(*store().BeginEpoch()) {}

  LogStore& store() { return bench_->store(); }

  // The request that appends `texts` behind what `frontier_` says; the last one is a state entry.
  AppendRequest Request(const std::vector<std::string>& texts) {
    AppendRequest request;
    request.epoch = epoch_;
    request.base_size = frontier_.size();
    request.base_root = frontier_.root();
    request.frontier = frontier_;
    for (const std::string& text : texts) {
      AppendEntry entry;
      entry.bytes = text;
      entry.leaf_hash = merkle::LeafHash(text);
      request.frontier.Append(entry.leaf_hash);
      if (text.size() != 57) entry.places = {{SubjectNumber{7}, next_seq_++}};
      request.entries.push_back(std::move(entry));
    }
    return request;
  }

  AppendOutcome Append(const std::vector<std::string>& texts) {
    AppendRequest request = Request(texts);
    const merkle::Frontier after = request.frontier;
    const AppendOutcome outcome = store().Append(std::move(request)).outcome;
    if (outcome == AppendOutcome::kAppended) frontier_ = after;
    return outcome;
  }

  std::unique_ptr<Bench> bench_;
  uint64_t epoch_;
  merkle::Frontier frontier_;
  uint32_t next_seq_ = 0;
  const std::string state_ = std::string(57, 's');
};

TEST_P(LogStoreTest, StartsEmpty) {
  const auto head = store().Head();
  ASSERT_TRUE(head.ok());
  EXPECT_EQ(head->size(), TreeSize{0});
  EXPECT_EQ(head->root(), merkle::EmptyRoot());
  EXPECT_THAT(*store().Read({0}, 10), IsEmpty());
}

TEST_P(LogStoreTest, AppendsAndReads) {
  ASSERT_EQ(Append({"one", state_}), AppendOutcome::kAppended);
  ASSERT_EQ(Append({"two", "three", state_}), AppendOutcome::kAppended);
  EXPECT_EQ(store().Head()->frontier, frontier_);
  EXPECT_THAT(*store().Read({0}, 10), ElementsAre("one", state_, "two", "three", state_));
  EXPECT_THAT(*store().Read({2}, 2), ElementsAre("two", "three"));
  EXPECT_THAT(*store().Read({5}, 2), IsEmpty());
  EXPECT_THAT(*store().Read({~uint64_t{0}}, 2), IsEmpty());
}

TEST_P(LogStoreTest, SurvivesARestart) {
  ASSERT_EQ(Append({"one", state_}), AppendOutcome::kAppended);
  bench_->Restart();
  EXPECT_EQ(store().Head()->frontier, frontier_);
  EXPECT_EQ(store().Head()->epoch, epoch_);
  ASSERT_EQ(Append({"two", state_}), AppendOutcome::kAppended);
  EXPECT_THAT(*store().Read({0}, 10), ElementsAre("one", state_, "two", state_));
}

TEST_P(LogStoreTest, TheSameBatchAgainIsAlreadyThere) {
  AppendRequest first = Request({"one", state_});
  AppendRequest again = Request({"one", state_});
  ASSERT_EQ(store().Append(std::move(first)).outcome, AppendOutcome::kAppended);
  const AppendResult result = store().Append(std::move(again));
  EXPECT_EQ(result.outcome, AppendOutcome::kAlready);
  EXPECT_TRUE(result.why.ok());
  EXPECT_EQ(store().Read({0}, 10)->size(), 2U);
}

TEST_P(LogStoreTest, AnotherBatchAtTheSamePlaceConflicts) {
  AppendRequest first = Request({"one", state_});
  AppendRequest other = Request({"other", state_});
  ASSERT_EQ(store().Append(std::move(first)).outcome, AppendOutcome::kAppended);
  EXPECT_EQ(store().Append(std::move(other)).outcome, AppendOutcome::kConflict);
  EXPECT_THAT(*store().Read({0}, 10), ElementsAre("one", state_));
}

TEST_P(LogStoreTest, AGapConflicts) {
  AppendRequest request = Request({"one", state_});
  request.base_size = TreeSize{1};
  EXPECT_EQ(store().Append(std::move(request)).outcome, AppendOutcome::kConflict);
}

TEST_P(LogStoreTest, AnotherRootConflicts) {
  ASSERT_EQ(Append({"one", state_}), AppendOutcome::kAppended);
  AppendRequest request = Request({"two", state_});
  request.base_root = merkle::LeafHash("something else");
  EXPECT_EQ(store().Append(std::move(request)).outcome, AppendOutcome::kConflict);
}

TEST_P(LogStoreTest, SizeAndEntriesHaveToAgree) {
  AppendRequest request = Request({"one", state_});
  request.entries.pop_back();
  EXPECT_EQ(store().Append(std::move(request)).outcome, AppendOutcome::kConflict);
  AppendRequest empty = Request({});
  EXPECT_NE(store().Append(std::move(empty)).outcome, AppendOutcome::kAppended);
}

TEST_P(LogStoreTest, ANewEpochFencesTheOldOne) {
  AppendRequest old = Request({"one", state_});
  const uint64_t next = *store().BeginEpoch();
  EXPECT_GT(next, epoch_);
  EXPECT_EQ(store().Append(std::move(old)).outcome, AppendOutcome::kFenced);
  EXPECT_THAT(*store().Read({0}, 10), IsEmpty());
  epoch_ = next;
  EXPECT_EQ(Append({"one", state_}), AppendOutcome::kAppended);
}

TEST_P(LogStoreTest, AnEpochNobodyBeganConflicts) {
  epoch_ += 1;
  EXPECT_EQ(Append({"one", state_}), AppendOutcome::kConflict);
}

INSTANTIATE_TEST_SUITE_P(
    Drivers, LogStoreTest,
    ::testing::Values(
        +[]() -> std::unique_ptr<Bench> { return std::make_unique<MemoryBench>(); },
        +[]() -> std::unique_ptr<Bench> { return std::make_unique<DatabaseBench>(); }),
    [](const auto& driver) { return driver.index == 0 ? "Memory" : "Database"; });

TEST(LogHeadTest, HasOneEncoding) {
  LogHead head;
  head.epoch = 3;
  head.batch_id = merkle::LeafHash("batch");
  head.frontier.Append(merkle::LeafHash("a"));
  const std::string bytes = EncodeLogHead(head);
  EXPECT_EQ(*ParseLogHead(bytes), head);
  EXPECT_EQ(ReasonOf(ParseLogHead(bytes.substr(0, 39)).status()), "data_damaged");
  EXPECT_EQ(ReasonOf(ParseLogHead(bytes + "x").status()), "data_damaged");
}

}  // namespace
}  // namespace bonafide::storage
