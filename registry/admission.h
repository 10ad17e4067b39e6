// Admission: may this event stand in the log? (docs/protocol.md, section 8)
//
// The register's sequencer, an auditor's replay and the check of one piece of evidence all ask
// here.
#ifndef BONAFIDE_REGISTRY_ADMISSION_H_
#define BONAFIDE_REGISTRY_ADMISSION_H_

#include <absl/status/status.h>

#include "registry/subject.h"

namespace bonafide::registry {

inline constexpr int64_t kIssuedAtPastMs = int64_t{7} * 24 * 3600 * 1000;
inline constexpr int64_t kIssuedAtFutureMs = int64_t{5} * 60 * 1000;
// Keys in all that an organisation may come to have by its own hand, and by that of its ancestors.
inline constexpr size_t kMaxOwnKeys = 32;
inline constexpr size_t kMaxKeys = 64;

enum class SignatureCheck {
  kVerify,
  kAlreadyVerified,  // only for a store that verified when it logged; never for evidence
};

// Whether `event` is admitted by a world that holds exactly what came before it. `event.subjects`
// is taken as the entry says and checked against the token.
//
// Errors (kFailedPrecondition unless noted), each naming the offending claim:
//   "entry_subjects"       the entry's subjects are not those the token asks for
//   "subject_unknown"      the subject, its anchor or a number it names is not there
//   "anchor_wrong"         `anchor` is not the identity of the subject's first event
//   "issuer_unknown"       `iss` is no organisation of the register
//   "key_unknown"          `kid` is no key of `iss`
//   "key_revoked"          it was revoked before
//   "token_signature_wrong" (kInvalidArgument) and the other reasons of certs/jws.h
//   "issued_at"            `iat` outside its window around the entry's time
//   "power_missing"        the signer does not hold the power the event needs
//   "rank"                 the signer's rank is not strictly lower, or it is no ancestor; or a new
//                          organisation would stand below kMaxRank
//   "kind"                 an organisation or subject of another kind is needed
//   "target"               the event named is not there or not of a kind that can be named
//   "already"              this thumbprint, scheme, revocation or withdrawal exists already, or as
//                          many keys as there may be
//   "cut"                  a cut after the own index, or by the organisation itself
//   "last_key"             the last standing key of subject 0
//   "replacement"          a replacement that changes what it must keep
//   "same_person"          both numbers equal, or not both practitioners
//   "genesis"              index 0 is not a genesis, or a genesis elsewhere
absl::Status Admit(const LoggedEvent& event, const World& world,
                   SignatureCheck signature = SignatureCheck::kVerify);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_ADMISSION_H_
