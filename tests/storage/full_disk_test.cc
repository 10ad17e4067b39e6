// A commit that ended half-way on a disk without room: the last head stays readable.
#include <gtest/gtest.h>
#include <sys/resource.h>

#include <chrono>
#include <csignal>
#include <memory>
#include <thread>

#include "certs/reason.h"
#include "storage/database_log_store.h"
#include "storage/reopen_room.h"
#include "tests/storage/test_register.h"

namespace bonafide::storage {
namespace {

// No file of this process may become larger than a megabyte.
class NoRoom {
 public:
  NoRoom() {
    std::signal(SIGXFSZ, SIG_IGN);
    getrlimit(RLIMIT_FSIZE, &before_);
    const rlimit small{rlim_t{1} << 20, before_.rlim_max};
    setrlimit(RLIMIT_FSIZE, &small);
  }
  ~NoRoom() { setrlimit(RLIMIT_FSIZE, &before_); }
  NoRoom(const NoRoom&) = delete;
  NoRoom& operator=(const NoRoom&) = delete;

 private:
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

TEST(FullDiskTest, ReadsGoOnUntilThereIsRoomToOpenTheStoreAgain) {
  TestRegister reg;
  bool fails = false;
  reg.options().make_log_store = [&fails](Database& database) {
    return std::make_unique<FailsOnce>(database, fails);
  };
  ASSERT_TRUE(reg.Open().ok());
  const std::string note = reg.Newest()->note();
  const registry::SignedEvent event =
      reg.Sign(reg.regulator(), registry::SchemeCreated{"later", "xx", "Example Scheme"});
  {
    const NoRoom no_room;
    EXPECT_EQ(ReasonOf(CheckReopenRoom(reg.directory())), "disk_full");
    fails = true;
    EXPECT_EQ(ReasonOf(reg.File(event).status()), "outcome_unknown");
    // What waits is refused while the register tries again and again.
    for (int i = 0; i < 3000 && reg->status().reason != "disk_full"; ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    EXPECT_EQ(reg->status().state, SigningState::kRecovering);
    EXPECT_EQ(ReasonOf(reg.File(event).status()), "disk_full");
    const auto view = reg->Newest();
    ASSERT_TRUE(view.ok()) << view.status();
    EXPECT_EQ((*view)->note(), note);
    EXPECT_TRUE((*view)->ReadEntries(LogIndex{0}, 1, 1 << 20).ok());
  }
  EXPECT_TRUE(CheckReopenRoom(reg.directory()).ok());
  for (int i = 0; i < 3000 && reg->status().state != SigningState::kSigning; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  EXPECT_EQ(ReasonOf(reg.File(event).status()), "");
}

}  // namespace
}  // namespace bonafide::storage
