// View::AssembleEvidence and what it is made of.
#include <algorithm>
#include <optional>
#include <set>
#include <span>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "certs/reason.h"
#include "registry/closure.h"
#include "storage/history/subject_reader.h"
#include "storage/register/answer_subjects.h"
#include "storage/register/head_state.h"
#include "storage/register/view.h"

namespace bonafide::storage {
namespace {

uint64_t KnownOf(const std::vector<KnownSubject>& have, SubjectNumber subject, uint64_t entries) {
  const auto found = std::ranges::lower_bound(have, subject, {}, &KnownSubject::subject);
  if (found == have.end() || found->subject != subject) return 0;
  return std::min(found->entries, entries);
}

}  // namespace

// Puts together one AssembledEvidence.
class Assembler {
 public:
  Assembler(const HeadState& state, const std::string& note, size_t subjects)
      : state_(state), answer_(new AssembledEvidence) {
    answer_->parts_.checkpoint = note;
    answer_->parts_.state_entry = state.state_entry;
    answer_->parts_.state_inclusion = state.state_inclusion;
    answer_->parts_.subjects.reserve(subjects);
    answer_->pieces_.reserve(subjects + kEntriesPerPage);
    ends_.reserve(subjects);
  }

  // Subjects have to be added in ascending order, each once.
  absl::Status Add(SubjectNumber number, AnswerSubjects& subjects,
                   const std::vector<KnownSubject>& have, const Audience& audience) {
    registry::SubjectParts& part = answer_->parts_.subjects.emplace_back();
    part.number = number;
    const size_t first_piece = answer_->pieces_.size();
    const size_t first_disclosure = answer_->disclosures_.size();
    absl::Status status;
    if (const Resident* resident = state_.FindResident(number)) {
      part.known_entries = KnownOf(have, number, resident->head().entries());
      status = AddResident(*resident, part.known_entries, audience);
    } else {
      const auto history = subjects.Read(number);
      if (!history.ok()) return history.status();
      part.known_entries = KnownOf(have, number, (*history)->entries());
      (*history)->AppendFrames(part.known_entries, answer_->pieces_);
      status = subjects.AppendDisclosures(number, **history, audience, answer_->disclosures_);
      answer_->histories_.push_back(subjects.Take(number));
    }
    if (!status.ok()) return status;
    ends_.push_back({answer_->pieces_.size(), answer_->disclosures_.size()});
    for (size_t i = first_piece; i < answer_->pieces_.size(); ++i) {
      size_bytes_ += answer_->pieces_[i].size();
    }
    size_bytes_ += answer_->disclosures_.size() - first_disclosure;
    return CheckSize();
  }

  // All of it, `numbers` being what was added. Nothing in it moves any more.
  absl::StatusOr<AssembledEvidencePtr> Finish(std::span<const SubjectNumber> numbers) {
    std::vector<size_t> proof_ends;
    absl::Status status = state_.state_tree->ProveEach(numbers, answer_->proofs_, proof_ends);
    size_bytes_ += answer_->proofs_.size();
    if (status.ok()) status = CheckSize();
    if (!status.ok()) return status;
    const std::span<const std::string_view> pieces = answer_->pieces_;
    const std::string_view disclosures = answer_->disclosures_, proofs = answer_->proofs_;
    Ends begin;
    size_t proof_begin = 0;
    for (size_t i = 0; i < ends_.size(); ++i) {
      registry::SubjectParts& part = answer_->parts_.subjects[i];
      part.entries = pieces.subspan(begin.pieces, ends_[i].pieces - begin.pieces);
      part.disclosures =
          disclosures.substr(begin.disclosures, ends_[i].disclosures - begin.disclosures);
      part.proof = proofs.substr(proof_begin, proof_ends[i] - proof_begin);
      begin = ends_[i];
      proof_begin = proof_ends[i];
    }
    return std::move(answer_);
  }

 private:
  // Where the pieces and the disclosures of a subject end.
  struct Ends {
    size_t pieces = 0;
    size_t disclosures = 0;
  };

  absl::Status CheckSize() const {
    return size_bytes_ > registry::kMaxEvidenceBytes ? EvidenceTooLarge() : absl::OkStatus();
  }

  // A subject that is in memory, from entry `known` on.
  absl::Status AddResident(const Resident& resident, uint64_t known, const Audience& audience) {
    const SubjectHead& head = resident.head();
    answer_->pieces_.push_back(resident.Frames(known, head.entries()));
    return ReadDisclosures(*state_.snapshot, resident.number(), head, 0, head.entries(), audience,
                           answer_->disclosures_);
  }

  const HeadState& state_;
  std::unique_ptr<AssembledEvidence> answer_;
  std::vector<Ends> ends_;
  size_t size_bytes_ = 0;
};

namespace {

absl::StatusOr<AssembledEvidencePtr> Assemble(const HeadState& state, const std::string& note,
                                              AnswerSubjects& subjects,
                                              const std::vector<SubjectNumber>& numbers,
                                              const std::vector<KnownSubject>& have,
                                              const Audience& audience) {
  Assembler assembler(state, note, numbers.size());
  for (SubjectNumber number : numbers) {
    absl::Status status = assembler.Add(number, subjects, have, audience);
    if (!status.ok()) return status;
  }
  return assembler.Finish(numbers);
}

}  // namespace

absl::StatusOr<AssembledEvidencePtr> View::AssembleEvidence(const registry::Question& question,
                                                            const std::vector<KnownSubject>& have,
                                                            const Audience& audience) const {
  AnswerSubjects subjects(*head_);
  const auto numbers = registry::Closure(question, subjects);
  if (!numbers.ok()) return numbers.status();
  return Assemble(*head_, note_, subjects, *numbers, have, audience);
}

absl::StatusOr<AssembledEvidencePtr> View::AssembleEvidenceForAll(
    const std::vector<registry::Question>& questions, const std::vector<KnownSubject>& have,
    const Audience& audience, std::vector<std::vector<SubjectNumber>>* needed) const {
  AnswerSubjects subjects(*head_);
  std::set<SubjectNumber> all;
  needed->clear();
  for (const registry::Question& question : questions) {
    auto numbers = registry::Closure(question, subjects);
    if (!numbers.ok()) return numbers.status();
    all.insert(numbers->begin(), numbers->end());
    needed->push_back(*std::move(numbers));
  }
  if (all.size() > registry::kMaxEvidenceSubjects) return EvidenceTooLarge();
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
  registry::SubjectEvidence part;
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
  page.evidence.checkpoint = note_;
  page.evidence.state_entry = head_->state_entry;
  page.evidence.state_inclusion = head_->state_inclusion;
  page.evidence.subjects.push_back(std::move(part));
  return page;
}

}  // namespace bonafide::storage
