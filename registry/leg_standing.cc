#include "registry/leg_standing.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>

#include "registry/finding.h"

namespace bonafide::registry {
namespace {

// What a sanction means for the treatment asked about while it is in force.
struct Meaning {
  Outcome outcome = Outcome::kYes;
  ReasonCode code = ReasonCode::kConditionsOnOtherTreatments;
};

Meaning MeaningOf(const Sanction& sanction, const std::string& treatment) {
  switch (sanction.kind) {
    case SanctionKind::kSuspension:
      return {Outcome::kNo, ReasonCode::kSuspended};
    case SanctionKind::kRemoval:
      return {Outcome::kNo, ReasonCode::kRemoved};
    case SanctionKind::kConditions:
      break;
  }
  if (sanction.barred.empty()) return {Outcome::kCannotSay, ReasonCode::kConditionsUnclear};
  if (std::ranges::find(sanction.barred, treatment) != sanction.barred.end()) {
    return {Outcome::kNo, ReasonCode::kConditionsBarTreatment};
  }
  return {};
}

bool LinkStands(const LoggedEvent& link, const Effect& effect) {
  if (!effect.Counts(link)) return false;
  // It stands under both numbers and may have been withdrawn under either.
  return std::ranges::all_of(link.subjects, [&](SubjectNumber number) {
    const Subject* subject = effect.world().Find(number);
    return subject == nullptr || !effect.HoldingOf(*subject, link).never;
  });
}

std::string Join(const std::vector<std::string>& codes) {
  std::string joined;
  for (const std::string& code : codes) {
    if (!joined.empty()) joined += ", ";
    joined += code;
  }
  return joined;
}

}  // namespace

std::vector<const Subject*> LinkedNumbers(const Subject& practitioner, const Effect& effect) {
  std::map<SubjectNumber, const Subject*> found = {{practitioner.number(), &practitioner}};
  std::vector<const Subject*> open = {&practitioner};
  while (!open.empty()) {
    const Subject* subject = open.back();
    open.pop_back();
    for (const LoggedEventPtr& event : subject->events()) {
      if (event->As<SamePerson>() == nullptr || !LinkStands(*event, effect)) continue;
      for (SubjectNumber number : event->subjects) {
        const Subject* linked = effect.world().Find(number);
        if (linked != nullptr && found.emplace(number, linked).second) open.push_back(linked);
      }
    }
  }
  std::vector<const Subject*> person;
  person.reserve(found.size());
  for (const auto& [number, subject] : found) person.push_back(subject);
  return person;
}

Leg JudgeStanding(const Inquiry& inquiry, std::vector<Reason>& conditions) {
  const Day day = inquiry.question.on;
  Leg leg{.name = LegName::kStanding, .outcome = Outcome::kYes};
  for (const Subject* subject : inquiry.person) {
    const bool other_number = subject->number() != inquiry.practitioner->number();
    for (const LoggedEventPtr& event : subject->events()) {
      const auto* sanction = event->As<Sanction>();
      if (sanction == nullptr || !inquiry.effect.Counts(*event)) continue;
      const Meaning meaning = MeaningOf(*sanction, inquiry.question.treatment);
      const Holding holding = inquiry.effect.HoldingOf(*subject, *event);
      if (sanction->from > day) {
        if (meaning.outcome != Outcome::kYes && holding.OnDay(sanction->from)) {
          Earlier(leg.holds_until, sanction->from.PlusDays(-1));
        }
        continue;
      }
      if (!holding.OnDay(day) || (sanction->until && day > *sanction->until)) continue;
      const Evidenced evidenced = EvidencedBy(*event);
      if (meaning.outcome == Outcome::kYes) {
        conditions.push_back({meaning.code, evidenced, Join(sanction->barred)});
        continue;
      }
      if (meaning.outcome < leg.outcome) continue;
      if (meaning.outcome > leg.outcome) {
        leg.outcome = meaning.outcome;
        leg.reasons.clear();
        leg.rests_on.clear();
      }
      leg.reasons.push_back(
          {meaning.code, evidenced, other_number ? std::to_string(subject->number().value) : ""});
      leg.rests_on.push_back(evidenced);
    }
  }
  if (leg.outcome != Outcome::kYes) leg.holds_until.reset();
  return leg;
}

}  // namespace bonafide::registry
