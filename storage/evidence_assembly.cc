// View::AssembleEvidence and what it is made of.
#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <unordered_map>
#include <utility>

#include "certs/reason.h"
#include "registry/closure.h"
#include "storage/head_state.h"
#include "storage/history.h"
#include "storage/subject_reader.h"
#include "storage/view.h"

namespace bonafide::storage {
namespace {

using registry::SubjectEvidence;

// What one answer may read: twice what it may say, because a reader may know a part already.
constexpr size_t kMostReadBytes = 2 * registry::kMaxEvidenceBytes;

absl::Status TooLarge() {
  return Refusal(
      absl::StatusCode::kResourceExhausted, "evidence_too_large",
      "the evidence would exceed " + std::to_string(registry::kMaxEvidenceBytes) + " bytes");
}

// The subjects one answer needs: from memory, or else read once each.
class Subjects final : public registry::ReferenceSource {
 public:
  explicit Subjects(const HeadState& state) : state_(state) {}

  absl::StatusOr<const History*> Read(SubjectNumber subject) const {
    const auto found = read_.find(subject.value);
    if (found != read_.end()) return &found->second;
    const auto leaf = state_.state_tree->LeafHashOf(subject);
    if (!leaf.ok()) return leaf.status();
    auto history = History::Read(*state_.snapshot, subject, *leaf);
    if (!history.ok()) return history.status();
    size_bytes_ += history->size_bytes();
    if (size_bytes_ > kMostReadBytes) return TooLarge();
    return &read_.emplace(subject.value, *std::move(history)).first->second;
  }

  // Lets go of what was read of a subject that is not needed any more.
  void Release(SubjectNumber subject) { read_.erase(subject.value); }

  uint64_t subject_count() const override { return state_.subject_count; }
  absl::StatusOr<std::span<const SubjectNumber>> References(SubjectNumber subject) const override {
    if (const Resident* resident = state_.FindResident(subject)) return resident->head().references;
    const auto history = Read(subject);
    if (!history.ok()) return history.status();
    references_ = (*history)->References();
    return references_;
  }
  absl::StatusOr<std::optional<SubjectNumber>> Scheme(const std::string& treatment,
                                                      const std::string& territory) const override {
    const auto found = state_.schemes->find(SchemeKey(treatment, territory));
    if (found == state_.schemes->end()) return std::nullopt;
    return found->second;
  }

 private:
  const HeadState& state_;
  mutable std::unordered_map<uint64_t, History> read_;
  mutable std::vector<SubjectNumber> references_;
  mutable size_t size_bytes_ = 0;
};

uint64_t KnownOf(const std::vector<KnownSubject>& have, SubjectNumber subject, uint64_t entries) {
  const auto found = std::ranges::lower_bound(have, subject, {}, &KnownSubject::subject);
  if (found == have.end() || found->subject != subject) return 0;
  return std::min(found->entries, entries);
}

registry::Evidence HeadOf(const HeadState& state, const std::string& note) {
  registry::Evidence evidence;
  evidence.checkpoint = note;
  evidence.state_entry = state.state_entry;
  evidence.state_inclusion = state.state_inclusion;
  return evidence;
}

// A subject that is in memory, from entry `known` on.
absl::Status AddResident(const HeadState& state, const Resident& resident, uint64_t known,
                         const Audience& audience, SubjectEvidence& evidence) {
  const SubjectHead& head = resident.head();
  evidence.entries = resident.Frames(known, head.entries());
  return ReadDisclosures(*state.snapshot, resident.number(), head, 0, head.entries(), audience,
                         evidence.disclosures);
}

// A subject on disk, from entry `known` on.
absl::Status AddStored(const HeadState& state, SubjectNumber subject, const History& history,
                       uint64_t known, const Audience& audience, SubjectEvidence& evidence) {
  SubjectNumber registered_by;
  if (!audience.is_public()) {
    const auto head = ReadHead(*state.snapshot, subject);
    if (!head.ok()) return head.status();
    registered_by = head->created_by;
  }
  history.AppendFrames(known, evidence.entries);
  return history.AppendDisclosures(audience, registered_by, evidence.disclosures);
}

absl::StatusOr<PartialEvidence> Assemble(const HeadState& state, const std::string& note,
                                         Subjects& subjects,
                                         const std::vector<SubjectNumber>& numbers,
                                         const std::vector<KnownSubject>& have,
                                         const Audience& audience) {
  PartialEvidence answer;
  answer.evidence = HeadOf(state, note);
  answer.evidence.subjects.reserve(numbers.size());
  answer.known_entries.reserve(numbers.size());
  size_t bytes = 0;
  for (SubjectNumber number : numbers) {
    SubjectEvidence& subject = answer.evidence.subjects.emplace_back();
    uint64_t& known = answer.known_entries.emplace_back();
    subject.number = number;
    absl::Status status;
    if (const Resident* resident = state.FindResident(number)) {
      known = KnownOf(have, number, resident->head().entries());
      status = AddResident(state, *resident, known, audience, subject);
    } else {
      const auto history = subjects.Read(number);
      if (!history.ok()) return history.status();
      known = KnownOf(have, number, (*history)->entries());
      status = AddStored(state, number, **history, known, audience, subject);
      subjects.Release(number);
    }
    if (status.ok()) status = state.state_tree->Prove(number, subject.proof);
    if (!status.ok()) return status;
    bytes += subject.entries.size() + subject.disclosures.size() + subject.proof.size();
    if (bytes > registry::kMaxEvidenceBytes) return TooLarge();
  }
  return answer;
}

}  // namespace

absl::StatusOr<PartialEvidence> View::AssembleEvidence(const registry::Question& question,
                                                       const std::vector<KnownSubject>& have,
                                                       const Audience& audience) const {
  Subjects subjects(*head_);
  const auto numbers = registry::Closure(question, subjects);
  if (!numbers.ok()) return numbers.status();
  return Assemble(*head_, note_, subjects, *numbers, have, audience);
}

absl::StatusOr<PartialEvidence> View::AssembleEvidenceForAll(
    const std::vector<registry::Question>& questions, const std::vector<KnownSubject>& have,
    const Audience& audience, std::vector<std::vector<SubjectNumber>>* needed) const {
  Subjects subjects(*head_);
  std::set<SubjectNumber> all;
  needed->clear();
  for (const registry::Question& question : questions) {
    auto numbers = registry::Closure(question, subjects);
    if (!numbers.ok()) return numbers.status();
    all.insert(numbers->begin(), numbers->end());
    needed->push_back(*std::move(numbers));
  }
  if (all.size() > registry::kMaxEvidenceSubjects) return TooLarge();
  return Assemble(*head_, note_, subjects, {all.begin(), all.end()}, have, audience);
}

absl::StatusOr<SubjectPage> View::ReadSubject(SubjectNumber subject, uint64_t first_seq,
                                              uint64_t max_entries,
                                              const Audience& audience) const {
  if (subject.value >= head_->subject_count) {
    return Refusal(absl::StatusCode::kNotFound, "subject_unknown",
                   "there is no subject " + std::to_string(subject.value));
  }
  const auto head = head_->Head(subject);
  if (!head.ok()) return head.status();
  const uint64_t entries = head->entries();
  if (first_seq > entries) return Malformed("page", "the subject has fewer entries");
  const uint64_t end = first_seq + std::min(max_entries, entries - first_seq);
  SubjectEvidence part;
  part.number = subject;
  absl::Status status = ReadFrames(*head_->snapshot, subject, first_seq, end, part.entries);
  if (status.ok()) {
    status = ReadDisclosures(*head_->snapshot, subject, *head, first_seq, end, audience,
                             part.disclosures);
  }
  if (status.ok()) status = head_->state_tree->Prove(subject, part.proof);
  if (!status.ok()) return status;
  SubjectPage page;
  page.kind = head->kind;
  page.entry_count = entries;
  page.evidence.evidence = HeadOf(*head_, note_);
  page.evidence.evidence.subjects.push_back(std::move(part));
  page.evidence.known_entries = {first_seq};
  return page;
}

}  // namespace bonafide::storage
