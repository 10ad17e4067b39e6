// The registration leg: is there such a person on the register at all? (docs/verdict.md)
#ifndef BONAFIDE_REGISTRY_LEG_REGISTRATION_H_
#define BONAFIDE_REGISTRY_LEG_REGISTRATION_H_

#include "registry/effect.h"
#include "registry/question.h"
#include "registry/verdict.h"

namespace bonafide::registry {

// The practitioner `number` as known to `effect`, or nullptr when the number was not given by then,
// is no practitioner's, or its registration is void.
const Subject* FindPractitioner(SubjectNumber number, const Effect& effect);

Leg JudgeRegistration(const Question& question, const Effect& effect);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_LEG_REGISTRATION_H_
