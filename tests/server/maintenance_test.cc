#include "server/maintenance.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <atomic>
#include <filesystem>
#include <future>
#include <memory>
#include <mutex>
#include <optional>
#include <thread>
#include <vector>

#include "storage/papers/paper_writer.h"
#include "tests/server/story.h"

namespace bonafide::server {
namespace {

namespace fs = std::filesystem;
using testing::Contains;
using testing::HasSubstr;

constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;

class SteppedClock final : public storage::Clock {
 public:
  int64_t NowMs() const override { return start_ms_ + passed_ms_ + stepped_ms_; }
  int64_t ElapsedMs() const override { return passed_ms_; }
  void Advance(int64_t ms) { passed_ms_ += ms; }
  void Step(int64_t ms) { stepped_ms_ += ms; }

 private:
  const int64_t start_ms_ = storage::SystemClock().NowMs();
  std::atomic<int64_t> passed_ms_{1000};
  std::atomic<int64_t> stepped_ms_{0};
};

// A register with a story in it, not served; what clears it away looks only when told.
class MaintenanceTest : public testing::Test {
 protected:
  MaintenanceTest() : story_(running_) {
    running_.instance().Stop();
    options_.directory = running_.directory() + "/copy";
    EXPECT_TRUE(running_.instance().data().BackUp(options_.directory).ok());
    fs::copy(running_.directory() + "/data/keys", options_.directory + "/keys");
    options_.config = *ReadConfigFile(options_.directory + "/bonafided.conf");
    options_.config.free_disk_bytes = 0;
    options_.config.collect_interval_s = 3600;
    options_.config.unnamed_papers_days = 7;
    options_.config.access_records_days = 30;
    auto data = DataDirectory::Open(options_, log_, clock_);
    EXPECT_TRUE(data.ok()) << data.status();
    data_ = *std::move(data);
    maintenance_.emplace(options_.config, *data_, log_, clock_);
  }

  // Time passes, and the register signs a head.
  void Advance(int64_t ms) {
    const uint64_t size = Size();
    clock_.Advance(ms);
    data_->reg().AcceptClock();  // wakes it
    while (Size() == size) std::this_thread::yield();
  }
  uint64_t Size() { return (*data_->reg().Newest())->size().value; }
  Digest StorePaper(char fill) {
    const std::string bytes = ExamplePdf(300, fill);
    storage::PaperWriter writer = data_->papers().Write();
    EXPECT_TRUE(writer.Add(0, bytes).ok());
    EXPECT_TRUE(writer.Finish(clock_.NowMs(), std::nullopt).ok());
    return Sha256(bytes);
  }
  bool Has(const Digest& paper) { return data_->papers().Find(paper)->has_value(); }
  void AddAccessRecord() {
    storage::AccessRecord record;
    record.time_ms = clock_.NowMs();
    record.unnamed_paper = Sha256("a paper");
    EXPECT_TRUE(data_->access_records().Add(record).ok());
  }
  void Erase() {
    const registry::SignedEvent erasure =
        running_.Sign(running_.regulator(), story_.practitioner, registry::Erasure{});
    auto submission = data_->reg().Check(erasure.Framed());
    ASSERT_TRUE(submission.ok()) << submission.status();
    std::promise<absl::Status> done;
    data_->reg().Submit(*std::move(submission), [&done](absl::StatusOr<storage::Receipt> receipt) {
      done.set_value(receipt.status());
    });
    const absl::Status filed = done.get_future().get();
    ASSERT_TRUE(filed.ok()) << filed;
  }
  size_t AccessRecordCount() { return data_->access_records().All(~uint64_t{0}, 1000)->size(); }

  RunningRegister running_;
  const Story story_;
  SteppedClock clock_;
  std::vector<std::string> lines_;
  std::mutex mutex_;
  const Log log_{LogLevel::kInfo, [this](const std::string& line) {
                   const std::lock_guard lock(mutex_);
                   lines_.push_back(line);
                 }};
  DataDirectoryOptions options_;
  std::unique_ptr<DataDirectory> data_;
  std::optional<Maintenance> maintenance_;
};

TEST_F(MaintenanceTest, PapersNobodyNamedGoAndOthersStay) {
  maintenance_->Look();
  const Digest unnamed = StorePaper('u');
  Advance(7 * kDayMs - 60'000);
  maintenance_->Look();
  EXPECT_TRUE(Has(unnamed)) << "it is young";
  Advance(2 * 3600 * 1000);
  maintenance_->Look();
  EXPECT_FALSE(Has(unnamed));
  EXPECT_TRUE(Has(Sha256(story_.paper)));
  EXPECT_EQ(maintenance_->cleared().papers, 1U);
  EXPECT_THAT(lines_, Contains(HasSubstr("\"event\":\"unnamed_papers_removed\",\"count\":1")));
}

TEST_F(MaintenanceTest, LooksOnlyAsOftenAsItIsTold) {
  maintenance_->Look();
  const Digest unnamed = StorePaper('u');
  Advance(8 * kDayMs);
  maintenance_->Look();
  EXPECT_FALSE(Has(unnamed));
  options_.config.unnamed_papers_days = 0;
  const Digest another = StorePaper('v');
  Advance(61'000);
  maintenance_->Look();
  EXPECT_TRUE(Has(another)) << "the next collection is not due";
  Advance(3600 * 1000);
  maintenance_->Look();
  EXPECT_FALSE(Has(another));
}

TEST_F(MaintenanceTest, OldAccessRecordsGoUnlessKeptForEver) {
  const size_t told = AccessRecordCount();
  AddAccessRecord();
  Advance(20 * kDayMs);
  AddAccessRecord();
  maintenance_->Look();
  EXPECT_EQ(AccessRecordCount(), told + 2);
  Advance(11 * kDayMs);
  options_.config.access_records_days = 0;
  maintenance_->Look();
  EXPECT_EQ(AccessRecordCount(), told + 2);
  options_.config.access_records_days = 30;
  Advance(3600 * 1000);
  maintenance_->Look();
  EXPECT_EQ(AccessRecordCount(), 1U) << "the young one";
  EXPECT_EQ(maintenance_->cleared().access_records, told + 1);
}

TEST_F(MaintenanceTest, AClockThatJumpsThrowsNothingAway) {
  const Digest unnamed = StorePaper('u');
  AddAccessRecord();
  const size_t records = AccessRecordCount();
  clock_.Step(10'000 * kDayMs);
  maintenance_->Look();
  EXPECT_TRUE(Has(unnamed));
  EXPECT_EQ(AccessRecordCount(), records);
}

TEST_F(MaintenanceTest, ErasedBytesGoWhenTheirReadersHave) {
  auto reader = *data_->reg().Newest();
  Erase();
  maintenance_->Look();
  Advance(61'000);
  maintenance_->Look();
  EXPECT_EQ(maintenance_->cleared().compactions, 0U) << "somebody reads from before";
  EXPECT_THAT(lines_, testing::Not(Contains(HasSubstr("\"level\":\"error\""))));
  reader.reset();
  maintenance_->Look();
  EXPECT_EQ(maintenance_->cleared().compactions, 1U);
  EXPECT_FALSE(*data_->eraser().HasRemoved());
}

TEST_F(MaintenanceTest, ErasedBytesHeldForMinutesAreSpokenOfOnce) {
  const auto said = [this] {
    return std::ranges::count_if(lines_, [](const std::string& line) {
      return line.find("\"event\":\"erased_bytes_held\"") != std::string::npos;
    });
  };
  auto reader = *data_->reg().Newest();
  Erase();
  maintenance_->Look();
  Advance(61'000);
  maintenance_->Look();
  clock_.Advance(10 * 60'000 - 1);
  maintenance_->Look();
  EXPECT_EQ(said(), 0);
  clock_.Advance(1);
  maintenance_->Look();
  EXPECT_EQ(said(), 1);
  EXPECT_THAT(lines_, Contains(HasSubstr("\"event\":\"erased_bytes_held\",\"held_s\":600")));
  clock_.Advance(3600 * 1000);
  maintenance_->Look();
  EXPECT_EQ(said(), 1);
  reader.reset();
  maintenance_->Look();
  EXPECT_EQ(maintenance_->cleared().compactions, 1U);
}

TEST_F(MaintenanceTest, StopsWhileItWaits) {
  maintenance_->Start();
  maintenance_->Stop();
}

}  // namespace
}  // namespace bonafide::server
