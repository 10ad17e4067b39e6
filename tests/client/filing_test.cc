#include "client/filing.h"

#include <gtest/gtest.h>

#include <string>

#include "certs/reason.h"
#include "tests/client/scratch_remote.h"
#include "tests/registry/example_register.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::client {
namespace {

class FilingTest : public ::testing::Test {
 protected:
  FilingTest()
      : trust_(TrustIn(register_.scratch)),
        memory_(Memory::Open(directory_.path(), trust_.anchors.log_key).value()),
        remote_(register_.scratch),
        filing_(trust_, remote_, memory_,
                Identity{register_.scratch.origin(), register_.clinic.number, register_.clinic.key},
                [this] { return register_.scratch.now_ms(); }) {}

  absl::StatusOr<Filed> Register() {
    return filing_.File(registry::PractitionerRegistered{}, std::nullopt,
                        {{"name", certs::Json::String("New Example")}});
  }

  storage::TemporaryDirectory directory_;
  registry::ExampleRegister register_;
  Trust trust_;
  Memory memory_;
  ScratchRemote remote_;
  Filing filing_;
};

TEST_F(FilingTest, ANewNumberWithACheckedReceipt) {
  const uint64_t count = register_.scratch.subject_count();
  const uint64_t size = register_.scratch.entries().size();
  const auto filed = Register();
  ASSERT_TRUE(filed.ok()) << filed.status();
  EXPECT_EQ(filed->subject.value, count);
  EXPECT_EQ(filed->index.value, size);
  EXPECT_EQ(filed->time_ms, register_.scratch.now_ms());
  EXPECT_EQ(filed->id, register_.scratch.world().Find(filed->subject)->anchor());
}

TEST_F(FilingTest, AnEventAboutASubject) {
  const About about{register_.practitioner.number, register_.practitioner.anchor};
  const auto filed = filing_.File(
      registry::Affiliation{register_.clinic.number, registry::DayOf("2026-05-01"), {}}, about);
  ASSERT_TRUE(filed.ok()) << filed.status();
  EXPECT_EQ(filed->subject, register_.practitioner.number);
}

TEST_F(FilingTest, TheSameTokenIsSentUntilTheOutcomeIsKnown) {
  remote_.submit_failures = {
      Refusal(absl::StatusCode::kUnknown, "outcome_unknown", "the disk said nothing"),
      Refusal(absl::StatusCode::kUnavailable, "unreachable", "gone"),
      Refusal(absl::StatusCode::kResourceExhausted, "queue_full", "many others"),
  };
  const auto filed = Register();
  ASSERT_TRUE(filed.ok()) << filed.status();
  EXPECT_EQ(remote_.submitted, 4);
}

TEST_F(FilingTest, ARefusalIsNotSentAgain) {
  remote_.submit_failures = {NotAdmitted("power_missing", "not accredited")};
  EXPECT_EQ(ReasonOf(Register().status()), "power_missing");
  EXPECT_EQ(remote_.submitted, 1);
}

TEST_F(FilingTest, ALimitThatStaysIsNotTriedAgain) {
  remote_.submit_failures = {
      Refusal(absl::StatusCode::kResourceExhausted, "subject_full", "2048 entries")};
  EXPECT_EQ(ReasonOf(Register().status()), "subject_full");
  EXPECT_EQ(remote_.submitted, 1);
}

TEST_F(FilingTest, PatienceEnds) {
  filing_.set_patience_ms(0);
  remote_.submit_failures.assign(5, Refusal(absl::StatusCode::kUnavailable, "unreachable", "gone"));
  EXPECT_EQ(ReasonOf(Register().status()), "unreachable");
  EXPECT_EQ(remote_.submitted, 1);
}

// A receipt is right under the log's key alone: cosignatures come later.
TEST_F(FilingTest, NoCosignerIsAskedForInAReceipt) {
  const auto witness = *certs::NoteSigner::Create(
      "witness.example", certs::NoteKeyType::kCosignature, register_.scratch.NewKey());
  trust_.anchors.policy =
      *merkle::Policy::Parse("witness w " + witness.verifier().ToVkey() + "\nquorum w\n");
  EXPECT_TRUE(Register().ok());
}

TEST_F(FilingTest, AReceiptMustProveIt) {
  const auto refused = [this](std::function<void(Receipt&)> spoil) {
    remote_.spoil_receipt = std::move(spoil);
    const auto filed = Register();
    EXPECT_EQ(filed.status().code(), absl::StatusCode::kDataLoss);
    return ReasonOf(filed.status());
  };
  EXPECT_EQ(refused([](Receipt& receipt) { receipt.index += 1; }), "receipt_entry");
  EXPECT_EQ(refused([](Receipt& receipt) { receipt.entry.clear(); }), "receipt_entry");
  EXPECT_EQ(refused([this](Receipt& receipt) {
              // Another event of the same log, honestly proven.
              receipt.entry = register_.scratch.entries()[1];
              receipt.index = 1;
              receipt.inclusion =
                  merkle::FlattenProof(ScratchLog(register_.scratch.entries())
                                           .Inclusion(1, register_.scratch.entries().size()));
            }),
            "receipt_token");
  EXPECT_EQ(refused([](Receipt& receipt) { receipt.inclusion[0] ^= 1; }), "proof_root");
  EXPECT_EQ(refused([](Receipt& receipt) { receipt.inclusion.clear(); }), "proof_length");
  EXPECT_EQ(refused([](Receipt& receipt) { receipt.checkpoint = "register.example/test\n"; }),
            "note_syntax");
  EXPECT_EQ(refused([](Receipt& receipt) {
              receipt.checkpoint = registry::ScratchRegister(9).checkpoint();
            }),
            "note_syntax");
}

}  // namespace
}  // namespace bonafide::client
