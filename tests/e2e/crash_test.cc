// The server is killed with -9 during writes, again and again: an acknowledgement is a fact, and
// there are never two histories.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <iostream>
#include <random>
#include <thread>

#include "tests/e2e/cast.h"
#include "tests/e2e/environment.h"
#include "tests/e2e/oracle.h"
#include "tests/e2e/program.h"
#include "tests/e2e/served_register.h"
#include "tests/e2e/status_text.h"
#include "tests/e2e/writers.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::e2e {
namespace {

using std::chrono::milliseconds;
using ::testing::IsEmpty;

constexpr size_t kWriters = 8;
constexpr int kShortestLifeMs = 20;
constexpr int kLongestLifeMs = 500;

TEST(CrashTest, AcknowledgedEventsSurviveKillsDuringWrites) {
  const uint64_t rounds = FromEnvironment("BONAFIDE_KILL_ROUNDS", 10);
  const uint64_t seed = FromEnvironment("BONAFIDE_KILL_SEED", std::random_device{}());
  std::cout << rounds << " kills, BONAFIDE_KILL_SEED=" << seed << std::endl;
  std::mt19937_64 random(seed);
  std::uniform_int_distribution<int> life_ms(kShortestLifeMs, kLongestLifeMs);

  const storage::TemporaryDirectory directory;
  const std::string state = directory / "state";
  ServedRegister served(directory / "register");
  served.Start();
  const Cast cast(served, Visitor(served, state));
  Oracle oracle(served.trust());
  Writers writers(cast, oracle, kWriters);
  size_t acknowledged = 0;
  for (uint64_t round = 0; round < rounds; ++round) {
    SCOPED_TRACE("round " + std::to_string(round));
    writers.Start(served, state);
    std::this_thread::sleep_for(milliseconds(life_ms(random)));
    served.Kill();
    writers.Join();
    ASSERT_THAT(writers.faults(), IsEmpty());
    served.Start();
    ASSERT_EQ(Text(oracle.HoldAgainst(Visitor(served, state).remote())), "ok");
    acknowledged = oracle.acknowledged_count();
  }
  EXPECT_GT(acknowledged, rounds) << "the writers hardly came to write";

  // Whatever had no answer gets the one truth when it is sent again.
  writers.Start(served, state);
  while (writers.faults().empty() && oracle.acknowledged_count() < acknowledged + kWriters * 2) {
    std::this_thread::sleep_for(milliseconds(5));
  }
  writers.Join();
  EXPECT_THAT(writers.faults(), IsEmpty());
  EXPECT_EQ(writers.unsettled_count(), 0U);
  EXPECT_EQ(Text(oracle.HoldAgainst(Visitor(served, state).remote())), "ok");
  std::cout << oracle.acknowledged_count() << " events acknowledged under " << oracle.head_count()
            << " heads" << std::endl;

  const Program bonafide(served, directory / "auditor");
  const Ended audit = bonafide.Run({"audit"});
  EXPECT_EQ(audit.code, 0) << audit.out << audit.err;
  EXPECT_EQ(served.Stop(), 0);
  const Ended check = RunToEnd(Bonafided({"check", "--data", served.directory()}));
  EXPECT_EQ(check.code, 0) << check.out << check.err;
}

TEST(CrashTest, StoppingUnderLoadLosesNothing) {
  const storage::TemporaryDirectory directory;
  const std::string state = directory / "state";
  ServedRegister served(directory / "register");
  served.Start();
  const Cast cast(served, Visitor(served, state));
  Oracle oracle(served.trust());
  Writers writers(cast, oracle, kWriters);
  for (int round = 0; round < 3; ++round) {
    writers.Start(served, state);
    std::this_thread::sleep_for(milliseconds(200));
    EXPECT_EQ(served.Stop(), 0);
    writers.Join();
    ASSERT_THAT(writers.faults(), IsEmpty());
    served.Start();
    ASSERT_EQ(Text(oracle.HoldAgainst(Visitor(served, state).remote())), "ok");
  }
  EXPECT_GT(oracle.acknowledged_count(), kWriters);
}

}  // namespace
}  // namespace bonafide::e2e
