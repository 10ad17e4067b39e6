// Warnings: said beside an answer, never changing it (docs/verdict.md).
#ifndef BONAFIDE_REGISTRY_WARNINGS_H_
#define BONAFIDE_REGISTRY_WARNINGS_H_

#include <vector>

#include "registry/inquiry.h"
#include "registry/verdict.h"

namespace bonafide::registry {

// What to say about the records that `legs` rest on. Precondition: the inquiry has a practitioner.
std::vector<Reason> FindWarnings(const Inquiry& inquiry, const std::vector<Leg>& legs,
                                 const ProvenNames& names);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_WARNINGS_H_
