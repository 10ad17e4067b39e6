#include "tests/registry/verdict_cases.h"

#include <gtest/gtest.h>

#include <algorithm>
#include <fstream>
#include <string_view>

#include "registry/vocabulary.h"

namespace bonafide::registry {
namespace {

constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;

bool IsAnswer(const std::string& verb) {
  static const std::vector<std::string> kVerbs = {"answer", "because",   "besides", "shown",
                                                  "warned", "condition", "weakest", "informed"};
  return std::ranges::find(kVerbs, verb) != kVerbs.end();
}

std::string OutcomeInWords(Outcome outcome) {
  switch (outcome) {
    case Outcome::kYes:
      return "YES";
    case Outcome::kCannotSay:
      return "CANNOT SAY";
    case Outcome::kNo:
      return "NO";
  }
  return "";
}

std::string Codes(const std::vector<Reason>& reasons) {
  std::string text;
  for (const Reason& reason : reasons) {
    if (!text.empty()) text += ", ";
    text += ReasonCodeText(reason.code);
    if (!reason.detail.empty()) text += " (" + reason.detail + ")";
  }
  return text;
}

std::string LegInWords(const Leg& leg) {
  std::string text = std::string(LegNameText(leg.name)) + " is " + OutcomeInWords(leg.outcome);
  if (!leg.reasons.empty()) text += ": " + Codes(leg.reasons);
  return text;
}

}  // namespace

std::vector<VerdictCase> ReadVerdictCases(const std::string& path) {
  std::vector<VerdictCase> cases;
  std::ifstream file(path);
  EXPECT_TRUE(file.is_open()) << path;
  std::string chapter;
  for (std::string text; std::getline(file, text);) {
    if (text.empty()) continue;
    if (text.starts_with("# ")) {
      chapter = text.substr(2);
      continue;
    }
    if (text.front() != ' ') {
      cases.push_back({chapter, text, {}, {}, {}});
      continue;
    }
    if (cases.empty()) {
      ADD_FAILURE() << "a line before the first case: " << text;
      continue;
    }
    VerdictLine line = ReadVerdictLine(text);
    if (line.verb == "asked") {
      cases.back().asked = line;
    } else if (IsAnswer(line.verb)) {
      cases.back().answer.push_back(line.verb + " " + line.rest);
    } else {
      cases.back().facts.push_back(line);
    }
  }
  return cases;
}

Question QuestionOf(const VerdictLine& asked, const VerdictRegister& world) {
  Question question;
  question.practitioner = world.Number("Ada");
  question.treatment = kTreatment;
  question.territory = kTerritory;
  std::optional<Day> known;
  DoPhrases(asked.phrases,
            {{"on", [&](const std::string& day) { question.on = DayIn(day); }},
             {"claim on", [&](const std::string& day) { question.claim_on = DayIn(day); }},
             {"at", [&](const std::string& who) { question.at = world.Number(who); }},
             {"under 18", [&](const std::string&) { question.under_18 = true; }},
             {"known", [&](const std::string& day) { known = DayIn(day); }},
             {"for", [&](const std::string& what) { question.treatment = what; }},
             {"in", [&](const std::string& where) { question.territory = where; }},
             {"about", [&](const std::string& who) { question.practitioner = world.Number(who); }},
             {"about number", [&](const std::string& number) {
                question.practitioner = {static_cast<uint64_t>(NumberIn(number))};
              }}});
  const Day last_day = known.value_or(question.on);
  question.known_at_ms = (int64_t{last_day.days_since_1970()} + 1) * kDayMs - 1;
  return question;
}

Verdict Ask(const VerdictRegister& world, const Question& question) {
  const Effect effect(world.set(), *question.known_at_ms);
  const int64_t head_time_ms = DayIn("2099-12-31").days_since_1970() * kDayMs;
  return Judge(question, effect, world.names, head_time_ms);
}

std::vector<std::string> InWords(const Verdict& verdict) {
  std::vector<std::string> lines = {"answer " + OutcomeInWords(verdict.outcome)};
  if (verdict.holds_until) {
    lines[0] += " until " + verdict.holds_until->ToString();
  } else if (verdict.outcome == Outcome::kYes) {
    lines[0] += " without end";
  }
  for (const Leg& leg : verdict.legs) {
    if (leg.decides && leg.outcome != Outcome::kYes) lines.push_back("because " + LegInWords(leg));
  }
  const auto say = [&lines](const char* verb, const std::vector<Reason>& reasons) {
    if (!reasons.empty()) lines.push_back(std::string(verb) + " " + Codes(reasons));
  };
  say("besides", verdict.reasons);
  say("shown", verdict.negatives);
  say("condition", verdict.conditions);
  say("warned", verdict.warnings);
  return lines;
}

std::vector<std::string> InMoreWords(const Verdict& verdict) {
  std::vector<std::string> lines;
  if (verdict.weakest_grade) {
    lines.push_back("weakest " + std::string(WordOf(*verdict.weakest_grade)));
  }
  for (const Leg& leg : verdict.legs) {
    if (!leg.decides) lines.push_back("informed " + LegInWords(leg));
  }
  return lines;
}

}  // namespace bonafide::registry
