// Evidence: what an honest register proves is accepted, and says what was filed.
#include "registry/evidence.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "certs/reason.h"
#include "tests/registry/example_register.h"

namespace bonafide::registry {
namespace {

TEST(Evidence, HonestEvidenceProvesYes) {
  const ExampleRegister example;
  const auto proven = example.Check(example.Ask());
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_EQ(proven->verdict.outcome, Outcome::kYes);
  EXPECT_EQ(proven->verdict.scheme, example.scheme.number);
  EXPECT_EQ(proven->subject_count, example.scratch.subject_count());
  EXPECT_EQ(proven->head_time_ms, example.scratch.head_time_ms());
  const auto name = std::find_if(proven->slots.begin(), proven->slots.end(),
                                 [](const ProvenSlot& slot) { return slot.slot == "name"; });
  ASSERT_NE(name, proven->slots.end());
  EXPECT_EQ(*name->value.AsString(), "Zoë Example-Jones");
}

TEST(Evidence, HoldsExactlyTheClosure) {
  const ExampleRegister example;
  const Evidence evidence = example.scratch.Prove(example.Ask());
  std::vector<uint64_t> numbers;
  for (const SubjectEvidence& subject : evidence.subjects) numbers.push_back(subject.number.value);
  // The regulator, both issuers, the registering clinic, the scheme and the person; not the
  // registrar and the other clinic, which signed nothing about them.
  EXPECT_THAT(numbers,
              testing::ElementsAre(0, example.awarding_body.number.value,
                                   example.insurer.number.value, example.clinic.number.value,
                                   example.scheme.number.value, example.practitioner.number.value));
}

TEST(Evidence, AClinicThatIsAskedForIsInTheSet) {
  const ExampleRegister example;
  Question question = example.Ask();
  question.at = example.other_clinic.number;
  const auto proven = example.Check(question);
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_NE(proven->world->Find(example.other_clinic.number), nullptr);
}

TEST(Evidence, ANumberThatDoesNotExistIsProvenNotToExist) {
  const ExampleRegister example;
  Question question = example.Ask();
  question.practitioner = SubjectNumber{4711};
  const auto proven = example.Check(question);
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_EQ(proven->verdict.outcome, Outcome::kNo);
  EXPECT_EQ(proven->verdict.legs[0].reasons[0].code, ReasonCode::kNumberNotRegistered);
}

TEST(Evidence, WithheldSlotsStayClosedAndAreAccepted) {
  const ExampleRegister example;
  Evidence evidence = example.scratch.Prove(example.Ask());
  for (SubjectEvidence& subject : evidence.subjects) subject.disclosures.clear();
  const auto proven = VerifyEvidence(example.scratch.anchors(), evidence, example.Ask(),
                                     example.scratch.now_ms(), Freshness::kCurrent);
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_TRUE(proven->slots.empty());
  EXPECT_EQ(proven->verdict.outcome, Outcome::kYes);
}

TEST(Evidence, AnOldHeadIsRefusedButASavedFileIsRead) {
  ExampleRegister example;
  const Evidence evidence = example.scratch.Prove(example.Ask());
  const auto check = [&](int64_t after_ms, Freshness freshness) {
    return ReasonOf(VerifyEvidence(example.scratch.anchors(), evidence, example.Ask(),
                                   example.scratch.now_ms() + after_ms, freshness)
                        .status());
  };
  EXPECT_EQ(check(600'000, Freshness::kCurrent), "");
  EXPECT_EQ(check(600'001, Freshness::kCurrent), "head_too_old");
  EXPECT_EQ(check(int64_t{5} * 365 * 86'400'000, Freshness::kSaved), "");
}

TEST(Evidence, AFutureHeadIsRefused) {
  const ExampleRegister example;
  const Evidence evidence = example.scratch.Prove(example.Ask());
  const auto check = [&](int64_t before_ms) {
    return ReasonOf(VerifyEvidence(example.scratch.anchors(), evidence, example.Ask(),
                                   example.scratch.now_ms() - before_ms, Freshness::kSaved)
                        .status());
  };
  EXPECT_EQ(check(300'000), "");
  EXPECT_EQ(check(300'001), "head_in_future");
}

TEST(Evidence, AWithdrawnRecordIsNoAndWasYesJustBefore) {
  ExampleRegister example;
  example.scratch.Advance(60'000);
  const int64_t before_ms = example.scratch.now_ms() - 1;
  example.scratch.File(example.awarding_body,
                       Withdrawal{example.training, std::nullopt, WithdrawalReason::kFalse},
                       example.practitioner);
  example.scratch.Publish();
  Question question = example.Ask();
  ASSERT_TRUE(example.Check(question).ok());
  EXPECT_EQ(example.Check(question)->verdict.outcome, Outcome::kNo);
  question.known_at_ms = before_ms;
  EXPECT_EQ(example.Check(question)->verdict.outcome, Outcome::kYes);
}

TEST(Evidence, AVersionOfTheFutureIsRefused) {
  const ExampleRegister example;
  Evidence evidence = example.scratch.Prove(example.Ask());
  evidence.version = 2;
  EXPECT_EQ(ReasonOf(VerifyEvidence(example.scratch.anchors(), evidence, example.Ask(),
                                    example.scratch.now_ms(), Freshness::kCurrent)
                         .status()),
            "evidence_version");
}

TEST(Evidence, AClaimBeforeTheTreatmentIsNoQuestion) {
  const ExampleRegister example;
  Question question = example.Ask();
  question.claim_on = question.on.PlusDays(-1);
  EXPECT_EQ(ReasonOf(example.Check(question).status()), "question");
}

}  // namespace
}  // namespace bonafide::registry
