// Step 3 of checking evidence: the entries of each subject, in their order and in the state tree
// (docs/protocol.md, section 7).
#ifndef BONAFIDE_REGISTRY_EVIDENCE_ENTRIES_H_
#define BONAFIDE_REGISTRY_EVIDENCE_ENTRIES_H_

#include <absl/status/statusor.h>

#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "registry/entry.h"
#include "registry/evidence.h"
#include "registry/evidence_head.h"

namespace bonafide::registry {

// An entry of the set with the subjects that brought it. `bytes` points into the evidence.
struct Brought {
  std::string_view bytes;
  EventEntry entry;
  std::vector<SubjectNumber> by;
};
// All entries of the set, merged in log order.
using Entries = std::map<LogIndex, Brought>;

// Reads every subject of `evidence` under `head`. What it returns is what the register logged for
// each of them, all of it. Errors as listed at VerifyEvidence. `evidence` must outlive the result.
absl::StatusOr<Entries> ReadSubjects(const TrustAnchors& anchors, const Evidence& evidence,
                                     const Head& head);

// "subject 7", for messages.
std::string SubjectText(SubjectNumber number);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_EVIDENCE_ENTRIES_H_
