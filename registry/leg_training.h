// The training leg: has this person the training the scheme asks for? (docs/verdict.md)
#ifndef BONAFIDE_REGISTRY_LEG_TRAINING_H_
#define BONAFIDE_REGISTRY_LEG_TRAINING_H_

#include <vector>

#include "registry/inquiry.h"
#include "registry/verdict.h"

namespace bonafide::registry {

// Appends to `negatives` what the papers filed are for instead.
Leg JudgeTraining(const Inquiry& inquiry, std::vector<Reason>& negatives);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_LEG_TRAINING_H_
