#include "registry/evidence_parts.h"

namespace bonafide::registry {

size_t SubjectParts::EntriesBytes() const {
  size_t bytes = 0;
  for (std::string_view piece : entries) bytes += piece.size();
  return bytes;
}

Evidence EvidenceParts::Joined() const {
  Evidence evidence;
  evidence.version = version;
  evidence.checkpoint = checkpoint;
  evidence.state_entry = state_entry;
  evidence.state_inclusion = state_inclusion;
  evidence.subjects.reserve(subjects.size());
  for (const SubjectParts& part : subjects) {
    SubjectEvidence& subject = evidence.subjects.emplace_back();
    subject.number = part.number;
    subject.entries.reserve(part.EntriesBytes());
    for (std::string_view piece : part.entries) subject.entries += piece;
    subject.disclosures = part.disclosures;
    subject.proof = part.proof;
  }
  return evidence;
}

}  // namespace bonafide::registry
