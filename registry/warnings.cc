#include "registry/warnings.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "registry/finding.h"
#include "registry/letter_case.h"
#include "registry/qualification_number.h"

namespace bonafide::registry {
namespace {

// The names the person held, by what was known: those of events that count and were not taken back
// from the start.
std::vector<std::string_view> NamesHeld(const Inquiry& inquiry, const ProvenNames& names) {
  std::vector<std::string_view> held;
  for (const auto& [id, name] : names.held) {
    const LoggedEvent* event = inquiry.practitioner->Find(id);
    if (event != nullptr && inquiry.effect.Counts(*event) &&
        !inquiry.effect.HoldingOf(*inquiry.practitioner, *event).never) {
      held.push_back(name);
    }
  }
  return held;
}

// Whether a paper bears a name the person never held. A name withheld or erased on either side says
// nothing.
bool NameDiffers(const Inquiry& inquiry, const EventId& paper, const ProvenNames& names) {
  const std::vector<std::string_view> held = NamesHeld(inquiry, names);
  if (held.empty()) return false;
  return std::ranges::any_of(names.on_paper, [&](const auto& on_paper) {
    return on_paper.first == paper && std::ranges::none_of(held, [&](std::string_view name) {
             return EqualButForCase(name, on_paper.second);
           });
  });
}

// Whether the scheme lists the qualification, but never under this title.
bool TitleDiffers(const Inquiry& inquiry, const Training& training) {
  if (inquiry.rules.version == nullptr) return false;
  bool listed = false;
  for (const TrainingGroup& group : inquiry.rules.version->training) {
    for (const Qualification& accepted : group.any_of) {
      if (accepted.number != training.qualification) continue;
      if (accepted.title == training.title) return false;
      listed = true;
    }
  }
  return listed;
}

// Who issued the paper, as the paper says; nothing where `event` is no paper.
const IssuerName* IssuerOf(const LoggedEvent* event) {
  if (event == nullptr) return nullptr;
  if (const auto* training = event->As<Training>()) return &training->issuer;
  if (const auto* insurance = event->As<Insurance>()) return &insurance->issuer;
  return nullptr;
}

// Whether a dispute of `target` stands on the day.
bool IsDisputed(const Inquiry& inquiry, const EventId& target) {
  for (const Subject* subject : inquiry.person) {
    for (const LoggedEventPtr& event : subject->events()) {
      const auto* dispute = event->As<Dispute>();
      if (dispute != nullptr && dispute->target == target && inquiry.effect.Counts(*event) &&
          inquiry.effect.HoldingOf(*subject, *event).OnDay(inquiry.question.on)) {
        return true;
      }
    }
  }
  return false;
}

}  // namespace

std::vector<Reason> FindWarnings(const Inquiry& inquiry, const std::vector<Leg>& legs,
                                 const ProvenNames& names) {
  std::vector<Reason> warnings;
  for (const Leg& leg : legs) {
    for (const Evidenced& record : leg.rests_on) {
      const Day logged_on = Day::OfTime(record.logged_at_ms);
      // A sanction is no paper: when it was filed says nothing about it.
      if (leg.name != LegName::kStanding && logged_on > inquiry.question.on) {
        AddOnce(warnings, {ReasonCode::kFiledAfterDay, record, logged_on.ToString()});
      }
      if (NameDiffers(inquiry, record.event, names)) {
        AddOnce(warnings, {ReasonCode::kNameDiffers, record, ""});
      }
      const LoggedEvent* event = inquiry.practitioner->Find(record.event);
      if (const IssuerName* issuer = IssuerOf(event); issuer != nullptr && !issuer->number) {
        AddOnce(warnings, {ReasonCode::kIssuerNumberMissing, record, issuer->name});
      }
      const auto* training = event != nullptr ? event->As<Training>() : nullptr;
      if (training != nullptr) {
        if (TitleDiffers(inquiry, *training)) {
          AddOnce(warnings, {ReasonCode::kTitleDiffers, record, training->title});
        }
        if (HasSuspiciousCheckDigit(training->qualification)) {
          AddOnce(warnings,
                  {ReasonCode::kQualificationCheckDigit, record, training->qualification});
        }
      }
      if (IsDisputed(inquiry, record.event)) {
        AddOnce(warnings, {ReasonCode::kDisputed, record, ""});
      }
    }
  }
  return warnings;
}

}  // namespace bonafide::registry
