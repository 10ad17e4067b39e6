// The two insurance legs: is there cover on the day of the treatment, and would a claim made on
// another day find it? (docs/verdict.md)
#ifndef BONAFIDE_REGISTRY_LEG_INSURANCE_H_
#define BONAFIDE_REGISTRY_LEG_INSURANCE_H_

#include <vector>

#include "registry/inquiry.h"
#include "registry/verdict.h"

namespace bonafide::registry {

// `name` is kInsuranceOnDay or kInsuranceIfClaimed. The second decides only when the question names
// a claim day; otherwise it informs, for a claim made on the day of the treatment. Appends to
// `negatives` what the policies do not cover.
Leg JudgeInsurance(const Inquiry& inquiry, LegName name, std::vector<Reason>& negatives);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_LEG_INSURANCE_H_
