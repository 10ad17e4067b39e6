// The server is killed at each system call by which an event reaches the disk, and each of these
// calls fails once: an acknowledgement is a fact, and there are never two histories.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <iostream>
#include <random>
#include <string>
#include <thread>
#include <vector>

#include "merkle/big_endian.h"
#include "tests/e2e/cast.h"
#include "tests/e2e/environment.h"
#include "tests/e2e/file.h"
#include "tests/e2e/oracle.h"
#include "tests/e2e/served_register.h"
#include "tests/e2e/status_text.h"
#include "tests/e2e/strace.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::e2e {
namespace {

namespace fs = std::filesystem;
using std::chrono::milliseconds;
using ::testing::HasSubstr;
using ::testing::Not;

constexpr auto kRecoveryPatience = std::chrono::seconds(30);
constexpr int kFutureFiles = 40;

// Every file the server may write in the time of a few calls, those included that are not there
// yet: RocksDB numbers its files.
std::vector<std::string> StoreFiles(const std::string& directory) {
  const std::string db = directory + "/db";
  std::vector<std::string> files = {directory + "/high-water", directory + "/erased",
                                    directory + "/index-secret", db, db + "/CURRENT"};
  uint64_t last = 0;
  for (const auto& file : fs::directory_iterator(db)) {
    const std::string name = file.path().filename();
    if (name != "CURRENT") files.push_back(file.path());
    const size_t digit = name.find_first_of("0123456789");
    if (digit != std::string::npos)
      last = std::max<uint64_t>(last, std::stoull(name.substr(digit)));
  }
  for (uint64_t number = last + 1; number <= last + kFutureFiles; ++number) {
    std::string digits = std::to_string(number);
    digits.insert(0, 6 - std::min<size_t>(6, digits.size()), '0');
    for (const char* form :
         {"/%.log", "/%.sst", "/%.dbtmp", "/MANIFEST-%", "/OPTIONS-%", "/OPTIONS-%.dbtmp"}) {
      std::string name = form;
      files.push_back(db + name.replace(name.find('%'), 1, digits));
    }
  }
  return files;
}

// The sequence of the newest mark in a high-water file.
uint64_t MarkSequence(const ServedRegister& served) {
  const std::string bytes = ReadText(served.directory() + "/high-water");
  uint64_t newest = 0;
  for (size_t slot = 0; slot + 4096 <= bytes.size(); slot += 4096) {
    newest = std::max(newest, merkle::ReadU64(std::string_view(bytes).substr(slot + 8)));
  }
  return newest;
}

class SyscallFaultTest : public ::testing::Test {
 protected:
  SyscallFaultTest() : served_(directory_ / "register"), oracle_(served_.trust()) {}

  void SetUp() override {
    if (const auto why = Strace::WhyNot()) GTEST_SKIP() << "skipped: " << *why;
    served_.Start();
    cast_.emplace(served_, Visitor(served_, state()));
    // From here on nothing is written that no test asked for.
    served_.Configure("heartbeat_s", "300");
    ASSERT_EQ(served_.Stop(), 0);
    served_.Start();
  }

  std::string state() const { return directory_ / "state"; }
  std::string NextTrace() { return directory_ / ("trace" + std::to_string(++traces_)); }

  std::string NewToken() {
    const auto event = Visitor(served_, state())
                           .Sign(cast_->clinic, registry::PractitionerRegistered{}, std::nullopt,
                                 {{"name", certs::Json::String("Example Person")}});
    return event.ok() ? event->Framed() : "";
  }
  // Sends `token`; what is acknowledged, the oracle remembers.
  absl::Status Send(const std::string& token) {
    const auto receipt = Visitor(served_, state()).remote().Submit(token);
    if (!receipt.ok()) return receipt.status();
    return oracle_.Acknowledged(*receipt, token.substr(0, token.find('~')));
  }
  // The same until it is acknowledged, or for half a minute.
  absl::Status SendUntilKnown(const std::string& token) {
    const auto end = std::chrono::steady_clock::now() + kRecoveryPatience;
    while (true) {
      absl::Status status = Send(token);
      if (status.ok() || std::chrono::steady_clock::now() > end) return status;
      std::this_thread::sleep_for(milliseconds(50));
    }
  }
  std::string Hold() { return Text(oracle_.HoldAgainst(Visitor(served_, state()).remote())); }

  // How often one event makes each call.
  std::map<std::string, int> CountCalls() {
    Strace strace(served_.pid(), StoreFiles(served_.directory()), std::nullopt, NextTrace());
    EXPECT_EQ(Text(Send(NewToken())), "ok");
    std::this_thread::sleep_for(milliseconds(20));  // what follows the acknowledgement
    strace.Detach();
    return strace.Counts();
  }

  void ExpectSound() {
    EXPECT_EQ(Hold(), "ok");
    EXPECT_EQ(served_.Stop(), 0);
    const Ended check = RunToEnd(Bonafided({"check", "--data", served_.directory()}));
    EXPECT_EQ(check.code, 0) << check.out << check.err;
    EXPECT_THAT(served_.log(), Not(HasSubstr("Sanitizer")));
  }

  const storage::TemporaryDirectory directory_;
  ServedRegister served_;
  Oracle oracle_;
  std::optional<Cast> cast_;
  int traces_ = 0;
};

TEST_F(SyscallFaultTest, KilledAtEveryCallOfAnEvent) {
  int rounds = 0;
  for (const auto& [call, count] : CountCalls()) {
    for (int when = 1; when <= count; ++when) {
      SCOPED_TRACE(call + " " + std::to_string(when));
      const std::string token = NewToken();
      Strace strace(served_.pid(), StoreFiles(served_.directory()),
                    CallFault{call, "signal=KILL", when}, NextTrace());
      Send(token).IgnoreError();
      strace.WaitForFault();
      served_.Kill();
      strace.Detach();
      EXPECT_TRUE(strace.FaultHappened()) << strace.Calls();
      ASSERT_EQ(served_.TryStart(), std::nullopt);
      ASSERT_EQ(Hold(), "ok");
      ASSERT_EQ(Text(Send(token)), "ok");
      ++rounds;
    }
  }
  std::cout << rounds << " calls" << std::endl;
  EXPECT_GE(rounds, 4) << "a record and a mark, each written and synced";
  ExpectSound();
}

TEST_F(SyscallFaultTest, EveryCallOfAnEventFailsOnce) {
  int rounds = 0;
  for (const auto& [call, count] : CountCalls()) {
    for (int when = 1; when <= count; ++when) {
      SCOPED_TRACE(call + " " + std::to_string(when));
      const std::string token = NewToken();
      Strace strace(served_.pid(), StoreFiles(served_.directory()),
                    CallFault{call, "error=EIO", when}, NextTrace());
      Send(token).IgnoreError();
      strace.WaitForFault();
      strace.Detach();
      EXPECT_TRUE(strace.FaultHappened()) << strace.Calls();
      ASSERT_FALSE(served_.HasDied()) << served_.log();
      // It finds out by itself what became of the event, and says so.
      ASSERT_EQ(Text(SendUntilKnown(token)), "ok") << served_.log();
      ASSERT_EQ(Hold(), "ok");
      ASSERT_EQ(Text(SendUntilKnown(NewToken())), "ok") << served_.log();
      ++rounds;
    }
  }
  std::cout << rounds << " calls" << std::endl;
  EXPECT_GE(rounds, 4);
  served_.Kill();
  ASSERT_EQ(served_.TryStart(), std::nullopt);
  ExpectSound();
}

// A sync that failed once says "done" the next time, and what it should have written is gone from
// memory all the same. So nothing that depends on it may be believed before it was written anew.
TEST_F(SyscallFaultTest, AFailedSyncOfTheRecordIsNotBelievedLater) {
  std::string log_file;  // the newest
  for (const std::string& file : StoreFiles(served_.directory())) {
    if (file.ends_with(".log") && fs::exists(file)) log_file = std::max(log_file, file);
  }
  const uint64_t synced_bytes = fs::file_size(log_file);
  const std::string token = NewToken();
  {
    Strace strace(served_.pid(), {log_file}, CallFault{"fdatasync", "error=EIO", 1}, NextTrace());
    const absl::Status sent = Send(token);
    EXPECT_EQ(ReasonOf(sent), "outcome_unknown") << Text(sent);
    EXPECT_EQ(sent.code(), absl::StatusCode::kUnknown);
    strace.Detach();
    ASSERT_TRUE(strace.FaultHappened()) << strace.Calls();
  }
  EXPECT_THAT(served_.log(), HasSubstr("stopped signing"));
  ASSERT_EQ(Text(SendUntilKnown(token)), "ok");
  EXPECT_THAT(served_.log(), HasSubstr("the store was opened again"));
  served_.Kill();
  // What the power cut leaves of the file whose sync failed.
  if (fs::exists(log_file)) fs::resize_file(log_file, synced_bytes);
  ASSERT_EQ(served_.TryStart(), std::nullopt);
  ExpectSound();
}

TEST_F(SyscallFaultTest, AFailedSyncOfTheMarkIsNotBelievedLater) {
  const uint64_t before = MarkSequence(served_);
  const std::string token = NewToken();
  {
    Strace strace(served_.pid(), {served_.directory() + "/high-water"},
                  CallFault{"fdatasync", "error=EIO", 1}, NextTrace());
    EXPECT_EQ(ReasonOf(Send(token)), "outcome_unknown");
    strace.Detach();
    ASSERT_TRUE(strace.FaultHappened()) << strace.Calls();
  }
  EXPECT_THAT(served_.log(), HasSubstr("stopped signing"));
  ASSERT_EQ(Text(SendUntilKnown(token)), "ok");
  EXPECT_GE(MarkSequence(served_), before + 2) << "the mark was not written anew";
  ExpectSound();
}

// The same faults while a register is opened after a crash: BONAFIDE_SYSCALL_FAULTS of them, 1000
// are all.
TEST_F(SyscallFaultTest, FaultsWhileOpening) {
  for (int i = 0; i < 3; ++i) ASSERT_EQ(Text(Send(NewToken())), "ok");
  ASSERT_EQ(Hold(), "ok");
  served_.Kill();
  const auto count_calls = [&] {
    ServedRegister counted(served_, directory_ / "counted");
    std::optional<Strace> strace;
    const std::string trace = NextTrace();
    EXPECT_EQ(counted.TryStart([&](pid_t pid) {
      strace.emplace(pid, StoreFiles(counted.directory()), std::nullopt, trace);
    }),
              std::nullopt);
    strace->Detach();
    return strace->Counts();
  };
  std::vector<CallFault> faults;
  for (const auto& [call, count] : count_calls()) {
    for (int when = 1; when <= count; ++when) {
      faults.push_back({call, "signal=KILL", when});
      // RocksDB asks with it, of nothing, whether the kernel has it, and would abort.
      if (call != "sync_file_range") faults.push_back({call, "error=EIO", when});
    }
  }
  const size_t all = faults.size();
  const uint64_t seed = FromEnvironment("BONAFIDE_SYSCALL_SEED", std::random_device{}());
  std::mt19937_64 random(seed);
  std::shuffle(faults.begin(), faults.end(), random);
  faults.resize(std::min<size_t>(all, FromEnvironment("BONAFIDE_SYSCALL_FAULTS", 4)));
  std::cout << faults.size() << " of " << all << " faults, BONAFIDE_SYSCALL_SEED=" << seed
            << std::endl;
  EXPECT_GT(all, 20U);

  int copies = 0;
  for (const CallFault& fault : faults) {
    SCOPED_TRACE(fault.call + " " + fault.how + " " + std::to_string(fault.when));
    ServedRegister copy(served_, directory_ / ("copy" + std::to_string(++copies)));
    std::optional<Strace> strace;
    const std::string trace = NextTrace();
    const auto said = copy.TryStart(
        [&](pid_t pid) { strace.emplace(pid, StoreFiles(copy.directory()), fault, trace); });
    const auto hold = [&] {
      return Text(oracle_.HoldAgainst(Visitor(copy, directory_ / "copies").remote()));
    };
    if (said) {
      EXPECT_TRUE(copy.ended_code() == 1 || copy.ended_code() == 128 + 9) << *said;
      EXPECT_THAT(*said, Not(HasSubstr("Sanitizer")));
      EXPECT_LE(std::count(said->begin(), said->end(), '\n'), 5) << *said;
    } else {
      copy.Kill();
    }
    strace->Detach();
    ASSERT_EQ(copy.TryStart(), std::nullopt) << strace->Calls();
    ASSERT_EQ(hold(), "ok") << strace->Calls();
    EXPECT_THAT(copy.log(), HasSubstr("\"signing\":\"signing\"")) << copy.log();
    copy.Kill();
    fs::remove_all(copy.directory());
  }
}

}  // namespace
}  // namespace bonafide::e2e
