#include "registry/leg_insurance.h"

#include <algorithm>

#include "registry/cover_check.h"
#include "registry/finding.h"
#include "registry/leg_outcome.h"
#include "registry/policy_period.h"
#include "registry/provenance_check.h"

namespace bonafide::registry {
namespace {

Finding JudgePolicy(const Inquiry& inquiry, LegName name, const LoggedEvent& record) {
  Finding finding(record);
  const Holding holding = inquiry.effect.HoldingOf(*inquiry.practitioner, record);
  if (holding.never) {
    finding.No(ReasonCode::kInsuranceWithdrawn, DetailOf(holding));
    return finding;
  }
  const Insurance& policy = *record.As<Insurance>();
  const Question& question = inquiry.question;
  const PolicyPeriod period(policy, holding, inquiry.as_of);
  const bool for_claim = name == LegName::kInsuranceIfClaimed && policy.basis == Basis::kClaimsMade;
  Day called_on = question.on;
  if (for_claim) {
    period.CheckClaim(question.on, question.claim_on.value_or(question.on), finding);
    called_on = std::max(called_on, policy.from);
  } else {
    period.CheckCover(question.on, finding);
  }
  CheckCover(inquiry, policy, finding);
  CheckWorkplace(inquiry, policy, finding);
  CheckInsurer(inquiry, policy, called_on, finding);
  CheckProvenance(inquiry, policy.provenance, InsuranceDemand(*inquiry.rules.version), finding);
  return finding;
}

}  // namespace

Leg JudgeInsurance(const Inquiry& inquiry, LegName name, std::vector<Reason>& negatives) {
  const bool decides = name == LegName::kInsuranceOnDay || inquiry.question.claim_on.has_value();
  const auto because = [name, decides](Outcome outcome, ReasonCode code) {
    Leg leg = Unfounded(name, outcome, code);
    leg.decides = decides;
    return leg;
  };
  if (inquiry.practitioner == nullptr) return because(Outcome::kNo, ReasonCode::kInsuranceNone);
  if (inquiry.rules.missing) return because(Outcome::kCannotSay, *inquiry.rules.missing);

  std::vector<Finding> findings;
  for (const LoggedEventPtr& event : inquiry.practitioner->events()) {
    if (event->As<Insurance>() != nullptr && inquiry.effect.Counts(*event)) {
      findings.push_back(JudgePolicy(inquiry, name, *event));
    }
  }
  if (findings.empty()) return because(Outcome::kNo, ReasonCode::kInsuranceNone);
  SortBestFirst(findings);

  // Of a policy that answers, what it leaves out; when none does, what each leaves out.
  const bool answered = findings.front().outcome() != Outcome::kNo;
  for (const Finding& finding : findings) {
    for (const Reason& negative : finding.negatives()) AddOnce(negatives, negative);
    if (answered) break;
  }
  LegOutcome outcome(name);
  outcome.Add(findings);
  Leg leg = std::move(outcome).Finish(inquiry.rules.holds_until);
  leg.decides = decides;
  return leg;
}

}  // namespace bonafide::registry
