// The least set of subjects a piece of evidence must hold (docs/protocol.md, section 7).
#ifndef BONAFIDE_REGISTRY_CLOSURE_H_
#define BONAFIDE_REGISTRY_CLOSURE_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <functional>
#include <optional>
#include <span>
#include <vector>

#include "registry/event.h"
#include "registry/question.h"

namespace bonafide::registry {

// The numbers that `event` obliges evidence to hold beside its own subject: its signer, both sides
// of a same-person, the subject of an event of unknown type, the insurer an accreditation names and
// the issuer a training or insurance names. May repeat.
std::vector<SubjectNumber> ReferencesOf(const Event& event);

// Where closure looks. The register answers from an index, a verifier from the evidence itself.
class ReferenceSource {
 public:
  virtual ~ReferenceSource() = default;
  virtual uint64_t subject_count() const = 0;
  // The union of ReferencesOf over all events of `subject`; any order, may repeat. It lasts until
  // the next call. Only asked for existing subjects. An error (evidence that lacks the subject:
  // "evidence_subject_missing") ends the search.
  virtual absl::StatusOr<std::span<const SubjectNumber>> References(
      SubjectNumber subject) const = 0;
  // The scheme subject 0 lists for the pair, at the head.
  virtual absl::StatusOr<std::optional<SubjectNumber>> Scheme(
      const std::string& treatment, const std::string& territory) const = 0;
};

// The least set for `question`, ascending. Error: "evidence_too_large" beyond kMaxEvidenceSubjects,
// and those of the source.
inline constexpr size_t kMaxEvidenceSubjects = 4096;
absl::StatusOr<std::vector<SubjectNumber>> Closure(const Question& question,
                                                   const ReferenceSource& source);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_CLOSURE_H_
