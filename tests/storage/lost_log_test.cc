// A write-ahead log that somebody deleted, when the families were not flushed alike: what is left
// is the same past of all of them, or damage. The boot gate needs no more to tell.
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "certs/reason.h"
#include "storage/database/schema.h"
#include "tests/storage/scratch_database.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::storage {
namespace {

namespace fs = std::filesystem;

std::vector<fs::path> LogsIn(const std::string& directory) {
  std::vector<fs::path> logs;
  for (const auto& file : fs::directory_iterator(directory + "/db")) {
    if (file.path().extension() == ".log") logs.push_back(file.path());
  }
  std::ranges::sort(logs);
  return logs;
}

// Opens what is left of `database` without some of its logs.
template <typename Lose>
void ExpectOnePast(const ScratchDatabase& database, Lose lose) {
  const TemporaryDirectory copy;
  fs::copy(database.directory(), copy.path(), fs::copy_options::recursive);
  lose(LogsIn(copy.path()));
  DatabaseOptions options;
  options.directory = copy.path();
  options.free_floor_bytes = 0;
  const auto left = Database::Open(options);
  if (!left.ok()) {
    EXPECT_EQ(ReasonOf(left.status()), "data_damaged") << left.status();
    return;
  }
  uint64_t large = 0;
  const absl::Status counted =
      (*left)->Now()->Scan(Family::kPaperChunks, "", "", [&large](std::string_view, auto) {
        ++large;
        return true;
      });
  ASSERT_TRUE(counted.ok()) << counted;
  const auto small = (*left)->Get(Family::kMeta, "count");
  ASSERT_TRUE(small.ok()) << small.status();
  EXPECT_EQ(*small ? *ParseU64Value(**small) : 0, large);
}

TEST(LostLogTest, LeavesOnePastOrDamage) {
  size_t most_logs = 0;
  // The large family is flushed every 32 rounds, the small one only when the logs are too large.
  for (const uint64_t rounds : {20, 40, 60, 100}) {
    SCOPED_TRACE(rounds);
    ScratchDatabase database;
    for (uint64_t round = 1; round <= rounds; ++round) {
      WriteBatch batch;
      batch.Put(Family::kMeta, "count", U64Key(round));
      batch.Put(Family::kPaperChunks, U64Key(round), std::string(size_t{1} << 20, 'x'));
      ASSERT_TRUE(database->Write(std::move(batch)).ok());
    }
    database.Close();
    const size_t logs = LogsIn(database.directory()).size();
    most_logs = std::max(most_logs, logs);
    ExpectOnePast(database, [](const std::vector<fs::path>& all) {
      for (const fs::path& log : all) fs::remove(log);
    });
    for (size_t lost = 0; lost < logs; ++lost) {
      ExpectOnePast(database, [lost](const std::vector<fs::path>& all) { fs::remove(all[lost]); });
    }
  }
  EXPECT_GT(most_logs, 1U) << "the families were never flushed apart";
}

}  // namespace
}  // namespace bonafide::storage
