#include "registry/leg_registration.h"

#include <algorithm>

#include "registry/finding.h"

namespace bonafide::registry {
namespace {

// The subject as of what was known; nullptr when its number had not been given by then.
const Subject* FindKnown(SubjectNumber number, const Effect& effect) {
  const Subject* subject = effect.world().Find(number);
  if (subject == nullptr || subject->events().empty()) return nullptr;
  return subject->creation().time_ms <= effect.known_at_ms() ? subject : nullptr;
}

// The erasure that took the person's details away: of everything, or of the registration.
const LoggedEvent* FindErasure(const Subject& practitioner, const Effect& effect) {
  for (const LoggedEventPtr& event : practitioner.events()) {
    const auto* erasure = event->As<Erasure>();
    if (erasure == nullptr || !effect.Counts(*event)) continue;
    if (!erasure->target || *erasure->target == practitioner.anchor()) return event.get();
  }
  return nullptr;
}

Leg Answer(Outcome outcome, ReasonCode code, const LoggedEvent* record) {
  Leg leg{.name = LegName::kRegistration, .outcome = outcome};
  leg.reasons.push_back({code, std::nullopt, ""});
  if (record != nullptr) leg.reasons.back().record = EvidencedBy(*record);
  return leg;
}

}  // namespace

const Subject* FindPractitioner(SubjectNumber number, const Effect& effect) {
  const Subject* subject = FindKnown(number, effect);
  if (subject == nullptr || subject->kind() != SubjectKind::kPractitioner) return nullptr;
  return effect.Counts(subject->creation()) ? subject : nullptr;
}

Leg JudgeRegistration(const Question& question, const Effect& effect) {
  const Subject* subject = FindKnown(question.practitioner, effect);
  if (subject == nullptr) {
    return Answer(Outcome::kNo, ReasonCode::kNumberNotRegistered, nullptr);
  }
  const LoggedEvent& creation = subject->creation();
  if (subject->kind() == SubjectKind::kUnknown) {
    return Answer(Outcome::kCannotSay, ReasonCode::kUpdateNeeded, &creation);
  }
  if (subject->kind() != SubjectKind::kPractitioner) {
    return Answer(Outcome::kNo, ReasonCode::kNotAPractitioner, &creation);
  }
  if (!effect.Counts(creation)) {
    return Answer(Outcome::kNo, ReasonCode::kRegistrationVoid, &creation);
  }
  if (const LoggedEvent* erasure = FindErasure(*subject, effect)) {
    return Answer(Outcome::kNo, ReasonCode::kErased, erasure);
  }
  return {.name = LegName::kRegistration,
          .outcome = Outcome::kYes,
          .rests_on = {EvidencedBy(creation)}};
}

}  // namespace bonafide::registry
