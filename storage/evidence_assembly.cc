// View::AssembleEvidence and what it is made of.
#include <algorithm>
#include <optional>
#include <set>
#include <unordered_map>
#include <utility>

#include "certs/reason.h"
#include "registry/closure.h"
#include "storage/head_state.h"
#include "storage/subject_reader.h"
#include "storage/view.h"

namespace bonafide::storage {
namespace {

using registry::SubjectEvidence;

// The heads one answer needs, each read once.
class Heads final : public registry::ReferenceSource {
 public:
  explicit Heads(const HeadState& state) : state_(state) {}

  absl::StatusOr<const SubjectHead*> Find(SubjectNumber subject) const {
    if (const Resident* resident = state_.FindResident(subject)) return &resident->head();
    const auto found = read_.find(subject.value);
    if (found != read_.end()) return &found->second;
    auto head = ReadHead(*state_.snapshot, subject);
    if (!head.ok()) return head.status();
    return &read_.emplace(subject.value, *std::move(head)).first->second;
  }

  uint64_t subject_count() const override { return state_.subject_count; }
  absl::StatusOr<std::vector<SubjectNumber>> References(SubjectNumber subject) const override {
    const auto head = Find(subject);
    if (!head.ok()) return head.status();
    return (*head)->references;
  }
  absl::StatusOr<std::optional<SubjectNumber>> Scheme(const std::string& treatment,
                                                      const std::string& territory) const override {
    const auto found = state_.schemes->find(SchemeKey(treatment, territory));
    if (found == state_.schemes->end()) return std::nullopt;
    return found->second;
  }

 private:
  const HeadState& state_;
  mutable std::unordered_map<uint64_t, SubjectHead> read_;
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

// Entries [first, end) of one subject, the disclosures of entries [disclosed_from, end), its proof.
absl::StatusOr<SubjectEvidence> EvidenceOf(const HeadState& state, SubjectNumber subject,
                                           const SubjectHead& head, uint64_t first, uint64_t end,
                                           uint64_t disclosed_from, const Audience& audience) {
  SubjectEvidence evidence;
  evidence.number = subject;
  if (const Resident* resident = state.FindResident(subject)) {
    evidence.entries = resident->Frames(first, end);
  } else {
    if (first == 0) evidence.entries.reserve(head.stored_bytes);
    absl::Status status = ReadFrames(*state.snapshot, subject, first, end, evidence.entries);
    if (!status.ok()) return status;
  }
  absl::Status status = ReadDisclosures(*state.snapshot, subject, head, disclosed_from, end,
                                        audience, evidence.disclosures);
  if (status.ok()) status = state.state_tree->Prove(subject, evidence.proof);
  if (!status.ok()) return status;
  return evidence;
}

absl::Status TooLarge() {
  return Refusal(
      absl::StatusCode::kResourceExhausted, "evidence_too_large",
      "the evidence would exceed " + std::to_string(registry::kMaxEvidenceBytes) + " bytes");
}

absl::StatusOr<PartialEvidence> Assemble(const HeadState& state, const std::string& note,
                                         const Heads& heads,
                                         const std::vector<SubjectNumber>& numbers,
                                         const std::vector<KnownSubject>& have,
                                         const Audience& audience) {
  PartialEvidence answer;
  answer.evidence = HeadOf(state, note);
  answer.evidence.subjects.reserve(numbers.size());
  answer.known_entries.reserve(numbers.size());
  size_t bytes = 0;
  for (SubjectNumber number : numbers) {
    const auto head = heads.Find(number);
    if (!head.ok()) return head.status();
    const uint64_t known = KnownOf(have, number, (*head)->entries());
    auto subject = EvidenceOf(state, number, **head, known, (*head)->entries(), 0, audience);
    if (!subject.ok()) return subject.status();
    bytes += subject->entries.size() + subject->disclosures.size() + subject->proof.size();
    if (bytes > registry::kMaxEvidenceBytes) return TooLarge();
    answer.evidence.subjects.push_back(*std::move(subject));
    answer.known_entries.push_back(known);
  }
  return answer;
}

}  // namespace

absl::StatusOr<PartialEvidence> View::AssembleEvidence(const registry::Question& question,
                                                       const std::vector<KnownSubject>& have,
                                                       const Audience& audience) const {
  const Heads heads(*head_);
  const auto numbers = registry::Closure(question, heads);
  if (!numbers.ok()) return numbers.status();
  return Assemble(*head_, note_, heads, *numbers, have, audience);
}

absl::StatusOr<PartialEvidence> View::AssembleEvidenceForAll(
    const std::vector<registry::Question>& questions, const std::vector<KnownSubject>& have,
    const Audience& audience, std::vector<std::vector<SubjectNumber>>* needed) const {
  const Heads heads(*head_);
  std::set<SubjectNumber> all;
  needed->clear();
  for (const registry::Question& question : questions) {
    auto numbers = registry::Closure(question, heads);
    if (!numbers.ok()) return numbers.status();
    all.insert(numbers->begin(), numbers->end());
    needed->push_back(*std::move(numbers));
  }
  if (all.size() > registry::kMaxEvidenceSubjects) return TooLarge();
  return Assemble(*head_, note_, heads, {all.begin(), all.end()}, have, audience);
}

absl::StatusOr<SubjectPage> View::ReadSubject(SubjectNumber subject, uint64_t first_seq,
                                              uint64_t max_entries,
                                              const Audience& audience) const {
  if (subject.value >= head_->subject_count) {
    return Refusal(absl::StatusCode::kNotFound, "subject_unknown",
                   "there is no subject " + std::to_string(subject.value));
  }
  const Heads heads(*head_);
  const auto head = heads.Find(subject);
  if (!head.ok()) return head.status();
  const uint64_t entries = (*head)->entries();
  if (first_seq > entries) return Malformed("page", "the subject has fewer entries");
  const uint64_t end = first_seq + std::min(max_entries, entries - first_seq);
  auto part = EvidenceOf(*head_, subject, **head, first_seq, end, first_seq, audience);
  if (!part.ok()) return part.status();
  SubjectPage page;
  page.kind = (*head)->kind;
  page.entry_count = entries;
  page.evidence.evidence = HeadOf(*head_, note_);
  page.evidence.evidence.subjects.push_back(*std::move(part));
  page.evidence.known_entries = {first_seq};
  return page;
}

}  // namespace bonafide::storage
