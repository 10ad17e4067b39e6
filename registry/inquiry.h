// One question being judged: what every leg of the verdict looks at.
#ifndef BONAFIDE_REGISTRY_INQUIRY_H_
#define BONAFIDE_REGISTRY_INQUIRY_H_

#include <vector>

#include "registry/effect.h"
#include "registry/question.h"
#include "registry/rules_in_force.h"

namespace bonafide::registry {

struct Inquiry {
  const Question& question;
  const Effect& effect;
  Day as_of;  // the UTC day of what was known
  // The person asked for; nullptr unless the number is that of a practitioner and counts.
  const Subject* practitioner = nullptr;
  // All numbers of that person (LinkedNumbers), the one asked for among them; empty without one.
  std::vector<const Subject*> person;
  RulesInForce rules;
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_INQUIRY_H_
