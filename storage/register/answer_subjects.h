// The subjects that one answer needs, under one head. Internal to this room.
#ifndef BONAFIDE_STORAGE_REGISTER_ANSWER_SUBJECTS_H_
#define BONAFIDE_STORAGE_REGISTER_ANSWER_SUBJECTS_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstddef>
#include <optional>
#include <span>
#include <string>
#include <unordered_map>
#include <utility>
#include <vector>

#include "registry/closure.h"
#include "storage/history/audience.h"
#include "storage/history/history.h"
#include "storage/register/head_state.h"

namespace bonafide::storage {

// "evidence_too_large" (kResourceExhausted).
absl::Status EvidenceTooLarge();

// From memory, or else read from disk once each. `state` has to outlive it. Not thread-safe.
class AnswerSubjects final : public registry::ReferenceSource {
 public:
  explicit AnswerSubjects(const HeadState& state) : state_(state) {}

  // What is stored of a subject that exists and is not in memory. Errors: "evidence_too_large", and
  // those of History::Read.
  absl::StatusOr<const History*> Read(SubjectNumber subject) const;
  // Gives away what was read of a subject. Precondition: Read() and not taken yet.
  History Take(SubjectNumber subject) { return std::move(read_.extract(subject.value).mapped()); }
  // The disclosures of `history`, that of `subject`, which `audience` may see.
  absl::Status AppendDisclosures(SubjectNumber subject, const History& history,
                                 const Audience& audience, std::string& out) const;

  uint64_t subject_count() const override { return state_.subject_count; }
  absl::StatusOr<std::span<const SubjectNumber>> References(SubjectNumber subject) const override;
  absl::StatusOr<std::optional<SubjectNumber>> Scheme(const std::string& treatment,
                                                      const std::string& territory) const override;

 private:
  const HeadState& state_;
  mutable std::unordered_map<uint64_t, History> read_;
  mutable std::vector<SubjectNumber> references_;
  mutable size_t size_bytes_ = 0;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_ANSWER_SUBJECTS_H_
