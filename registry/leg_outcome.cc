#include "registry/leg_outcome.h"

#include <algorithm>
#include <utility>

namespace bonafide::registry {

Leg Unfounded(LegName name, Outcome outcome, ReasonCode code) {
  return {.name = name, .outcome = outcome, .reasons = {{code, std::nullopt, ""}}};
}

void LegOutcome::Worsen(Outcome outcome) {
  if (outcome <= leg_.outcome) return;
  leg_.outcome = outcome;
  leg_.reasons.clear();
}

void LegOutcome::Add(const std::vector<Finding>& findings) {
  const Finding& best = findings.front();
  Worsen(best.outcome());
  if (best.outcome() == leg_.outcome) {
    for (const Finding& finding : findings) {
      if (finding.outcome() != leg_.outcome) continue;
      for (const Reason& reason : finding.reasons()) AddOnce(leg_.reasons, reason);
    }
  }
  if (best.outcome() == Outcome::kNo) return;
  for (const LoggedEvent* event : best.rests_on()) {
    const Evidenced evidenced = EvidencedBy(*event);
    const bool there = std::ranges::any_of(leg_.rests_on, [&evidenced](const Evidenced& other) {
      return other.event == evidenced.event;
    });
    if (!there) leg_.rests_on.push_back(evidenced);
  }
  Earlier(leg_.holds_until, best.holds_until());
}

void LegOutcome::AddNo(const std::vector<Reason>& reasons) {
  Worsen(Outcome::kNo);
  for (const Reason& reason : reasons) AddOnce(leg_.reasons, reason);
}

Leg LegOutcome::Finish(std::optional<Day> bound) && {
  Earlier(leg_.holds_until, bound);
  if (leg_.outcome != Outcome::kYes) leg_.holds_until.reset();
  if (leg_.outcome == Outcome::kNo) leg_.rests_on.clear();
  for (const Evidenced& evidenced : leg_.rests_on) Lower(leg_.weakest_grade, evidenced.grade);
  return std::move(leg_);
}

}  // namespace bonafide::registry
