// What a policy covers, where, with whom and by whom: the checks that do not look at its days.
#ifndef BONAFIDE_REGISTRY_COVER_CHECK_H_
#define BONAFIDE_REGISTRY_COVER_CHECK_H_

#include "registry/finding.h"
#include "registry/inquiry.h"

namespace bonafide::registry {

// Precondition of all: the inquiry has a practitioner and a version of the rules; `policy` is the
// record of `finding`.

// The treatment, its exclusions, the territory, and every section the scheme requires, in this one
// policy.
void CheckCover(const Inquiry& inquiry, const Insurance& policy, Finding& finding);

// A policy that covers only while working for a clinic: covered_only_at_clinic,
// insurance_only_at_other_clinic, affiliation_missing, affiliation_unconfirmed.
void CheckWorkplace(const Inquiry& inquiry, const Insurance& policy, Finding& finding);

// The insurer, and a coverholder that signed for it, stand on `day` for every required section:
// insurer_not_standing.
void CheckInsurer(const Inquiry& inquiry, const Insurance& policy, Day day, Finding& finding);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_COVER_CHECK_H_
