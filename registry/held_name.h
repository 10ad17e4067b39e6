// The name that a practitioner bears on a day.
#ifndef BONAFIDE_REGISTRY_HELD_NAME_H_
#define BONAFIDE_REGISTRY_HELD_NAME_H_

#include <optional>
#include <string>
#include <vector>

#include "registry/effect.h"
#include "registry/evidence.h"
#include "registry/subject.h"

namespace bonafide::registry {

// Of the amendment with a name that holds on `day` and began last, else of the registration.
// Nothing where that one is withheld or erased: an older name would be a lie. Precondition:
// `practitioner` is of the world of `effect`.
std::optional<std::string> HeldName(const Effect& effect, const Subject& practitioner,
                                    const std::vector<ProvenSlot>& slots, Day day);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_HELD_NAME_H_
