// The standing leg: is this person, under any number, barred? (docs/verdict.md)
#ifndef BONAFIDE_REGISTRY_LEG_STANDING_H_
#define BONAFIDE_REGISTRY_LEG_STANDING_H_

#include <vector>

#include "registry/inquiry.h"
#include "registry/verdict.h"

namespace bonafide::registry {

// The practitioner and every number that counting same-person events link it to, directly or
// through others, ascending.
std::vector<const Subject*> LinkedNumbers(const Subject& practitioner, const Effect& effect);

// Appends to `conditions` the sanctions in force that leave this treatment alone. Precondition: the
// inquiry has a practitioner.
Leg JudgeStanding(const Inquiry& inquiry, std::vector<Reason>& conditions);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_LEG_STANDING_H_
