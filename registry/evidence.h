// Evidence: an answer that can be checked, and the one pure function that checks it
// (docs/protocol.md, section 7).
#ifndef BONAFIDE_REGISTRY_EVIDENCE_H_
#define BONAFIDE_REGISTRY_EVIDENCE_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "certs/note.h"
#include "merkle/checkpoint.h"
#include "merkle/policy.h"
#include "registry/entry.h"
#include "registry/question.h"
#include "registry/subject_set.h"
#include "registry/verdict.h"

namespace bonafide::registry {

inline constexpr uint32_t kEvidenceVersion = 1;
inline constexpr size_t kMaxEvidenceBytes = 32u << 20;  // all byte strings together
inline constexpr size_t kMaxEntriesPerSubject = 2048;
inline constexpr size_t kMaxEntriesOfSubjectZero = 16384;  // it lists all schemes

struct SubjectEvidence {
  SubjectNumber number;
  std::string entries;      // (u16 length, entry) ..., as stored
  std::string disclosures;  // "D~D~", in entry order then slot order
  std::string proof;        // state tree, 32-byte hashes joined
};

struct Evidence {
  uint32_t version = kEvidenceVersion;
  std::string checkpoint;       // the signed note
  std::string state_entry;      // 57 bytes
  std::string state_inclusion;  // 32-byte hashes joined
  std::vector<SubjectEvidence> subjects;
};

// What a reader takes as given: pinned once, out of band (docs/protocol.md, section 12).
struct TrustAnchors {
  std::string origin;
  certs::NoteVerifier log_key;
  Digest genesis;         // leaf hash of entry 0
  merkle::Policy policy;  // on cosigners; may ask for none
  int64_t max_age_s = 600;
};

enum class Freshness {
  kCurrent,  // the head's age must be within max_age_s
  kSaved,    // a file kept for years: any age, the answer reads "as of"
};

// One opened slot, proven by its digest.
struct ProvenSlot {
  SubjectNumber subject;
  EventId event;
  std::string slot;
  certs::Json value;
};

// What evidence proves, whole and consistent. Everything in it was checked.
struct Proven {
  merkle::Checkpoint checkpoint;
  int64_t head_time_ms = 0;              // of the state entry
  std::optional<int64_t> cosigned_at_s;  // when the policy asks for cosigners
  uint64_t subject_count = 0;
  std::shared_ptr<const SubjectSet> world;
  std::vector<ProvenSlot> slots;
  Verdict verdict;
};

// The check, in the order of section 7; the first failure ends it. `now_ms` is the reader's clock.
// Errors (kInvalidArgument unless noted), the message saying which subject and entry:
//   "evidence_version", "evidence_too_large" (kResourceExhausted where the question itself needs
//   too many subjects), "evidence_frames", "evidence_order", "evidence_subject_missing",
//   "evidence_subject_extra", "evidence_disclosure", "evidence_entry" (an entry where it must not
//   stand), "evidence_state_entry", "evidence_genesis", "head_in_future", "head_too_old"
//   (kFailedPrecondition), "policy_unsatisfied" (kFailedPrecondition), "question",
//   and the reasons of the note, checkpoint, cosignature, proof, frame, entry, token, disclosure
//   and admission checks.
absl::StatusOr<Proven> VerifyEvidence(const TrustAnchors& anchors, const Evidence& evidence,
                                      const Question& question, int64_t now_ms,
                                      Freshness freshness);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_EVIDENCE_H_
