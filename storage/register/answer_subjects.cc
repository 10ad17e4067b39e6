#include "storage/register/answer_subjects.h"

#include "certs/reason.h"
#include "storage/history/subject_reader.h"

namespace bonafide::storage {
namespace {

// What one answer may read: twice what it may say, because a reader may know a part already.
constexpr size_t kMostReadBytes = 2 * registry::kMaxEvidenceBytes;

}  // namespace

absl::Status EvidenceTooLarge() {
  return Refusal(
      absl::StatusCode::kResourceExhausted, "evidence_too_large",
      "the evidence would exceed " + std::to_string(registry::kMaxEvidenceBytes) + " bytes");
}

absl::StatusOr<const History*> AnswerSubjects::Read(SubjectNumber subject) const {
  const auto found = read_.find(subject.value);
  if (found != read_.end()) return &found->second;
  const auto leaf = state_.state_tree->LeafHashOf(subject);
  if (!leaf.ok()) return leaf.status();
  auto history = History::Read(*state_.snapshot, subject, *leaf);
  if (!history.ok()) return history.status();
  size_bytes_ += history->size_bytes();
  if (size_bytes_ > kMostReadBytes) return EvidenceTooLarge();
  return &read_.emplace(subject.value, *std::move(history)).first->second;
}

absl::Status AnswerSubjects::AppendDisclosures(SubjectNumber subject, const History& history,
                                               const Audience& audience, std::string& out) const {
  SubjectNumber registered_by;
  if (!audience.is_public()) {
    const auto head = ReadHead(*state_.snapshot, subject);
    if (!head.ok()) return head.status();
    registered_by = head->created_by;
  }
  return history.AppendDisclosures(audience, registered_by, out);
}

absl::StatusOr<std::span<const SubjectNumber>> AnswerSubjects::References(
    SubjectNumber subject) const {
  if (const Resident* resident = state_.FindResident(subject)) return resident->head().references;
  const auto history = Read(subject);
  if (!history.ok()) return history.status();
  references_ = (*history)->References();
  return references_;
}

absl::StatusOr<std::optional<SubjectNumber>> AnswerSubjects::Scheme(
    const std::string& treatment, const std::string& territory) const {
  const auto found = state_.schemes->find(SchemeKey(treatment, territory));
  if (found == state_.schemes->end()) return std::nullopt;
  return found->second;
}

}  // namespace bonafide::storage
