// A withdrawal races lookups: once it is acknowledged, nobody is told YES any more.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <atomic>
#include <chrono>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <vector>

#include "tests/e2e/cast.h"
#include "tests/e2e/served_register.h"
#include "tests/e2e/status_text.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::e2e {
namespace {

using Clock = std::chrono::steady_clock;
using ::testing::IsEmpty;

constexpr int kReaders = 4;
constexpr int kWithdrawals = 5;
constexpr int kLookupsAfter = 5;  // of each reader, begun after the acknowledgement

struct Told {
  Clock::time_point asked_at;
  registry::Outcome outcome;
};

// Somebody who asks the same question again and again.
class Reader {
 public:
  Reader(const ServedRegister& served, const std::string& state, registry::Question question)
      : visitor_(served, state), thread_([this, question] { Ask(question); }) {}
  ~Reader() { Stop(); }

  void Stop() {
    stop_ = true;
    if (thread_.joinable()) thread_.join();
  }
  size_t count() const { return count_; }
  // After Stop.
  const std::vector<Told>& told() const { return told_; }
  const std::vector<std::string>& faults() const { return faults_; }

 private:
  void Ask(const registry::Question& question) {
    while (!stop_) {
      const auto asked_at = Clock::now();
      const auto answer = visitor_.Ask(question);
      if (answer.ok()) {
        told_.push_back({asked_at, answer->proven.verdict.outcome});
      } else {
        faults_.push_back(Text(answer));
      }
      ++count_;
    }
  }

  const Visitor visitor_;
  std::atomic<bool> stop_ = false;
  std::atomic<size_t> count_ = 0;
  std::vector<Told> told_;
  std::vector<std::string> faults_;
  std::thread thread_;
};

void WaitForLookups(const std::vector<std::unique_ptr<Reader>>& readers, size_t more) {
  for (const auto& reader : readers) {
    const size_t until = reader->count() + more;
    while (reader->count() < until) std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

TEST(WithdrawalTest, NobodyIsToldYesAfterItsAcknowledgement) {
  const storage::TemporaryDirectory directory;
  ServedRegister served(directory / "register");
  served.Start();
  const Visitor visitor(served, directory / "state");
  const Cast cast(served, visitor);
  for (int i = 0; i < kWithdrawals; ++i) {
    const Party person = cast.Practitioner(visitor, "Example Person");
    std::vector<std::unique_ptr<Reader>> readers;
    for (int r = 0; r < kReaders; ++r) {
      readers.push_back(std::make_unique<Reader>(served, directory / ("reader" + std::to_string(r)),
                                                 cast.Ask(person)));
    }
    WaitForLookups(readers, 3);
    const auto answer = visitor.Ask(cast.Ask(person));
    ASSERT_EQ(Text(answer), "ok");
    for (const auto& event : answer->proven.world->Find(person.about.number)->events()) {
      if (event->As<registry::Training>() == nullptr) continue;
      registry::Withdrawal withdrawal;
      withdrawal.target = event->event().id;
      withdrawal.reason = registry::WithdrawalReason::kFraud;
      ASSERT_EQ(Text(visitor.File(cast.awarding_body, withdrawal, person.about)), "ok");
    }
    const auto acknowledged_at = Clock::now();
    WaitForLookups(readers, kLookupsAfter + 1);  // the first may have begun before

    size_t before = 0;
    for (const auto& reader : readers) {
      reader->Stop();
      EXPECT_THAT(reader->faults(), IsEmpty());
      size_t after = 0;
      for (const Told& told : reader->told()) {
        if (told.asked_at >= acknowledged_at) {
          ++after;
          EXPECT_EQ(told.outcome, registry::Outcome::kNo);
        } else {
          before += told.outcome == registry::Outcome::kYes ? 1 : 0;
        }
      }
      EXPECT_GE(after, static_cast<size_t>(kLookupsAfter));
    }
    EXPECT_GT(before, 0U) << "nobody was told YES before";
  }
}

}  // namespace
}  // namespace bonafide::e2e
