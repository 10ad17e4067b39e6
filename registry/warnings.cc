#include "registry/warnings.h"

#include <algorithm>
#include <string>
#include <string_view>

#include "registry/finding.h"
#include "registry/qualification_number.h"

namespace bonafide::registry {
namespace {

bool EqualsButForCase(std::string_view a, std::string_view b) {
  const auto lower = [](char c) { return c >= 'A' && c <= 'Z' ? static_cast<char>(c + 32) : c; };
  return std::ranges::equal(a, b, {}, lower, lower);
}

// Whether a paper bears a name the person never held. A name withheld or erased on either side says
// nothing.
bool NameDiffers(const EventId& paper, const ProvenNames& names) {
  if (names.held.empty()) return false;
  return std::ranges::any_of(names.on_paper, [&](const auto& on_paper) {
    return on_paper.first == paper && std::ranges::none_of(names.held, [&](const auto& held) {
             return EqualsButForCase(held.second, on_paper.second);
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
      if (NameDiffers(record.event, names)) {
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
