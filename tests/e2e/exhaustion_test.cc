// The disk is full, files may not grow, descriptors run out: nothing aborts, reads go on, writes
// say why they are refused, and all is well again once there is room.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sched.h>
#include <sys/mount.h>
#include <sys/resource.h>

#include <cerrno>
#include <chrono>
#include <cstring>
#include <filesystem>
#include <fstream>
#include <optional>
#include <string>
#include <thread>
#include <vector>

#include "tests/e2e/admin_page.h"
#include "tests/e2e/cast.h"
#include "tests/e2e/example_paper.h"
#include "tests/e2e/file.h"
#include "tests/e2e/open_socket.h"
#include "tests/e2e/oracle.h"
#include "tests/e2e/served_register.h"
#include "tests/e2e/status_text.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using ::testing::AnyOf;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto kRecoveryPatience = std::chrono::seconds(30);
constexpr auto kFloodPatience = std::chrono::seconds(10);

// A small file system that only this process, and those it starts, can see.
class SmallDisk {
 public:
  explicit SmallDisk(const std::string& directory) : directory_(directory) {
    fs::create_directories(directory_);
    mounted_ = unshare(CLONE_NEWNS) == 0 &&
               mount(nullptr, "/", nullptr, MS_REC | MS_PRIVATE, nullptr) == 0 &&
               mount("tmpfs", directory_.c_str(), "tmpfs", 0, "size=192m") == 0;
    why_not_ = std::strerror(errno);
  }
  ~SmallDisk() {
    if (mounted_) umount2(directory_.c_str(), MNT_DETACH);
  }
  SmallDisk(const SmallDisk&) = delete;
  SmallDisk& operator=(const SmallDisk&) = delete;

  bool mounted() const { return mounted_; }
  const char* why_not() const { return why_not_; }
  // Until not one byte more goes in.
  void Fill() const {
    std::ofstream out(directory_ + "/ballast", std::ios::binary);
    const std::string block(4096, 'x');
    while (out.write(block.data(), static_cast<std::streamsize>(block.size())).flush()) {
    }
  }
  void Free() const { fs::remove(directory_ + "/ballast"); }

 private:
  std::string directory_;
  bool mounted_ = false;
  const char* why_not_ = "";
};

class ExhaustionTest : public ::testing::Test {
 protected:
  // Serves a register that was made elsewhere in `directory`, with something in it.
  void ServeIn(const std::string& directory) {
    const ServedRegister made(directory_ / "made");
    served_.emplace(made, directory);
    oracle_.emplace(served_->trust());
    served_->Start();
    visitor_.emplace(*served_, directory_ / "state");
    cast_.emplace(*served_, *visitor_);
    person_ = cast_->Practitioner(*visitor_, "Example Person");
  }

  std::string NewToken() {
    const auto event = visitor_->Sign(cast_->clinic, registry::PractitionerRegistered{},
                                      std::nullopt, {{"name", certs::Json::String("Example")}});
    return event.ok() ? event->Framed() : "";
  }
  absl::Status Send(const std::string& token) {
    const auto receipt = visitor_->remote().Submit(token);
    if (!receipt.ok()) return receipt.status();
    return oracle_->Acknowledged(*receipt, token.substr(0, token.find('~')));
  }
  absl::Status SendUntilKnown(const std::string& token, milliseconds patience) {
    const auto end = std::chrono::steady_clock::now() + patience;
    while (true) {
      absl::Status status = Send(token);
      if (status.ok() || std::chrono::steady_clock::now() > end) return status;
      std::this_thread::sleep_for(milliseconds(50));
    }
  }
  void ExpectReads() {
    const auto answer = visitor_->Ask(cast_->Ask(person_));
    ASSERT_EQ(Text(answer), "ok") << served_->log();
    EXPECT_EQ(answer->proven.verdict.outcome, registry::Outcome::kYes);
  }
  // Writes until one is refused; its status. What was acknowledged before, the oracle has.
  absl::Status WriteUntilRefused(int most) {
    for (int i = 0; i < most; ++i) {
      unsettled_ = NewToken();
      absl::Status status = Send(unsettled_);
      if (!status.ok()) return status;
    }
    return absl::OkStatus();
  }
  void ExpectSound() {
    EXPECT_EQ(Text(oracle_->HoldAgainst(visitor_->remote())), "ok");
    visitor_.reset();
    EXPECT_EQ(served_->Stop(), 0);
    const Ended check = RunToEnd(Bonafided({"check", "--data", served_->directory()}));
    EXPECT_EQ(check.code, 0) << check.out << check.err;
    EXPECT_THAT(served_->log(), Not(HasSubstr("Sanitizer")));
  }

  const storage::TemporaryDirectory directory_;
  std::optional<ServedRegister> served_;
  std::optional<Oracle> oracle_;
  std::optional<Visitor> visitor_;
  std::optional<Cast> cast_;
  Party person_;
  std::string unsettled_;
};

// Without a floor: a write ends half-way. Until there is room to open the store again, reads are
// answered from the last head.
TEST_F(ExhaustionTest, FullDisk) {
  const SmallDisk disk(directory_ / "disk");
  if (!disk.mounted()) GTEST_SKIP() << "skipped: no file system to fill: " << disk.why_not();
  ServeIn(directory_ / "disk/register");
  disk.Fill();
  // RocksDB has taken room in advance: papers use it up.
  visitor_->Act(cast_->clinic);
  absl::Status refused;
  for (int i = 0; i < 60 && refused.ok(); ++i) {
    refused = visitor_->remote().UploadPaper(ExamplePdf(std::to_string(i), 1'000'000)).status();
  }
  EXPECT_THAT(ReasonOf(refused), AnyOf("disk_error", "disk_full")) << Text(refused);
  refused = WriteUntilRefused(2000);
  EXPECT_THAT(ReasonOf(refused), AnyOf("outcome_unknown", "disk_full")) << Text(refused);
  for (int i = 0; i < 5; ++i) {
    ASSERT_FALSE(served_->HasDied()) << served_->log();
    ExpectReads();
    const absl::Status again = Send(NewToken());
    EXPECT_THAT(ReasonOf(again), AnyOf("disk_full", "not_signing", "outcome_unknown"))
        << Text(again);
    std::this_thread::sleep_for(milliseconds(300));
  }
  disk.Free();
  EXPECT_EQ(Text(SendUntilKnown(unsettled_, kRecoveryPatience)), "ok") << served_->log();
  EXPECT_EQ(Text(Send(NewToken())), "ok");
  ExpectReads();
  ExpectSound();
}

// Below the floor nothing is written at all.
TEST_F(ExhaustionTest, DiskAtItsFloor) {
  const SmallDisk disk(directory_ / "disk");
  if (!disk.mounted()) GTEST_SKIP() << "skipped: no file system to fill: " << disk.why_not();
  ServeIn(directory_ / "disk/register");
  visitor_.reset();
  ASSERT_EQ(served_->Stop(), 0);
  served_->Configure("free_disk_bytes", "8388608");
  served_->Start();
  visitor_.emplace(*served_, directory_ / "state");
  ASSERT_EQ(Text(Send(NewToken())), "ok");
  disk.Fill();
  for (int i = 0; i < 3; ++i) {
    const absl::Status refused = Send(NewToken());
    EXPECT_EQ(refused.code(), absl::StatusCode::kResourceExhausted) << Text(refused);
    EXPECT_EQ(ReasonOf(refused), "disk_full") << Text(refused);
    ExpectReads();
  }
  disk.Free();
  EXPECT_EQ(Text(SendUntilKnown(NewToken(), kRecoveryPatience)), "ok") << served_->log();
  ExpectSound();
}

TEST_F(ExhaustionTest, FilesMayNotGrow) {
  ServeIn(directory_ / "register");
  visitor_->Act(cast_->clinic);
  rlimit before{};
  ASSERT_EQ(prlimit(served_->pid(), RLIMIT_FSIZE, nullptr, &before), 0);
  // More than the store's list of options takes, some 70 kB: without it nothing opens again.
  const rlimit small{128 * 1024, before.rlim_max};
  ASSERT_EQ(prlimit(served_->pid(), RLIMIT_FSIZE, &small, nullptr), 0);
  const absl::Status refused = WriteUntilRefused(500);
  EXPECT_THAT(ReasonOf(refused), AnyOf("outcome_unknown", "disk_full", "not_signing"))
      << Text(refused);
  const auto uploaded = visitor_->remote().UploadPaper(ExamplePdf("large", 1'000'000));
  EXPECT_FALSE(uploaded.ok());
  std::this_thread::sleep_for(milliseconds(1000));
  ASSERT_FALSE(served_->HasDied()) << served_->log();
  ExpectReads();
  ASSERT_EQ(prlimit(served_->pid(), RLIMIT_FSIZE, &before, nullptr), 0);
  EXPECT_EQ(Text(SendUntilKnown(unsettled_, kRecoveryPatience)), "ok") << served_->log();
  ExpectReads();
  ExpectSound();
}

TEST_F(ExhaustionTest, FloodOfConnections) {
  ServeIn(directory_ / "register");
  rlimit before{};
  ASSERT_EQ(prlimit(served_->pid(), RLIMIT_NOFILE, nullptr, &before), 0);
  size_t open = 0;
  for (const auto& file :
       fs::directory_iterator("/proc/" + std::to_string(served_->pid()) + "/fd")) {
    open += file.path().empty() ? 0 : 1;
  }
  // What an ordinary machine reaches with 20,000 connections.
  const rlimit few{open + 50, before.rlim_max};
  ASSERT_EQ(prlimit(served_->pid(), RLIMIT_NOFILE, &few, nullptr), 0);
  {
    std::vector<OpenSocket> flood;
    for (int i = 0; i < 300; ++i) {
      flood.emplace_back(served_->address());
    }
    std::this_thread::sleep_for(milliseconds(500));
    EXPECT_FALSE(served_->HasDied());
  }
  const auto ended = std::chrono::steady_clock::now();
  absl::Status status;
  do {  // as somebody new
    const Visitor stranger(*served_, directory_ / "stranger");
    status = stranger.Ask(cast_->Ask(person_)).status();
    std::this_thread::sleep_for(milliseconds(100));
  } while (!status.ok() && std::chrono::steady_clock::now() - ended < kFloodPatience);
  EXPECT_EQ(Text(status), "ok") << served_->log();
  EXPECT_THAT(AdminPage(*served_, "/healthz"), HasSubstr("\"serving\":true"));
  EXPECT_EQ(Text(SendUntilKnown(NewToken(), kFloodPatience)), "ok");
}

}  // namespace
}  // namespace bonafide::e2e
