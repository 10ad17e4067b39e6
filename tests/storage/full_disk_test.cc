// A commit that ended half-way on a disk without room: the last head stays readable.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <atomic>
#include <chrono>
#include <csignal>
#include <filesystem>
#include <fstream>
#include <memory>
#include <string>
#include <thread>
#include <utility>

#include "certs/reason.h"
#include "storage/database/reopen_room.h"
#include "storage/log/database_log_store.h"
#include "tests/storage/test_register.h"

namespace bonafide::storage {
namespace {

// Lowers a limit of this process for a while.
class Limit {
 public:
  Limit(__rlimit_resource_t resource, rlim_t limit) : resource_(resource) {
    getrlimit(resource_, &before_);
    const rlimit lowered{limit, before_.rlim_max};
    setrlimit(resource_, &lowered);
  }
  ~Limit() { setrlimit(resource_, &before_); }
  Limit(const Limit&) = delete;
  Limit& operator=(const Limit&) = delete;

 private:
  __rlimit_resource_t resource_;
  rlimit before_{};
};

// Says of the first event that its outcome is unknown, without writing it.
class FailsOnce final : public LogStore {
 public:
  FailsOnce(Database& database, bool& fails) : inner_(database), fails_(fails) {}

  absl::StatusOr<LogHead> Head() override { return inner_.Head(); }
  absl::StatusOr<uint64_t> BeginEpoch() override { return inner_.BeginEpoch(); }
  absl::StatusOr<std::vector<std::string>> Read(LogIndex first, size_t count) override {
    return inner_.Read(first, count);
  }
  AppendResult Append(AppendRequest request) override {
    if (!std::exchange(fails_, false)) return inner_.Append(std::move(request));
    return {AppendOutcome::kUnknown,
            Refusal(absl::StatusCode::kResourceExhausted, "disk_full", "made to fail")};
  }

 private:
  DatabaseLogStore inner_;
  bool& fails_;
};

class FullDiskTest : public ::testing::Test {
 protected:
  FullDiskTest() {
    reg_.options().make_log_store = [this](Database& database) {
      return std::make_unique<FailsOnce>(database, fails_);
    };
    reg_.options().database.free_floor_bytes = 1;
    reg_.options().database.free_bytes = [this](const std::string&) { return free_bytes_.load(); };
    EXPECT_TRUE(reg_.Open().ok());
  }

  void WaitFor(SigningState state, const std::string& reason) {
    const auto reached = [&] {
      const RegisterStatus now = reg_->status();
      return now.state == state && now.reason == reason;
    };
    for (int i = 0; i < 3000 && !reached(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ASSERT_TRUE(reached()) << reg_->status().message;
  }
  void ExpectReads(const std::string& note) {
    const auto view = reg_->Newest();
    ASSERT_TRUE(view.ok()) << view.status();
    EXPECT_EQ((*view)->note(), note);
    EXPECT_TRUE((*view)->ReadEntries(LogIndex{0}, 1, 1 << 20).ok());
  }

  bool fails_ = false;
  std::atomic<uint64_t> free_bytes_ = uint64_t{1} << 40;
  TestRegister reg_;
};

TEST_F(FullDiskTest, ReadsGoOnUntilThereIsRoomToOpenTheStoreAgain) {
  const std::string note = reg_.Newest()->note();
  const registry::SignedEvent event =
      reg_.Sign(reg_.regulator(), registry::SchemeCreated{"later", "xx", "Example Scheme"});
  free_bytes_ = 0;
  fails_ = true;
  EXPECT_EQ(ReasonOf(reg_.File(event).status()), "outcome_unknown");
  // What waits is refused while the register tries again and again.
  WaitFor(SigningState::kRecovering, "disk_full");
  std::this_thread::sleep_for(std::chrono::seconds(1));
  EXPECT_EQ(ReasonOf(reg_.File(event).status()), "disk_full");
  ExpectReads(note);
  {
    // Nor is it closed where the room cannot be taken.
    const Limit no_files(RLIMIT_NOFILE, 0);
    EXPECT_EQ(ReasonOf(CheckReopenRoom(reg_.directory())), "disk_error");
    free_bytes_ = uint64_t{1} << 40;
    WaitFor(SigningState::kRecovering, "disk_error");
    ExpectReads(note);
  }
  WaitFor(SigningState::kSigning, "");
  EXPECT_EQ(ReasonOf(reg_.File(event).status()), "");
}

TEST_F(FullDiskTest, ALimitOnTheSizeOfAFileIsNoFullDisk) {
  std::signal(SIGXFSZ, SIG_IGN);
  const Limit small_files(RLIMIT_FSIZE, rlim_t{1} << 20);
  EXPECT_EQ(CheckReopenRoom(reg_.directory()), absl::OkStatus());
}

TEST_F(FullDiskTest, TakingRoomLeavesTheFilesOfOthersAlone) {
  const std::string others = reg_.directory() + "/room";
  std::ofstream(others) << "mine";
  EXPECT_EQ(CheckReopenRoom(reg_.directory()), absl::OkStatus());
  EXPECT_TRUE(std::filesystem::exists(others));
  for (const auto& file : std::filesystem::directory_iterator(reg_.directory())) {
    EXPECT_FALSE(file.path().filename().string().starts_with("room-")) << file.path();
  }
}

TEST_F(FullDiskTest, AFolderThatCannotBeReadIsAnError) {
  const TemporaryDirectory other;
  EXPECT_EQ(ReasonOf(CheckReopenRoom(other.path())), "disk_error");
  std::filesystem::create_directory(other / "db");
  EXPECT_EQ(CheckReopenRoom(other.path()), absl::OkStatus());
  // A name with no file behind it any more.
  std::filesystem::create_symlink("gone", other / "db/000001.log");
  EXPECT_EQ(CheckReopenRoom(other.path()), absl::OkStatus());
  std::filesystem::create_symlink("000002.log", other / "db/000002.log");
  EXPECT_EQ(ReasonOf(CheckReopenRoom(other.path())), "disk_error");
}

}  // namespace
}  // namespace bonafide::storage
