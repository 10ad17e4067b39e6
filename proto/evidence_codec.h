// Evidence between the API and the domain.
#ifndef BONAFIDE_PROTO_EVIDENCE_CODEC_H_
#define BONAFIDE_PROTO_EVIDENCE_CODEC_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>

#include "bonafide/v1/evidence.pb.h"
#include "registry/evidence.h"

namespace bonafide::proto {

// Where a client keeps the entries it told the server it has.
class KnownEntries {
 public:
  virtual ~KnownEntries() = default;
  // The first `count` entries of `subject`, each behind its length as in SubjectEvidence::entries.
  // An error when they are not all there.
  virtual absl::StatusOr<std::string> First(registry::SubjectNumber subject,
                                            uint64_t count) const = 0;
};

// The complete evidence, ready for registry::VerifyEvidence, which checks what is in it; here only
// what would not survive the translation. Entries left out are taken from `known`; without it none
// may be. Errors: "evidence_incomplete", "evidence_too_large" (more subjects or bytes than
// registry/evidence.h allows), and those of `known`.
absl::StatusOr<registry::Evidence> EvidenceFromProto(v1::Evidence message,
                                                     const KnownEntries* known = nullptr);

v1::Evidence EvidenceToProto(const registry::Evidence& evidence);

}  // namespace bonafide::proto

#endif  // BONAFIDE_PROTO_EVIDENCE_CODEC_H_
