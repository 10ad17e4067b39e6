// What a view says of practitioners by itself: verdicts and names.
#include <algorithm>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "certs/reason.h"
#include "registry/closure.h"
#include "registry/effect.h"
#include "registry/evidence_slots.h"
#include "registry/held_name.h"
#include "registry/subject_set.h"
#include "storage/history/subject_reader.h"
#include "storage/register/answer_subjects.h"
#include "storage/register/head_state.h"
#include "storage/register/view.h"

namespace bonafide::storage {
namespace {

using SubjectPtr = std::shared_ptr<const registry::Subject>;

// The subjects of one answer as their entries say they are, and nothing else: rows beside an entry
// may be wrong without the state tree showing it.
class JudgedSubjects final : public registry::ReferenceSource {
 public:
  explicit JudgedSubjects(const HeadState& state) : state_(state), stored_(state) {}

  const AnswerSubjects& stored() const { return stored_; }

  absl::StatusOr<SubjectPtr> Parse(SubjectNumber number) const {
    if (const Resident* resident = state_.FindResident(number)) {
      return resident->Parsed(state_.origin);
    }
    for (const SubjectPtr& subject : parsed_) {
      if (subject->number() == number) return subject;
    }
    auto parsed = ParseStored(number);
    if (parsed.ok()) parsed_.push_back(*parsed);
    return parsed;
  }

  uint64_t subject_count() const override { return stored_.subject_count(); }
  absl::StatusOr<std::span<const SubjectNumber>> References(SubjectNumber number) const override {
    const auto parsed = Parse(number);
    if (!parsed.ok()) return parsed.status();
    // Those of residents were compared with their entries.
    if (state_.FindResident(number) != nullptr) return stored_.References(number);
    references_.clear();
    for (const registry::LoggedEventPtr& event : (*parsed)->events()) {
      const auto some = registry::ReferencesOf(event->event());
      references_.insert(references_.end(), some.begin(), some.end());
    }
    return references_;
  }
  absl::StatusOr<std::optional<SubjectNumber>> Scheme(const std::string& treatment,
                                                      const std::string& territory) const override {
    return stored_.Scheme(treatment, territory);
  }

 private:
  absl::StatusOr<SubjectPtr> ParseStored(SubjectNumber number) const {
    const auto history = stored_.Read(number);
    if (!history.ok()) return history.status();
    if (SubjectPtr cached = state_.cache->Find(number, (*history)->entries())) return cached;
    std::vector<std::string_view> pieces;
    (*history)->AppendFrames(0, pieces);
    std::string frames;
    for (const std::string_view piece : pieces) frames += piece;
    const auto leaf = state_.state_tree->LeafHashOf(number);
    if (!leaf.ok()) return leaf.status();
    if (absl::Status whole = CheckFrames(number, frames, *leaf); !whole.ok()) return whole;
    auto parsed = ParseStoredSubject(number, frames, state_.origin);
    if (parsed.ok()) state_.cache->Keep(*parsed);
    return parsed;
  }

  const HeadState& state_;
  const AnswerSubjects stored_;
  // Those that are not in memory already; they are few.
  mutable std::vector<SubjectPtr> parsed_;
  mutable std::vector<SubjectNumber> references_;
};

// What the verdict on a question is made of.
struct Judged {
  registry::SubjectSet world;
  std::vector<registry::ProvenSlot> slots;  // of the practitioner
};

absl::StatusOr<Judged> Gather(const HeadState& state, const registry::Question& question,
                              const Audience& audience) {
  const JudgedSubjects subjects(state);
  const auto numbers = registry::Closure(question, subjects);
  if (!numbers.ok()) return numbers.status();
  Judged judged{registry::SubjectSet(state.subject_count), {}};
  for (const SubjectNumber number : *numbers) {
    auto parsed = subjects.Parse(number);
    if (!parsed.ok()) return parsed.status();
    if (number == question.practitioner && state.FindResident(number) == nullptr) {
      const auto history = subjects.stored().Read(number);
      if (!history.ok()) return history.status();
      std::string disclosures;
      absl::Status status =
          subjects.stored().AppendDisclosures(number, **history, audience, disclosures);
      if (status.ok()) status = registry::OpenDisclosures(disclosures, **parsed, judged.slots);
      // Whatever is wrong with it, here it is damage.
      if (!status.ok()) return Damaged(ReasonOf(status), std::string(status.message()));
    }
    judged.world.Share(*std::move(parsed));
  }
  return judged;
}

}  // namespace

absl::StatusOr<registry::Verdict> View::Judge(const registry::Question& question,
                                              const Audience& audience) const {
  const auto judged = Gather(*head_, question, audience);
  if (!judged.ok()) return judged.status();
  const int64_t known_at_ms =
      std::min(question.known_at_ms.value_or(head_->time_ms), head_->time_ms);
  return registry::Judge(question, registry::Effect(judged->world, known_at_ms),
                         registry::NamesIn(judged->slots, question.practitioner), head_->time_ms);
}

absl::StatusOr<std::string> View::PractitionerName(SubjectNumber number) const {
  registry::Question question;
  question.practitioner = number;
  question.on = registry::Day::OfTime(head_->time_ms);
  const auto judged = Gather(*head_, question, Audience());
  if (!judged.ok()) return judged.status();
  const registry::Subject* subject = judged->world.Find(number);
  if (subject == nullptr || subject->kind() != registry::SubjectKind::kPractitioner) {
    return Refusal(absl::StatusCode::kNotFound, "subject_unknown",
                   "there is no practitioner of this number");
  }
  return registry::HeldName(registry::Effect(judged->world, head_->time_ms), *subject,
                            judged->slots, question.on)
      .value_or("");
}

}  // namespace bonafide::storage
