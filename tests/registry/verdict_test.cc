// The verdict, through Judge(), as the table in verdict_cases.txt tells it.
#include "registry/verdict.h"

#include <gtest/gtest-spi.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <set>
#include <string>

#include "tests/registry/verdict_cases.h"
#include "tests/registry/verdict_facts.h"

namespace bonafide::registry {
namespace {

const std::vector<VerdictCase>& Cases() {
  static const auto* cases = new std::vector<VerdictCase>(
      ReadVerdictCases(BONAFIDE_SOURCE_DIR "/tests/registry/verdict_cases.txt"));
  return *cases;
}

std::string Joined(const std::vector<std::string>& lines) {
  std::string text;
  for (const std::string& line : lines) text += "  " + line + "\n";
  return text;
}

// What the table says at the least, and what it may add.
std::vector<std::string> AnswerTo(const VerdictCase& told) {
  const auto world = FileFacts(told.facts);
  const Verdict verdict = Ask(*world, QuestionOf(told.asked, *world));
  std::vector<std::string> words = InWords(verdict);
  for (const std::string& more : InMoreWords(verdict)) {
    const std::string verb = more.substr(0, more.find(' ')) + " ";
    const bool told_too = std::ranges::any_of(
        told.answer, [&verb](const std::string& line) { return line.starts_with(verb); });
    if (told_too) words.push_back(more);
  }
  return words;
}

TEST(VerdictTableTest, HasNoTwoCasesOfOneName) {
  std::set<std::string> names;
  for (const VerdictCase& told : Cases()) {
    EXPECT_TRUE(names.insert(told.name).second) << told.name;
  }
  EXPECT_GE(names.size(), 110U);
}

TEST(VerdictTableTest, EveryCaseIsAnsweredAsTold) {
  for (const VerdictCase& told : Cases()) {
    SCOPED_TRACE(told.name);
    EXPECT_EQ(Joined(AnswerTo(told)), Joined(told.answer));
  }
}

// A YES goes on being one up to the day it is said to hold, and no further by the same papers.
TEST(VerdictTableTest, EveryYesHoldsUntilTheDaySaid) {
  for (const VerdictCase& told : Cases()) {
    SCOPED_TRACE(told.name);
    const auto world = FileFacts(told.facts);
    Question question = QuestionOf(told.asked, *world);
    const Verdict verdict = Ask(*world, question);
    ASSERT_EQ(verdict.holds_until.has_value() && verdict.outcome != Outcome::kYes, false);
    if (verdict.outcome != Outcome::kYes) continue;
    const Day last_day = verdict.holds_until.value_or(question.on);
    for (; question.on <= last_day; question.on = question.on.PlusDays(1)) {
      if (question.claim_on && *question.claim_on < question.on) break;
      const Verdict later = Ask(*world, question);
      ASSERT_EQ(later.outcome, Outcome::kYes) << question.on.ToString();
      ASSERT_GE(later.holds_until, verdict.holds_until) << question.on.ToString();
    }
  }
}

// Nothing that is filed after the day up to which the register is asked changes the answer.
TEST(VerdictTableTest, WhatIsNotKnownYetChangesNothing) {
  for (const VerdictCase& told : Cases()) {
    SCOPED_TRACE(told.name);
    const auto world = FileFacts(told.facts);
    const Question question = QuestionOf(told.asked, *world);
    const auto before = InWords(Ask(*world, question));
    const Day late = DayIn("2090-01-01");
    world->Log({late, "the regulator", "Ada", ""},
               Sanction{SanctionKind::kRemoval, DayIn("2015-01-01"), std::nullopt, {}});
    world->Log({late, "the regulator", "the scheme", ""}, UnknownEvent{});
    EXPECT_EQ(Joined(InWords(Ask(*world, question))), Joined(before));
  }
}

TEST(VerdictTableTest, AMistakeInACaseIsNoticed) {
  const auto file = [](const std::string& line) { FileFacts({ReadVerdictLine(line)}); };
  EXPECT_NONFATAL_FAILURE(file("training  awardet 2019-11-20"), "awardet");
  EXPECT_NONFATAL_FAILURE(file("training  awarded 2019-11-31"), "no day");
  EXPECT_NONFATAL_FAILURE(file("sanktion  suspension, from 2025-01-01"), "sanktion");
}

TEST(VerdictTest, SaysWhichRulesItRead) {
  const auto world = FileFacts({});
  const Verdict verdict = Ask(*world, QuestionOf(ReadVerdictLine("asked on 2025-06-15"), *world));
  EXPECT_EQ(verdict.scheme, world->Number("the scheme"));
  EXPECT_EQ(verdict.scheme_version_from, DayIn("2020-01-01"));
  EXPECT_EQ(verdict.as_of, DayIn("2025-06-15"));
  ASSERT_EQ(verdict.legs.size(), 5U);
  for (size_t i = 0; i < verdict.legs.size(); ++i) {
    EXPECT_EQ(static_cast<size_t>(verdict.legs[i].name), i);
  }
}

TEST(VerdictTest, IsAsOfTheHeadWhereThatIsEarlier) {
  const auto world = FileFacts({});
  Question question = QuestionOf(ReadVerdictLine("asked on 2026-02-01"), *world);
  const int64_t head_ms = DayIn("2025-12-31").days_since_1970() * int64_t{86'400'000};
  const Verdict verdict = Judge(question, Effect(world->set(), *question.known_at_ms), {}, head_ms);
  EXPECT_EQ(verdict.as_of_ms, head_ms);
  EXPECT_EQ(verdict.as_of, DayIn("2025-12-31"));
  EXPECT_EQ(verdict.outcome, Outcome::kCannotSay);
}

TEST(VerdictTest, ShowsTheEvidenceOfEachLeg) {
  const auto world = FileFacts({});
  const Verdict verdict = Ask(*world, QuestionOf(ReadVerdictLine("asked on 2025-06-15"), *world));
  const Leg& training = verdict.legs[static_cast<size_t>(LegName::kTraining)];
  const LoggedEvent& filed = world->Labelled("T");
  ASSERT_EQ(training.rests_on.size(), 1U);
  EXPECT_EQ(training.rests_on[0].event, filed.event().id);
  EXPECT_EQ(training.rests_on[0].signer, world->Number("the awarding body"));
  EXPECT_EQ(training.rests_on[0].grade, Grade::kIssuerSigned);
  EXPECT_EQ(training.rests_on[0].logged_at_ms, filed.time_ms);
  EXPECT_EQ(training.rests_on[0].index, filed.index);
}

TEST(VerdictTest, NamesItsOutcomesAndLegs) {
  EXPECT_EQ(OutcomeName(Outcome::kYes), "yes");
  EXPECT_EQ(OutcomeName(Outcome::kCannotSay), "cannot_say");
  EXPECT_EQ(OutcomeName(Outcome::kNo), "no");
  EXPECT_EQ(LegNameText(LegName::kRegistration), "registration");
  EXPECT_EQ(LegNameText(LegName::kTraining), "training");
  EXPECT_EQ(LegNameText(LegName::kInsuranceOnDay), "insurance_on_day");
  EXPECT_EQ(LegNameText(LegName::kInsuranceIfClaimed), "insurance_if_claimed");
  EXPECT_EQ(LegNameText(LegName::kStanding), "standing");
}

}  // namespace
}  // namespace bonafide::registry
