// Steps 1 and 2 of checking evidence: the signed head and its state entry
// (docs/protocol.md, section 7).
#ifndef BONAFIDE_REGISTRY_EVIDENCE_HEAD_H_
#define BONAFIDE_REGISTRY_EVIDENCE_HEAD_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>

#include "merkle/checkpoint.h"
#include "registry/entry.h"
#include "registry/evidence.h"

namespace bonafide::registry {

// A head whose signature, policy, state entry and age were checked.
struct Head {
  merkle::Checkpoint checkpoint;
  StateEntry state;                      // the head's last leaf
  std::optional<int64_t> cosigned_at_s;  // when the policy asks for cosigners
};

// Errors as listed at VerifyEvidence for the note, the checkpoint, the policy and the head.
absl::StatusOr<Head> OpenHead(const TrustAnchors& anchors, const Evidence& evidence, int64_t now_ms,
                              Freshness freshness);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_EVIDENCE_HEAD_H_
