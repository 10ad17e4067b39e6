// The disclosures of evidence, each the opening of one slot (docs/protocol.md, sections 2 and 7).
#ifndef BONAFIDE_REGISTRY_EVIDENCE_SLOTS_H_
#define BONAFIDE_REGISTRY_EVIDENCE_SLOTS_H_

#include <absl/status/status.h>

#include <string_view>
#include <vector>

#include "registry/evidence.h"
#include "registry/subject.h"

namespace bonafide::registry {

// Opens the disclosures of one subject ("D~D~") and adds what they prove to `slots`. Errors as
// listed at VerifyEvidence.
absl::Status OpenDisclosures(std::string_view joined, const Subject& subject,
                             std::vector<ProvenSlot>& slots);

// What `slots` say of the names of `practitioner`.
ProvenNames NamesIn(const std::vector<ProvenSlot>& slots, SubjectNumber practitioner);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_EVIDENCE_SLOTS_H_
