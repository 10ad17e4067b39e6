// The evidence of an answer, put together from what lies in memory and what was read for it.
#ifndef BONAFIDE_STORAGE_REGISTER_ASSEMBLED_EVIDENCE_H_
#define BONAFIDE_STORAGE_REGISTER_ASSEMBLED_EVIDENCE_H_

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "registry/evidence_parts.h"
#include "storage/history/history.h"

namespace bonafide::storage {

// Points into the View it comes from, which has to outlive it. Never changes once it is given out.
class AssembledEvidence {
 public:
  AssembledEvidence(const AssembledEvidence&) = delete;
  AssembledEvidence& operator=(const AssembledEvidence&) = delete;

  const registry::EvidenceParts& parts() const { return parts_; }

 private:
  friend class Assembler;
  AssembledEvidence() = default;

  std::vector<History> histories_;
  std::vector<std::string_view> pieces_;
  std::string disclosures_;
  std::string proofs_;
  registry::EvidenceParts parts_;
};

using AssembledEvidencePtr = std::unique_ptr<const AssembledEvidence>;

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_ASSEMBLED_EVIDENCE_H_
