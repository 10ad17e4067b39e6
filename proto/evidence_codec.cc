#include "proto/evidence_codec.h"

#include <utility>

#include "certs/reason.h"
#include "registry/closure.h"

namespace bonafide::proto {

absl::StatusOr<registry::Evidence> EvidenceFromProto(v1::Evidence message,
                                                     const KnownEntries* known) {
  if (static_cast<size_t>(message.subjects_size()) > registry::kMaxEvidenceSubjects) {
    return Malformed("evidence_too_large", "more subjects than evidence may hold");
  }
  registry::Evidence evidence;
  evidence.version = message.version();
  evidence.checkpoint = std::move(*message.mutable_checkpoint());
  evidence.state_entry = std::move(*message.mutable_state_entry());
  evidence.state_inclusion = std::move(*message.mutable_state_inclusion());
  evidence.subjects.reserve(static_cast<size_t>(message.subjects_size()));
  size_t size_bytes = 0;
  for (v1::SubjectEvidence& subject : *message.mutable_subjects()) {
    const registry::SubjectNumber number{subject.number()};
    std::string entries = std::move(*subject.mutable_entries());
    if (subject.known_entries() > 0) {
      if (known == nullptr) {
        return Malformed("evidence_incomplete",
                         "entries of subject " + std::to_string(number.value) + " are left out");
      }
      auto first = known->First(number, subject.known_entries());
      if (!first.ok()) return first.status();
      entries.insert(0, *first);
    }
    size_bytes += entries.size() + subject.disclosures().size() + subject.proof().size();
    if (size_bytes > registry::kMaxEvidenceBytes) {
      return Malformed("evidence_too_large", "more bytes than evidence may hold");
    }
    evidence.subjects.push_back({number, std::move(entries),
                                 std::move(*subject.mutable_disclosures()),
                                 std::move(*subject.mutable_proof())});
  }
  return evidence;
}

v1::Evidence EvidenceToProto(const registry::Evidence& evidence) {
  v1::Evidence message;
  message.set_version(evidence.version);
  message.set_checkpoint(evidence.checkpoint);
  message.set_state_entry(evidence.state_entry);
  message.set_state_inclusion(evidence.state_inclusion);
  for (const registry::SubjectEvidence& subject : evidence.subjects) {
    v1::SubjectEvidence* out = message.add_subjects();
    out->set_number(subject.number.value);
    out->set_entries(subject.entries);
    out->set_disclosures(subject.disclosures);
    out->set_proof(subject.proof);
  }
  return message;
}

}  // namespace bonafide::proto
