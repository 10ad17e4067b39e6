#include "registry/policy_period.h"

#include <algorithm>

#include "registry/provenance_check.h"

namespace bonafide::registry {

PolicyPeriod::PolicyPeriod(const Insurance& policy, const Holding& holding, Day as_of)
    : policy_(policy), as_of_(as_of), end_(policy.until) {
  if (holding.from && *holding.from <= policy.until) {
    cancelled_ = true;
    end_ = holding.from->PlusDays(-1);
    cancellation_ = DetailOf(holding);
  }
}

// Whether a day after the policy lies beyond what can be filed: it had not run out when all this
// was known.
bool PolicyPeriod::MayYetBeRenewed() const { return !cancelled_ && as_of_ <= end_; }

void PolicyPeriod::CheckEnd(Day day, Finding& finding) const {
  finding.HoldsUntil(end_);
  // Cancelled from its first day or earlier it was never in force, whatever may be reported late.
  const bool never_in_force = end_ < policy_.from;
  if (day <= end_ && !never_in_force) return;
  if (cancelled_) {
    finding.No(ReasonCode::kInsuranceCancelled, cancellation_);
  } else if (MayYetBeRenewed()) {
    finding.CannotSay(ReasonCode::kInsuranceNotRenewedYet, end_.ToString());
  } else {
    finding.No(ReasonCode::kInsuranceEnded, end_.ToString());
  }
}

void PolicyPeriod::CheckCover(Day day, Finding& finding) const {
  if (day < policy_.from) {
    finding.No(ReasonCode::kInsuranceNotStarted, policy_.from.ToString());
  }
  CheckEnd(day, finding);
}

void PolicyPeriod::CheckRetroactive(Day day, Finding& finding) const {
  if (!policy_.retroactive) {
    if (day < policy_.from) finding.CannotSay(ReasonCode::kRetroactiveMissing);
  } else if (!policy_.retroactive->unlimited && day < policy_.retroactive->since) {
    finding.No(ReasonCode::kRetroactiveAfterDay, policy_.retroactive->since.ToString());
  }
}

void PolicyPeriod::CheckClaim(Day day, Day claim_on, Finding& finding) const {
  CheckRetroactive(day, finding);
  CheckEnd(day, finding);
  if (claim_on < policy_.from) {
    finding.No(ReasonCode::kClaimBeforeCover, policy_.from.ToString());
    return;
  }
  const Day last_claim = std::max(end_, policy_.extended_until.value_or(end_));
  if (claim_on <= last_claim) return;
  if (MayYetBeRenewed()) {
    finding.CannotSay(ReasonCode::kInsuranceNotRenewedYet, last_claim.ToString());
  } else {
    finding.No(ReasonCode::kClaimAfterCover, last_claim.ToString());
  }
}

}  // namespace bonafide::registry
