// The days of a policy: when it covers, and when a claim must be made.
#ifndef BONAFIDE_REGISTRY_POLICY_PERIOD_H_
#define BONAFIDE_REGISTRY_POLICY_PERIOD_H_

#include "registry/effect.h"
#include "registry/finding.h"

namespace bonafide::registry {

// Looks only at days. Both ends of every period are inclusive. `policy` must outlive it.
class PolicyPeriod {
 public:
  // Precondition: `holding` is not withdrawn from the start. `as_of` is the day up to which filings
  // are known: what lies after it and after the policy may yet be filed.
  PolicyPeriod(const Insurance& policy, const Holding& holding, Day as_of);

  // Whether a treatment on `day` falls within the policy: insurance_not_started, insurance_ended,
  // insurance_cancelled, insurance_not_renewed_yet.
  void CheckCover(Day day, Finding& finding) const;

  // For a claims-made policy: whether a claim made on `claim_on` for a treatment on `day` falls
  // within it. The reasons above but insurance_not_started, and retroactive_missing,
  // retroactive_after_day, claim_before_cover, claim_after_cover. Precondition: day <= claim_on.
  void CheckClaim(Day day, Day claim_on, Finding& finding) const;

 private:
  void CheckEnd(Day day, Finding& finding) const;
  void CheckRetroactive(Day day, Finding& finding) const;
  bool MayYetBeRenewed() const;

  const Insurance& policy_;
  Day as_of_;
  bool cancelled_ = false;
  Day end_;  // the last day of cover
  std::string cancellation_;
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_POLICY_PERIOD_H_
