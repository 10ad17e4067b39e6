// How well a record is known, against what the scheme asks: the checks that training and insurance
// share.
#ifndef BONAFIDE_REGISTRY_PROVENANCE_CHECK_H_
#define BONAFIDE_REGISTRY_PROVENANCE_CHECK_H_

#include <optional>
#include <string>

#include "registry/finding.h"
#include "registry/inquiry.h"

namespace bonafide::registry {

// What a leg of a scheme version asks of the way a record is known.
struct ProvenanceDemand {
  Grade lowest = Grade::kIssuerConfirmed;
  std::optional<int> max_age_days;
  bool own_clinic_may_attest = false;
};
ProvenanceDemand TrainingDemand(const SchemeVersion& version);
ProvenanceDemand InsuranceDemand(const SchemeVersion& version);

// Adds to `finding` what its record lacks: grade_too_low, confirmation_too_old,
// attested_by_own_clinic. Precondition: the inquiry has a practitioner.
void CheckProvenance(const Inquiry& inquiry, const Provenance& provenance,
                     const ProvenanceDemand& demand, Finding& finding);

// How a withdrawal reads in the detail of a reason: its reason, and the day unless from the start.
std::string DetailOf(const Holding& holding);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_PROVENANCE_CHECK_H_
