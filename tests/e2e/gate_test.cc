// The gates: a register that finds itself behind what it once signed serves reads, refuses to sign,
// and says so; and one directory has one server.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <optional>
#include <string>

#include "merkle/checkpoint.h"
#include "tests/e2e/cast.h"
#include "tests/e2e/oracle.h"
#include "tests/e2e/program.h"
#include "tests/e2e/served_register.h"
#include "tests/e2e/status_text.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::e2e {
namespace {

namespace fs = std::filesystem;
using ::testing::AllOf;
using ::testing::HasSubstr;
using ::testing::Ne;

class GateTest : public ::testing::Test {
 protected:
  GateTest() : served_(directory_ / "register"), oracle_(served_.trust()) {
    served_.Start();
    const Visitor visitor(served_, state());
    cast_.emplace(served_, visitor);
    person_ = cast_->Practitioner(visitor, "Example Person");
  }

  std::string state() const { return directory_ / "state"; }

  // Files an event about a new person and notes its acknowledgement; returns its status.
  absl::Status File(const ServedRegister& served) {
    const Visitor visitor(served, state());
    const auto event = visitor.Sign(cast_->clinic, registry::PractitionerRegistered{}, std::nullopt,
                                    {{"name", certs::Json::String("Example Person")}});
    if (!event.ok()) return event.status();
    const auto receipt = visitor.remote().Submit(event->Framed());
    if (!receipt.ok()) return receipt.status();
    return oracle_.Acknowledged(*receipt, event->jwt);
  }
  void FileSome(const ServedRegister& served) {
    for (int i = 0; i < 20; ++i) ASSERT_EQ(Text(File(served)), "ok");
  }

  static int DeleteWriteAheadLog(const ServedRegister& served) {
    int deleted = 0;
    for (const auto& file : fs::directory_iterator(served.directory() + "/db")) {
      if (file.path().extension() == ".log") deleted += fs::remove(file.path()) ? 1 : 0;
    }
    return deleted;
  }
  uint64_t HeadSize(const ServedRegister& served) {
    const auto note = Visitor(served, state()).remote().Checkpoint(client::Head::kNewest);
    if (!note.ok()) return 0;
    return merkle::OpenCheckpoint(*note, served.trust().anchors.log_key)->checkpoint.size.value;
  }

  // Whatever happened to `served`, which is stopped: it serves what it has, and nobody is shown a
  // new head.
  void ExpectReadsButRefusesToSign(ServedRegister& served) {
    const Ended check = RunToEnd(Bonafided({"check", "--data", served.directory()}));
    EXPECT_EQ(check.code, 3) << check.out << check.err;
    ASSERT_EQ(served.TryStart(), std::nullopt);
    EXPECT_THAT(served.log(), HasSubstr("\"signing\":\"read_only\""));
    const uint64_t size = HeadSize(served);
    EXPECT_GT(size, 0U);
    const auto answer = Visitor(served, state()).Ask(cast_->Ask(*person_));
    ASSERT_EQ(Text(answer), "ok");
    EXPECT_EQ(answer->proven.verdict.outcome, registry::Outcome::kYes);
    EXPECT_EQ(ReasonOf(File(served)), "not_signing");
    EXPECT_EQ(HeadSize(served), size);
    EXPECT_EQ(served.Stop(), 0);
  }

  const storage::TemporaryDirectory directory_;
  ServedRegister served_;
  Oracle oracle_;
  std::optional<Cast> cast_;
  std::optional<Party> person_;
};

TEST_F(GateTest, DeletedWriteAheadLog) {
  ASSERT_EQ(served_.Stop(), 0);
  served_.Start();  // what was there before is in tables now
  FileSome(served_);
  served_.Kill();
  ServedRegister damaged(served_, directory_ / "damaged");
  ASSERT_GT(DeleteWriteAheadLog(damaged), 0);
  ExpectReadsButRefusesToSign(damaged);

  // With it, all is there.
  served_.Start();
  EXPECT_EQ(Text(oracle_.HoldAgainst(Visitor(served_, state()).remote())), "ok");
}

// All that was ever written: not an empty register, and not a new one.
TEST_F(GateTest, DeletedWriteAheadLogWithEverythingInIt) {
  served_.Kill();
  ASSERT_GT(DeleteWriteAheadLog(served_), 0);
  const Ended check = RunToEnd(Bonafided({"check", "--data", served_.directory()}));
  EXPECT_THAT(check.code, AllOf(Ne(0), Ne(64))) << check.out << check.err;
  if (served_.TryStart()) return;  // it said why and ended
  EXPECT_EQ(ReasonOf(File(served_)), "not_signing");
}

TEST_F(GateTest, OlderDatabasePutBack) {
  ASSERT_EQ(served_.Stop(), 0);
  ServedRegister older(served_, directory_ / "older");
  served_.Start();
  FileSome(served_);
  ASSERT_EQ(served_.Stop(), 0);
  fs::remove_all(served_.directory() + "/db");
  fs::copy(older.directory() + "/db", served_.directory() + "/db");
  ExpectReadsButRefusesToSign(served_);
}

TEST_F(GateTest, HighWaterFileMissing) {
  FileSome(served_);
  ASSERT_EQ(served_.Stop(), 0);
  ASSERT_TRUE(fs::remove(served_.directory() + "/high-water"));
  ExpectReadsButRefusesToSign(served_);
}

// Where everything was put back, only a client knows better: its own memory says so.
TEST_F(GateTest, OlderDirectoryPutBackIsAForkToAClient) {
  ASSERT_EQ(served_.Stop(), 0);
  ServedRegister older(served_, directory_ / "older");
  served_.Start();
  FileSome(served_);
  ASSERT_EQ(Text(Visitor(served_, state()).Ask(cast_->Ask(*person_))), "ok");  // remembers the head
  ASSERT_EQ(served_.Stop(), 0);

  older.Start();
  const auto smaller = Visitor(older, state()).Ask(cast_->Ask(*person_));
  ASSERT_EQ(Text(smaller), "ok");
  EXPECT_EQ(smaller->head, client::HeadRelation::kOlderUnproven);
  {
    const Visitor stranger(older, directory_ / "stranger");  // remembers nothing
    for (int i = 0; i < 21; ++i) {
      ASSERT_EQ(Text(stranger.File(cast_->clinic, registry::PractitionerRegistered{}, std::nullopt,
                                   {{"name", certs::Json::String("Example Person")}})),
                "ok");
    }
  }
  EXPECT_EQ(ReasonOf(Visitor(older, state()).Ask(cast_->Ask(*person_)).status()), "fork");
}

TEST_F(GateTest, SecondServerOnTheSameDirectory) {
  const Ended second = RunToEnd(Bonafided({"serve", "--data", served_.directory()}));
  EXPECT_NE(second.code, 0);
  EXPECT_THAT(second.err, HasSubstr("lock"));
  EXPECT_EQ(Text(File(served_)), "ok");
  EXPECT_EQ(Text(oracle_.HoldAgainst(Visitor(served_, state()).remote())), "ok");
}

}  // namespace
}  // namespace bonafide::e2e
