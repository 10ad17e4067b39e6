#include "registry/verdict.h"

#include <algorithm>
#include <utility>

#include "registry/finding.h"
#include "registry/inquiry.h"
#include "registry/leg_insurance.h"
#include "registry/leg_outcome.h"
#include "registry/leg_registration.h"
#include "registry/leg_standing.h"
#include "registry/leg_training.h"
#include "registry/warnings.h"

namespace bonafide::registry {
namespace {

// What the legs come to together. A sanction outlasts a register this version cannot read wholly;
// nothing else does.
Outcome Conclude(const std::vector<Leg>& legs, bool update_needed) {
  Outcome worst = Outcome::kYes;
  for (const Leg& leg : legs) {
    if (leg.decides) worst = std::max(worst, leg.outcome);
  }
  if (!update_needed) return worst;
  const bool barred = std::ranges::any_of(legs, [](const Leg& leg) {
    return leg.name == LegName::kStanding && leg.outcome == Outcome::kNo;
  });
  return barred ? Outcome::kNo : Outcome::kCannotSay;
}

}  // namespace

Verdict Judge(const Question& question, const Effect& effect, const ProvenNames& names,
              int64_t head_time_ms) {
  Verdict verdict;
  verdict.as_of_ms = std::min(effect.known_at_ms(), head_time_ms);
  verdict.as_of = Day::OfTime(verdict.as_of_ms);

  const Subject* practitioner = FindPractitioner(question.practitioner, effect);
  const Inquiry inquiry{question,
                        effect,
                        verdict.as_of,
                        practitioner,
                        practitioner != nullptr ? LinkedNumbers(*practitioner, effect)
                                                : std::vector<const Subject*>(),
                        FindRules(question, effect)};
  verdict.scheme = inquiry.rules.scheme;
  if (inquiry.rules.version != nullptr) verdict.scheme_version_from = inquiry.rules.version->from;
  verdict.update_needed =
      effect.update_needed() || inquiry.rules.missing == ReasonCode::kUpdateNeeded;
  if (verdict.update_needed) {
    verdict.reasons.push_back({ReasonCode::kUpdateNeeded, std::nullopt, ""});
  } else if (inquiry.rules.missing) {
    verdict.reasons.push_back({*inquiry.rules.missing, std::nullopt, ""});
  }

  const Leg registration = JudgeRegistration(question, effect);
  verdict.legs.push_back(registration);
  verdict.legs.push_back(JudgeTraining(inquiry, verdict.negatives));
  verdict.legs.push_back(JudgeInsurance(inquiry, LegName::kInsuranceOnDay, verdict.negatives));
  verdict.legs.push_back(JudgeInsurance(inquiry, LegName::kInsuranceIfClaimed, verdict.negatives));
  if (inquiry.practitioner != nullptr) {
    verdict.legs.push_back(JudgeStanding(inquiry, verdict.conditions));
    verdict.warnings = FindWarnings(inquiry, verdict.legs, names);
  } else {
    // Nothing is known of somebody who is not there, good or bad.
    verdict.legs.push_back(
        Unfounded(LegName::kStanding, Outcome::kCannotSay, registration.reasons.front().code));
  }

  verdict.outcome = Conclude(verdict.legs, verdict.update_needed);
  for (const Leg& leg : verdict.legs) {
    if (!leg.decides) continue;
    Lower(verdict.weakest_grade, leg.weakest_grade);
    if (verdict.outcome == Outcome::kYes) Earlier(verdict.holds_until, leg.holds_until);
  }
  return verdict;
}

std::string_view OutcomeName(Outcome outcome) {
  switch (outcome) {
    case Outcome::kYes:
      return "yes";
    case Outcome::kCannotSay:
      return "cannot_say";
    case Outcome::kNo:
      return "no";
  }
  return "";
}

std::string_view LegNameText(LegName name) {
  switch (name) {
    case LegName::kRegistration:
      return "registration";
    case LegName::kTraining:
      return "training";
    case LegName::kInsuranceOnDay:
      return "insurance_on_day";
    case LegName::kInsuranceIfClaimed:
      return "insurance_if_claimed";
    case LegName::kStanding:
      return "standing";
  }
  return "";
}

}  // namespace bonafide::registry
