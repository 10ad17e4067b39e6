#include "storage/database/database.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <string>
#include <vector>

#include "certs/reason.h"
#include "storage/database/directory_lock.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::storage {
namespace {

namespace fs = std::filesystem;
using ::testing::ElementsAre;
using ::testing::Optional;

DatabaseOptions Options(const TemporaryDirectory& directory) {
  DatabaseOptions options;
  options.directory = directory.path();
  options.create = true;
  options.free_floor_bytes = 0;
  options.block_cache_bytes = uint64_t{1} << 20;
  return options;
}

std::unique_ptr<Database> Open(const DatabaseOptions& options) {
  auto database = Database::Open(options);
  EXPECT_TRUE(database.ok()) << database.status();
  return database.ok() ? *std::move(database) : nullptr;
}

void PutRow(Database& database, const std::string& key, const std::string& value) {
  WriteBatch batch;
  batch.Put(Family::kHistories, key, value);
  ASSERT_TRUE(database.Write(std::move(batch)).ok());
}

std::vector<std::string> Keys(const Snapshot& snapshot, const std::string& prefix) {
  std::vector<std::string> keys;
  const absl::Status status =
      snapshot.ScanPrefix(Family::kHistories, prefix, [&](std::string_view key, std::string_view) {
        keys.emplace_back(key);
        return true;
      });
  EXPECT_TRUE(status.ok()) << status;
  return keys;
}

TEST(DatabaseTest, KeepsWhatWasWritten) {
  TemporaryDirectory directory;
  {
    const auto database = Open(Options(directory));
    PutRow(*database, "a", "1");
  }
  DatabaseOptions again = Options(directory);
  again.create = false;
  const auto database = Open(again);
  EXPECT_THAT(*database->Get(Family::kHistories, "a"), Optional(std::string("1")));
  EXPECT_EQ(*database->Get(Family::kHeads, "a"), std::nullopt);
  EXPECT_TRUE(database->VerifyFiles().ok());
}

TEST(DatabaseTest, NeverMakesARegisterUnasked) {
  TemporaryDirectory directory;
  DatabaseOptions options = Options(directory);
  options.create = false;
  EXPECT_EQ(ReasonOf(Database::Open(options).status()), "not_a_register");
  options.directory = directory / "missing";
  EXPECT_EQ(ReasonOf(Database::Open(options).status()), "not_a_register");
  EXPECT_FALSE(fs::exists(directory / "db"));
}

TEST(DatabaseTest, RefusesASecondOpener) {
  TemporaryDirectory directory;
  auto database = Open(Options(directory));
  EXPECT_EQ(ReasonOf(Database::Open(Options(directory)).status()), "data_directory_in_use");
  const auto snapshot = database->Now();
  database.reset();
  EXPECT_EQ(ReasonOf(Database::Open(Options(directory)).status()), "data_directory_in_use")
      << "a snapshot still reads";
}

TEST(DatabaseTest, OpensAgainAfterTheLastSnapshot) {
  TemporaryDirectory directory;
  auto database = Open(Options(directory));
  auto snapshot = database->Now();
  database.reset();
  snapshot.reset();
  EXPECT_NE(Open(Options(directory)), nullptr);
}

TEST(DatabaseTest, SnapshotDoesNotSeeLaterWrites) {
  TemporaryDirectory directory;
  const auto database = Open(Options(directory));
  PutRow(*database, "a1", "1");
  const auto snapshot = database->Now();
  PutRow(*database, "a2", "2");
  PutRow(*database, "a1", "9");
  EXPECT_THAT(*snapshot->Get(Family::kHistories, "a1"), Optional(std::string("1")));
  EXPECT_THAT(Keys(*snapshot, "a"), ElementsAre("a1"));
  EXPECT_EQ(ReasonOf(snapshot->Require(Family::kHistories, "a2").status()), "record_missing");
  EXPECT_THAT(*snapshot->GetMany(Family::kHistories, {"a2", "a1"}),
              ElementsAre(std::nullopt, Optional(std::string("1"))));
}

// In memory, in files, over several of both, and beyond a snapshot.
TEST(DatabaseTest, ValuesGrowByWhatIsAppended) {
  TemporaryDirectory directory;
  const auto database = Open(Options(directory));
  const auto append = [&](const std::string& key, const std::string& more) {
    WriteBatch batch;
    batch.Append(Family::kHistories, key, more);
    ASSERT_TRUE(database->Write(std::move(batch)).ok());
  };
  const auto value = [&](const std::string& key) {
    return **database->Get(Family::kHistories, key);
  };
  append("a", "1");
  EXPECT_EQ(value("a"), "1");
  append("a", "2");
  const auto snapshot = database->Now();
  ASSERT_TRUE(database->Compact(Family::kHistories, "", "").ok());
  append("a", "3");
  PutRow(*database, "b", "x");
  append("b", "y");
  EXPECT_EQ(value("a"), "123");
  EXPECT_EQ(value("b"), "xy");
  EXPECT_EQ(**snapshot->Get(Family::kHistories, "a"), "12");
  EXPECT_THAT(*database->Now()->GetMany(Family::kHistories, {"b", "a", "c"}),
              ElementsAre(Optional(std::string("xy")), Optional(std::string("123")), std::nullopt));
  ASSERT_TRUE(database->Compact(Family::kHistories, "", "").ok());
  EXPECT_EQ(value("a"), "123");
  PutRow(*database, "a", "0");
  append("a", "1");
  EXPECT_EQ(value("a"), "01");
  append("b", "z");
  std::vector<std::string> scanned;
  ASSERT_TRUE(database->Now()
                  ->Scan(Family::kHistories, "", "",
                         [&](std::string_view key, std::string_view row) {
                           scanned.push_back(std::string(key) + "=" + std::string(row));
                           return true;
                         })
                  .ok());
  EXPECT_THAT(scanned, ElementsAre("a=01", "b=xyz"));
}

TEST(DatabaseTest, ScansInOrderWithinBounds) {
  TemporaryDirectory directory;
  const auto database = Open(Options(directory));
  for (const char* key : {"a", "b\xff", "b1", "b2", "c"}) PutRow(*database, key, "x");
  PutRow(*database, "\xff\xff", "x");
  const auto snapshot = database->Now();
  EXPECT_THAT(Keys(*snapshot, "b"), ElementsAre("b1", "b2", "b\xff"));
  EXPECT_THAT(Keys(*snapshot, "b\xff"), ElementsAre("b\xff"));
  EXPECT_THAT(Keys(*snapshot, "\xff"), ElementsAre("\xff\xff"));
  EXPECT_EQ(Keys(*snapshot, "").size(), 6U);
  std::vector<std::string> back;
  ASSERT_TRUE(snapshot
                  ->ScanBackwards(Family::kHistories, "b", "c",
                                  [&](std::string_view key, std::string_view) {
                                    back.emplace_back(key);
                                    return back.size() < 2;
                                  })
                  .ok());
  EXPECT_THAT(back, ElementsAre("b\xff", "b2"));
}

TEST(DatabaseTest, DeletesRows) {
  TemporaryDirectory directory;
  const auto database = Open(Options(directory));
  for (const char* key : {"a", "b", "c", "d"}) PutRow(*database, key, "x");
  WriteBatch batch;
  batch.Delete(Family::kHistories, "a");
  batch.DeleteRange(Family::kHistories, "b", "d");
  ASSERT_TRUE(database->Write(std::move(batch)).ok());
  EXPECT_THAT(Keys(*database->Now(), ""), ElementsAre("d"));
}

TEST(DatabaseTest, CompactionRemovesTheBytes) {
  TemporaryDirectory directory;
  const auto database = Open(Options(directory));
  PutRow(*database, "a", "CANARY-4711");
  ASSERT_TRUE(database->Compact(Family::kHistories, "", "").ok());
  WriteBatch batch;
  batch.Delete(Family::kHistories, "a");
  ASSERT_TRUE(database->Write(std::move(batch)).ok());
  ASSERT_TRUE(database->Compact(Family::kHistories, "", "").ok());
  for (const auto& file : fs::directory_iterator(directory / "db")) {
    if (file.path().extension() != ".sst") continue;
    std::ifstream in(file.path(), std::ios::binary);
    const std::string bytes(std::istreambuf_iterator<char>(in), {});
    EXPECT_EQ(bytes.find("CANARY"), std::string::npos) << file.path();
  }
}

TEST(DatabaseTest, FloorRefusesBeforeWriting) {
  TemporaryDirectory directory;
  DatabaseOptions options = Options(directory);
  options.free_floor_bytes = uint64_t{1} << 62;
  const auto database = Open(options);
  WriteBatch batch;
  batch.Put(Family::kHistories, "a", "1");
  const absl::Status status = database->Write(std::move(batch));
  EXPECT_EQ(ReasonOf(status), "disk_full");
  EXPECT_EQ(status.code(), absl::StatusCode::kResourceExhausted);
  EXPECT_FALSE(database->outcome_unknown());
  EXPECT_EQ(*database->Get(Family::kHistories, "a"), std::nullopt);
}

TEST(DatabaseTest, TheFloorIsComparedWithWhatIsSaidToBeFree) {
  TemporaryDirectory directory;
  DatabaseOptions options = Options(directory);
  options.free_floor_bytes = 100;
  uint64_t free_bytes = 99;
  options.free_bytes = [&](const std::string& asked) {
    EXPECT_EQ(asked, directory.path());
    return free_bytes;
  };
  const auto database = Open(options);
  EXPECT_EQ(ReasonOf(database->CheckFreeSpace()), "disk_full");
  free_bytes = 100;
  EXPECT_TRUE(database->CheckFreeSpace().ok());
}

TEST(DatabaseTest, MakingOneIsNothingToComplainOf) {
  TemporaryDirectory directory;
  DatabaseOptions options = Options(directory);
  std::vector<std::string> said;
  options.log = [&said](const std::string& message) { said.push_back(message); };
  Open(options).reset();
  EXPECT_EQ(said, std::vector<std::string>());
}

TEST(DatabaseTest, LostCurrentFileIsDamage) {
  TemporaryDirectory directory;
  Open(Options(directory)).reset();
  fs::remove(directory / "db/CURRENT");
  const absl::Status status = Database::Open(Options(directory)).status();
  EXPECT_EQ(status.code(), absl::StatusCode::kDataLoss) << status;
}

TEST(DatabaseTest, FlippedByteInATableIsDamageNotAbsence) {
  TemporaryDirectory directory;
  {
    const auto database = Open(Options(directory));
    for (int i = 0; i < 100; ++i) PutRow(*database, "k" + std::to_string(i), std::string(100, 'x'));
    ASSERT_TRUE(database->Compact(Family::kHistories, "", "").ok());
  }
  for (const auto& file : fs::directory_iterator(directory / "db")) {
    if (file.path().extension() != ".sst") continue;
    std::fstream bytes(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(500);
    bytes.put('!');
  }
  const auto database = Open(Options(directory));
  EXPECT_EQ(database->Get(Family::kHistories, "k1").status().code(), absl::StatusCode::kDataLoss);
  const absl::Status scan = database->Now()->Scan(
      Family::kHistories, "", "", [](std::string_view, std::string_view) { return true; });
  EXPECT_EQ(ReasonOf(scan), "data_damaged");
  EXPECT_EQ(ReasonOf(database->VerifyFiles()), "data_damaged");
}

TEST(DatabaseTest, CopyOpensByItself) {
  TemporaryDirectory directory;
  TemporaryDirectory copy;
  const auto database = Open(Options(directory));
  PutRow(*database, "a", "1");
  ASSERT_TRUE(database->CopyTo(copy.path()).ok());
  PutRow(*database, "b", "2");
  EXPECT_THAT(Keys(*Open(Options(copy))->Now(), ""), ElementsAre("a"));
}

TEST(DatabaseTest, WritesNoLogFileOfItsOwn) {
  TemporaryDirectory directory;
  const auto database = Open(Options(directory));
  PutRow(*database, "a", "1");
  EXPECT_FALSE(fs::exists(directory / "db/LOG"));
}

TEST(DirectoryLockTest, IsExclusiveAndReleased) {
  TemporaryDirectory directory;
  {
    const auto lock = DirectoryLock::Acquire(directory / "lock");
    ASSERT_TRUE(lock.ok());
    EXPECT_EQ(ReasonOf(DirectoryLock::Acquire(directory / "lock").status()),
              "data_directory_in_use");
  }
  EXPECT_TRUE(DirectoryLock::Acquire(directory / "lock").ok());
}

}  // namespace
}  // namespace bonafide::storage
