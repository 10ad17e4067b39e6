// What each type of event demands beside form, key and power (docs/protocol.md, section 8.4).
#ifndef BONAFIDE_REGISTRY_ADMISSION_RULE_H_
#define BONAFIDE_REGISTRY_ADMISSION_RULE_H_

#include <absl/status/status.h>

#include "registry/subject.h"

namespace bonafide::registry {

// Preconditions: the entry's subjects, anchor and key have been checked; `signer` is the
// organisation in `iss`. Errors as listed at Admit.
absl::Status CheckRule(const LoggedEvent& event, const Subject& signer, const World& world);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_ADMISSION_RULE_H_
