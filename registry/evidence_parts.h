// Evidence as it is put together: its bytes stay where they lie until somebody writes them out, so
// that an answer is copied once.
#ifndef BONAFIDE_REGISTRY_EVIDENCE_PARTS_H_
#define BONAFIDE_REGISTRY_EVIDENCE_PARTS_H_

#include <cstdint>
#include <span>
#include <string_view>
#include <vector>

#include "registry/evidence.h"

namespace bonafide::registry {

// What is viewed belongs to whoever gives this out.
struct SubjectParts {
  SubjectNumber number;
  // How many of the subject's first entries are left out, because the reader has them.
  uint64_t known_entries = 0;
  std::span<const std::string_view> entries;  // joined: SubjectEvidence::entries
  std::string_view disclosures;
  std::string_view proof;

  size_t EntriesBytes() const;
};

struct EvidenceParts {
  uint32_t version = kEvidenceVersion;
  std::string_view checkpoint;
  std::string_view state_entry;
  std::string_view state_inclusion;
  std::vector<SubjectParts> subjects;

  Evidence Joined() const;
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_EVIDENCE_PARTS_H_
