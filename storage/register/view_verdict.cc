// View::Judge and what it is made of.
#include <algorithm>
#include <memory>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "certs/reason.h"
#include "registry/closure.h"
#include "registry/effect.h"
#include "registry/evidence_slots.h"
#include "registry/subject_set.h"
#include "storage/history/subject_reader.h"
#include "storage/register/answer_subjects.h"
#include "storage/register/head_state.h"
#include "storage/register/view.h"

namespace bonafide::storage {
namespace {

using SubjectPtr = std::shared_ptr<const registry::Subject>;

// What `history` holds, parsed; from the cache where it lies there.
absl::StatusOr<SubjectPtr> Parse(const HeadState& state, SubjectNumber number,
                                 const History& history) {
  if (SubjectPtr cached = state.cache->Find(number, history.entries())) return cached;
  std::vector<std::string_view> pieces;
  history.AppendFrames(0, pieces);
  std::string frames;
  for (const std::string_view piece : pieces) frames += piece;
  auto parsed = ParseStoredSubject(number, frames, state.origin);
  if (parsed.ok()) state.cache->Keep(*parsed);
  return parsed;
}

}  // namespace

absl::StatusOr<registry::Verdict> View::Judge(const registry::Question& question,
                                              const Audience& audience) const {
  AnswerSubjects subjects(*head_);
  const auto numbers = registry::Closure(question, subjects);
  if (!numbers.ok()) return numbers.status();
  registry::SubjectSet world(head_->subject_count);
  registry::ProvenNames names;
  for (const SubjectNumber number : *numbers) {
    if (const Resident* resident = head_->FindResident(number)) {
      auto parsed = resident->Parsed(head_->origin);
      if (!parsed.ok()) return parsed.status();
      world.Share(*std::move(parsed));
      continue;
    }
    const auto history = subjects.Read(number);
    if (!history.ok()) return history.status();
    auto parsed = Parse(*head_, number, **history);
    if (!parsed.ok()) return parsed.status();
    if (number == question.practitioner) {
      std::string disclosures;
      std::vector<registry::ProvenSlot> slots;
      absl::Status status = subjects.AppendDisclosures(number, **history, audience, disclosures);
      if (status.ok()) status = registry::OpenDisclosures(disclosures, **parsed, slots);
      // Whatever is wrong with it, here it is damage.
      if (!status.ok()) return Damaged(ReasonOf(status), std::string(status.message()));
      names = registry::NamesIn(slots, number);
    }
    world.Share(*std::move(parsed));
  }
  const int64_t known_at_ms =
      std::min(question.known_at_ms.value_or(head_->time_ms), head_->time_ms);
  return registry::Judge(question, registry::Effect(world, known_at_ms), names, head_->time_ms);
}

}  // namespace bonafide::storage
