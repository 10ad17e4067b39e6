#include "proto/verdict_codec.h"

#include <gtest/gtest.h>

namespace bonafide::proto {
namespace {

using registry::Day;
using registry::Grade;

TEST(VerdictCodec, SaysEverythingTheVerdictSays) {
  registry::Evidenced record;
  record.event.digest = Sha256("event");
  record.signer = registry::SubjectNumber{3};
  record.grade = Grade::kIssuerConfirmed;
  record.logged_at_ms = 1000;
  record.index = registry::LogIndex{17};

  registry::Reason reason{registry::ReasonCode{}, record, "detail"};
  registry::Leg leg;
  leg.name = registry::LegName::kInsuranceIfClaimed;
  leg.outcome = registry::Outcome::kCannotSay;
  leg.decides = false;
  leg.reasons = {reason};
  leg.rests_on = {record};
  leg.weakest_grade = Grade::kSelfDeclared;
  leg.holds_until = *Day::Parse("2026-12-31");

  registry::Verdict verdict;
  verdict.outcome = registry::Outcome::kYes;
  verdict.legs = {leg, {}};
  verdict.warnings = {reason};
  verdict.negatives = {reason, reason};
  verdict.conditions = {reason, reason, reason};
  verdict.weakest_grade = Grade::kIssuerSigned;
  verdict.holds_until = *Day::Parse("2027-01-01");
  verdict.update_needed = true;
  verdict.scheme = registry::SubjectNumber{0};
  verdict.scheme_version_from = *Day::Parse("2025-01-01");
  verdict.as_of = *Day::Parse("2026-05-03");
  verdict.as_of_ms = 5;

  const v1::Verdict message = VerdictToProto(verdict);
  EXPECT_EQ(message.outcome(), v1::OUTCOME_YES);
  ASSERT_EQ(message.legs_size(), 2);
  EXPECT_EQ(message.legs(0).name(), v1::LEG_NAME_INSURANCE_IF_CLAIMED);
  EXPECT_EQ(message.legs(0).outcome(), v1::OUTCOME_CANNOT_SAY);
  EXPECT_FALSE(message.legs(0).decides());
  ASSERT_EQ(message.legs(0).reasons_size(), 1);
  EXPECT_EQ(message.legs(0).reasons(0).code(), registry::ReasonCodeText(reason.code));
  EXPECT_EQ(message.legs(0).reasons(0).detail(), "detail");
  const v1::FiledRecord& filed = message.legs(0).reasons(0).record();
  EXPECT_EQ(filed.event_id(), record.event.ToString());
  EXPECT_EQ(filed.signer(), 3u);
  EXPECT_EQ(filed.grade(), v1::GRADE_ISSUER_CONFIRMED);
  EXPECT_EQ(filed.logged_at_ms(), 1000);
  EXPECT_EQ(filed.index(), 17u);
  ASSERT_EQ(message.legs(0).rests_on_size(), 1);
  EXPECT_EQ(message.legs(0).weakest_grade(), v1::GRADE_SELF_DECLARED);
  EXPECT_EQ(message.legs(0).holds_until(), "2026-12-31");
  EXPECT_EQ(message.legs(1).name(), v1::LEG_NAME_REGISTRATION);
  EXPECT_EQ(message.legs(1).outcome(), v1::OUTCOME_NO);
  EXPECT_TRUE(message.legs(1).decides());
  EXPECT_EQ(message.legs(1).weakest_grade(), v1::GRADE_UNSPECIFIED);
  EXPECT_EQ(message.legs(1).holds_until(), "");
  EXPECT_EQ(message.warnings_size(), 1);
  EXPECT_EQ(message.negatives_size(), 2);
  EXPECT_EQ(message.conditions_size(), 3);
  EXPECT_EQ(message.weakest_grade(), v1::GRADE_ISSUER_SIGNED);
  EXPECT_EQ(message.holds_until(), "2027-01-01");
  EXPECT_TRUE(message.update_needed());
  EXPECT_TRUE(message.has_scheme());
  EXPECT_EQ(message.scheme(), 0u);
  EXPECT_EQ(message.scheme_version_from(), "2025-01-01");
  EXPECT_EQ(message.as_of(), "2026-05-03");
  EXPECT_EQ(message.as_of_ms(), 5);
}

TEST(VerdictCodec, NamesEveryLeg) {
  for (int name = 0; name <= static_cast<int>(registry::LegName::kStanding); ++name) {
    registry::Verdict verdict;
    verdict.legs.emplace_back().name = static_cast<registry::LegName>(name);
    EXPECT_EQ(VerdictToProto(verdict).legs(0).name(), name + 1);
  }
}

}  // namespace
}  // namespace bonafide::proto
