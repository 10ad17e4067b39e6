#include <algorithm>
#include <string>

#include "client/lookup.h"
#include "client/wording.h"
#include "registry/registration_number.h"

namespace bonafide::client {
namespace {

using registry::Outcome;
using registry::Proven;
using registry::Question;

const registry::Provenance* ProvenanceOf(const registry::LoggedEvent& event) {
  if (const auto* training = event.As<registry::Training>()) return &training->provenance;
  if (const auto* policy = event.As<registry::Insurance>()) return &policy->provenance;
  return nullptr;
}

std::string Who(const Question& question, const Proven& proven) {
  const std::string number = registry::RegistrationNumber(question.practitioner);
  const auto name = ProvenName(proven, question.practitioner);
  if (name) return *name + " (" + number + ")";
  const registry::Subject* subject = proven.world->Find(question.practitioner);
  if (subject == nullptr) return "number " + number;
  if (!subject->name().empty()) return std::string(subject->name()) + " (" + number + ")";
  return "number " + number + " (name withheld)";
}

std::string What(const Question& question, const Proven& proven) {
  std::string text = CodeWords(question.treatment) + " on " + DayWords(question.on);
  if (question.at) text += " at " + NameWords(*proven.world, *question.at);
  if (question.under_18) text += " for a patient under 18";
  if (question.claim_on) text += ", claimed on " + DayWords(*question.claim_on);
  return text;
}

// The first thing that decided, for the headline.
std::string Because(const Question& question, const Proven& proven) {
  const auto& verdict = proven.verdict;
  if (verdict.outcome != Outcome::kNo && !verdict.reasons.empty()) {
    return ReasonWords(verdict.reasons.front(), question.practitioner, *proven.world);
  }
  // A sanction outweighs all else that is wrong.
  for (const bool standing_first : {true, false}) {
    for (const registry::Leg& leg : verdict.legs) {
      const bool standing = leg.name == registry::LegName::kStanding;
      if (leg.decides && leg.outcome == verdict.outcome && standing == standing_first &&
          !leg.reasons.empty()) {
        return ReasonWords(leg.reasons.front(), question.practitioner, *proven.world);
      }
    }
  }
  return verdict.reasons.empty()
             ? ""
             : ReasonWords(verdict.reasons.front(), question.practitioner, *proven.world);
}

std::string Headline(const Question& question, const Proven& proven, AnswerKind kind) {
  const auto& verdict = proven.verdict;
  const std::string as_of =
      kind == AnswerKind::kSaved ? " as of " + TimeWords(verdict.as_of_ms) : "";
  const std::string who = Who(question, proven);
  const std::string what = What(question, proven);
  const std::string scheme =
      verdict.scheme ? "\"" + NameWords(*proven.world, *verdict.scheme) + "\"" : "the rules";
  const std::string because = Because(question, proven);
  switch (verdict.outcome) {
    case Outcome::kYes:
      return "YES" + as_of + ": the papers filed for " + who + " meet " + scheme + " for " + what;
    case Outcome::kCannotSay:
      return "CANNOT SAY" + as_of + ": whether the papers filed for " + who + " meet " + scheme +
             " for " + what + ": " + because;
    case Outcome::kNo:
      break;
  }
  return "NO" + as_of + ": the papers filed for " + who + " do not meet " + scheme + " for " +
         what + ": " + because;
}

// When somebody last looked at the weakest of what the answer rests on: the earliest such day.
std::string LastCheckedWords(const Question& question, const Proven& proven) {
  std::optional<registry::Day> earliest;
  for (const registry::Leg& leg : proven.verdict.legs) {
    if (!leg.decides) continue;
    for (const registry::Evidenced& record : leg.rests_on) {
      if (record.grade != proven.verdict.weakest_grade) continue;
      const auto* event = FindRecord(*proven.world, question.practitioner, record.event);
      const registry::Provenance* how = event == nullptr ? nullptr : ProvenanceOf(*event);
      if (how == nullptr) continue;
      const auto day = how->confirmed ? std::optional(how->confirmed->on) : how->seen_on;
      if (day && (!earliest || *day < *earliest)) earliest = day;
    }
  }
  return earliest ? ", " + DayWords(*earliest) : "";
}

std::vector<std::string> Remarks(const Question& question, const Proven& proven, AnswerKind kind) {
  const auto& verdict = proven.verdict;
  std::vector<std::string> remarks;
  if (verdict.weakest_grade && verdict.outcome != Outcome::kNo) {
    remarks.push_back("Weakest evidence: " + std::string(GradeWords(*verdict.weakest_grade)) +
                      LastCheckedWords(question, proven));
  }
  if (verdict.outcome == Outcome::kYes) {
    if (verdict.holds_until) {
      remarks.push_back("As things are filed this holds until " + DayWords(*verdict.holds_until));
    }
    remarks.emplace_back("Not a promise that a claim is paid");
    if (kind == AnswerKind::kSaved) {
      remarks.emplace_back("This is a saved answer, not a current one: ask the register again");
    } else if (question.on > verdict.as_of) {
      remarks.emplace_back("Ask again on the day");
    }
  }
  if (question.known_at_ms) {
    remarks.push_back("As the register knew it on " + TimeWords(verdict.as_of_ms));
  }
  return remarks;
}

AnswerWords::LegLine LineOf(const registry::Leg& leg, const Question& question,
                            const Proven& proven) {
  AnswerWords::LegLine line{LegWords(leg.name), OutcomeWords(leg.outcome), leg.decides, {}};
  if (leg.outcome == Outcome::kYes) {
    for (const registry::Evidenced& record : leg.rests_on) {
      if (const auto* event = FindRecord(*proven.world, question.practitioner, record.event)) {
        line.details.push_back(EventWords(*event, *proven.world) +
                               FiledWords(record, *proven.world));
      }
    }
    if (leg.name == registry::LegName::kStanding && line.details.empty()) {
      line.details.emplace_back("no sanction is filed for that day");
    }
    return line;
  }
  for (const registry::Reason& reason : leg.reasons) {
    line.details.push_back(ReasonWords(reason, question.practitioner, *proven.world));
  }
  return line;
}

bool IsSaid(const AnswerWords& words, const std::string& text) {
  const auto has = [&text](const std::vector<std::string>& lines) {
    return std::find(lines.begin(), lines.end(), text) != lines.end();
  };
  return has(words.warnings) ||
         std::any_of(words.legs.begin(), words.legs.end(),
                     [&has](const AnswerWords::LegLine& leg) { return has(leg.details); });
}

}  // namespace

AnswerWords WordsOf(const Question& question, const Proven& proven, AnswerKind kind) {
  const auto& verdict = proven.verdict;
  AnswerWords words;
  words.headline = Headline(question, proven, kind);
  words.remarks = Remarks(question, proven, kind);
  for (const registry::Leg& leg : verdict.legs) {
    words.legs.push_back(LineOf(leg, question, proven));
  }
  for (const auto* list : {&verdict.negatives, &verdict.conditions, &verdict.warnings}) {
    for (const registry::Reason& reason : *list) {
      std::string text = ReasonWords(reason, question.practitioner, *proven.world);
      if (!IsSaid(words, text)) words.warnings.push_back(std::move(text));
    }
  }
  words.as_of = "Proven by " + proven.checkpoint.origin + " under its signed head of " +
                std::to_string(proven.checkpoint.size.value) + " entries, " +
                TimeWords(proven.head_time_ms);
  if (proven.cosigned_at_s) {
    words.as_of += ", cosigned " + TimeWords(*proven.cosigned_at_s * 1000);
  }
  return words;
}

}  // namespace bonafide::client
