#include "client/wording.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <set>
#include <string>
#include <vector>

#include "client/lookup.h"
#include "client/verdict_json.h"
#include "registry/registration_number.h"
#include "registry/subject_set.h"
#include "tests/client/scratch_remote.h"
#include "tests/registry/example_register.h"

namespace bonafide::client {
namespace {

using registry::DayOf;
using registry::Outcome;
using registry::ReasonCode;
using ::testing::AllOf;
using ::testing::Contains;
using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

TEST(WordingTest, DaysInWords) {
  EXPECT_EQ(DayWords(DayOf("2026-05-03")), "3 May 2026");
  EXPECT_EQ(DayWords(DayOf("1999-12-31")), "31 December 1999");
  EXPECT_EQ(DayWords(DayOf("2024-02-29")), "29 February 2024");
}

TEST(WordingTest, TimesWithTheirZone) {
  EXPECT_EQ(TimeWords(0), "1 January 1970, 00:00 UTC");
  EXPECT_EQ(TimeWords(1'780'000'000'000), "28 May 2026, 20:26 UTC");
  EXPECT_EQ(TimeWords(1'780'012'799'999), "28 May 2026, 23:59 UTC");
  EXPECT_EQ(TimeWords(1'780'012'800'000), "29 May 2026, 00:00 UTC");
}

TEST(WordingTest, CodesAndAmounts) {
  EXPECT_EQ(CodeWords("scalp_micropigmentation"), "scalp micropigmentation");
  EXPECT_EQ(AmountWords("GBP", 100'000'000), "GBP 1,000,000.00");
  EXPECT_EQ(AmountWords("EUR", 99'905), "EUR 999.05");
  EXPECT_EQ(AmountWords("EUR", 7), "EUR 0.07");
}

// Every reason code has a sentence of its own, and none is a code.
TEST(WordingTest, EveryReasonHasWords) {
  const registry::SubjectSet nobody(0);
  std::set<std::string> seen;
  for (ReasonCode code : registry::AllReasonCodes()) {
    const std::string words =
        ReasonWords({code, std::nullopt, "2026-05-03"}, merkle::SubjectNumber{1}, nobody);
    EXPECT_EQ(words.find('_'), std::string::npos) << words;
    EXPECT_NE(words.back(), '.') << words;
    EXPECT_TRUE(seen.insert(words).second) << words;
  }
}

class AnswerTest : public ::testing::Test {
 protected:
  AnswerWords Words(const registry::Question& question, AnswerKind kind = AnswerKind::kNow) {
    const auto proven = register_.Check(question);
    EXPECT_TRUE(proven.ok()) << proven.status();
    return WordsOf(question, *proven, kind);
  }
  registry::Question Ask() const { return register_.Ask(); }

  registry::ExampleRegister register_;
};

TEST_F(AnswerTest, Yes) {
  const AnswerWords words = Words(Ask());
  EXPECT_THAT(words.headline,
              AllOf(StartsWith("YES: the papers filed for Zo\xC3\xAB Example-Jones ("),
                    HasSubstr("\"Example scheme\""),
                    HasSubstr("for scalp micropigmentation on 1 June 2026")));
  EXPECT_THAT(words.remarks, Contains("Weakest evidence: signed by the issuer"));
  EXPECT_THAT(words.remarks, Contains("As things are filed this holds until 31 December 2026"));
  EXPECT_THAT(words.remarks, Contains("Not a promise that a claim is paid"));
  EXPECT_THAT(words.remarks, Contains("Ask again on the day"));
  ASSERT_EQ(words.legs.size(), 5u);
  EXPECT_EQ(words.legs[1].outcome, "YES");
  EXPECT_THAT(words.legs[1].details,
              Contains(AllOf(HasSubstr("999/1234/4"), HasSubstr("15 March 2024"),
                             HasSubstr("[filed by Example Awards, 28 May 2026]"))));
  EXPECT_FALSE(words.legs[3].decides);
  EXPECT_THAT(words.as_of, HasSubstr("28 May 2026, 20:26 UTC"));
}

TEST_F(AnswerTest, ASavedYesIsNoCurrentOne) {
  const AnswerWords words = Words(Ask(), AnswerKind::kSaved);
  EXPECT_THAT(words.headline, StartsWith("YES as of 28 May 2026, 20:26 UTC: "));
  EXPECT_THAT(words.remarks, Contains(HasSubstr("not a current one")));
  EXPECT_THAT(words.remarks, Not(Contains("Ask again on the day")));
}

TEST_F(AnswerTest, NoSaysWhyFirst) {
  register_.scratch.File(
      register_.scratch.regulator(),
      registry::Sanction{registry::SanctionKind::kSuspension, DayOf("2026-05-28"), {}, {}},
      register_.practitioner);
  register_.scratch.File(
      register_.insurer,
      registry::Withdrawal{register_.insurance, {}, registry::WithdrawalReason::kUnpaid},
      register_.practitioner);
  register_.scratch.Publish();
  const AnswerWords words = Words(Ask());
  EXPECT_THAT(words.headline, AllOf(StartsWith("NO: "), HasSubstr("SUSPENDED (suspension from 28 "
                                                                  "May 2026)")));
  EXPECT_THAT(words.remarks, Not(Contains(HasSubstr("promise"))));
  EXPECT_THAT(words.legs[2].details, Contains(HasSubstr("was withdrawn from the start (unpaid)")));
}

TEST_F(AnswerTest, ASuspensionUnderAnotherNumberSaysWhich) {
  auto& scratch = register_.scratch;
  const registry::Party other = scratch.Register(register_.other_clinic, "Zoe Example");
  scratch.File(scratch.regulator(),
               registry::Sanction{registry::SanctionKind::kRemoval, DayOf("2026-05-28"), {}, {}},
               other);
  scratch.File(register_.registrar, registry::SamePerson{other.number, other.anchor},
               register_.practitioner);
  scratch.Publish();
  EXPECT_THAT(Words(Ask()).headline,
              AllOf(HasSubstr("REMOVED from the register"),
                    HasSubstr("other number " + registry::RegistrationNumber(other.number))));
}

TEST_F(AnswerTest, AWithdrawnCertificateSaysWhyAndSinceWhen) {
  const auto withdraw = [this](std::optional<registry::Day> from) {
    register_.scratch.File(
        register_.awarding_body,
        registry::Withdrawal{register_.training, from, registry::WithdrawalReason::kFraud},
        register_.practitioner);
    register_.scratch.Publish();
    return Words(Ask()).headline;
  };
  EXPECT_THAT(withdraw(DayOf("2026-05-30")),
              HasSubstr("the certificate was withdrawn from 30 May 2026 (fraud)"));
  EXPECT_THAT(withdraw(std::nullopt),
              HasSubstr("the certificate was withdrawn from the start (fraud)"));
}

TEST_F(AnswerTest, ASuspensionOutweighsThatThereAreNoRules) {
  register_.scratch.File(
      register_.scratch.regulator(),
      registry::Sanction{registry::SanctionKind::kSuspension, DayOf("2026-05-28"), {}, {}},
      register_.practitioner);
  register_.scratch.Publish();
  registry::Question question = Ask();
  question.treatment = "lip_pigmentation";
  EXPECT_THAT(Words(question).headline, AllOf(StartsWith("NO: "), HasSubstr(": SUSPENDED (")));
}

TEST_F(AnswerTest, ACancellationSaysSinceWhen) {
  register_.scratch.File(register_.insurer,
                         registry::Withdrawal{register_.insurance, DayOf("2026-05-30"),
                                              registry::WithdrawalReason::kUnpaid},
                         register_.practitioner);
  register_.scratch.Publish();
  EXPECT_THAT(Words(Ask()).headline,
              HasSubstr("the policy was cancelled from 30 May 2026 (unpaid)"));
}

TEST_F(AnswerTest, CannotSayTellsWhomToAsk) {
  register_.scratch.File(
      register_.insurer,
      registry::Withdrawal{register_.insurance, {}, registry::WithdrawalReason::kError},
      register_.practitioner);
  registry::Insurance seen = register_.Policy();
  seen.provenance.grade = registry::Grade::kDocumentSeen;
  seen.provenance.seen_on = DayOf("2026-05-20");
  register_.scratch.File(register_.other_clinic, seen, register_.practitioner);
  register_.scratch.Publish();
  const AnswerWords words = Words(Ask());
  EXPECT_THAT(words.headline, AllOf(StartsWith("CANNOT SAY: "), HasSubstr("ask Example Mutual")));
  EXPECT_THAT(words.remarks,
              Contains("Weakest evidence: paper seen, not confirmed with its issuer, 20 May 2026"));
}

TEST_F(AnswerTest, UnknownNumbersAndOtherSubjects) {
  registry::Question question = Ask();
  question.practitioner = merkle::SubjectNumber{4711};
  EXPECT_THAT(Words(question).headline, AllOf(StartsWith("NO: "), HasSubstr("number 0000-4711-30"),
                                              HasSubstr("not been given to anybody")));
  question.practitioner = register_.insurer.number;
  EXPECT_THAT(Words(question).headline, AllOf(StartsWith("NO: "), HasSubstr("Example Mutual")));
}

TEST_F(AnswerTest, WhatWasAskedStandsInTheAnswer) {
  registry::Question question = Ask();
  question.at = register_.clinic.number;
  question.under_18 = true;
  question.claim_on = DayOf("2026-07-01");
  EXPECT_THAT(Words(question).headline,
              AllOf(HasSubstr(" at Example Clinic North"), HasSubstr("a patient under 18"),
                    HasSubstr("claimed on 1 July 2026")));
}

TEST_F(AnswerTest, JsonHasTheSameAnswer) {
  const auto question = Ask();
  const auto proven = register_.Check(question);
  ASSERT_TRUE(proven.ok());
  const certs::Json json = VerdictJson(question, *proven, AnswerKind::kNow);
  EXPECT_EQ(*json.FindString("outcome"), "yes");
  EXPECT_EQ(json.FindBool("current"), true);
  EXPECT_EQ(*json.FindString("holds_until"), "2026-12-31");
  EXPECT_EQ(json.Find("legs")->items().size(), 5u);
  EXPECT_EQ(*json.Find("question")->FindString("on"), "2026-06-01");
  EXPECT_EQ(VerdictJson(question, *proven, AnswerKind::kSaved).FindBool("current"), false);
}

}  // namespace
}  // namespace bonafide::client
