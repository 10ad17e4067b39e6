#include "registry/finding.h"

#include <algorithm>
#include <utility>

namespace bonafide::registry {
namespace {

std::optional<Grade> GradeOf(const LoggedEvent& event) {
  if (const auto* training = event.As<Training>()) return training->provenance.grade;
  if (const auto* insurance = event.As<Insurance>()) return insurance->provenance.grade;
  return std::nullopt;
}

// Later is better, without end is best.
std::strong_ordering CompareEnds(const std::optional<Day>& a, const std::optional<Day>& b) {
  if (a && b) return *a <=> *b;
  return a.has_value()
             ? std::strong_ordering::less
             : (b.has_value() ? std::strong_ordering::greater : std::strong_ordering::equal);
}

}  // namespace

Evidenced EvidencedBy(const LoggedEvent& event) {
  return {event.event().id, event.event().issuer, GradeOf(event), event.time_ms, event.index};
}

void Lower(std::optional<Grade>& grade, std::optional<Grade> other) {
  if (other && (!grade || *other < *grade)) grade = other;
}

void Earlier(std::optional<Day>& day, std::optional<Day> other) {
  if (other && (!day || *other < *day)) day = other;
}

void Finding::No(ReasonCode code, std::string detail) {
  AddOnce(no_, About(code, std::move(detail)));
}

void Finding::CannotSay(ReasonCode code, std::string detail) {
  AddOnce(cannot_say_, About(code, std::move(detail)));
}

void Finding::Negative(ReasonCode code, std::string detail) {
  AddOnce(negatives_, About(code, std::move(detail)));
}

void Finding::RestsOn(const Finding& other) {
  rests_on_.insert(rests_on_.end(), other.rests_on_.begin(), other.rests_on_.end());
  no_.insert(no_.end(), other.no_.begin(), other.no_.end());
  cannot_say_.insert(cannot_say_.end(), other.cannot_say_.begin(), other.cannot_say_.end());
  negatives_.insert(negatives_.end(), other.negatives_.begin(), other.negatives_.end());
  Earlier(holds_until_, other.holds_until_);
}

Reason Finding::About(ReasonCode code, std::string detail) const {
  return {code, EvidencedBy(*record_), std::move(detail)};
}

Outcome Finding::outcome() const {
  if (!no_.empty()) return Outcome::kNo;
  return cannot_say_.empty() ? Outcome::kYes : Outcome::kCannotSay;
}

std::optional<Grade> Finding::weakest_grade() const {
  std::optional<Grade> weakest;
  for (const LoggedEvent* event : rests_on_) Lower(weakest, GradeOf(*event));
  return weakest;
}

const std::vector<Reason>& Finding::reasons() const { return no_.empty() ? cannot_say_ : no_; }

bool Finding::IsBetterThan(const Finding& other) const {
  if (outcome() != other.outcome()) return outcome() < other.outcome();
  if (outcome() == Outcome::kYes) {
    const auto ends = CompareEnds(holds_until_, other.holds_until_);
    if (ends != 0) return ends > 0;
    if (weakest_grade() != other.weakest_grade()) return weakest_grade() > other.weakest_grade();
    if (rests_on_.size() != other.rests_on_.size()) {
      return rests_on_.size() < other.rests_on_.size();
    }
  }
  if (reasons().size() != other.reasons().size()) {
    return reasons().size() < other.reasons().size();
  }
  return record_->index > other.record_->index;
}

void SortBestFirst(std::vector<Finding>& findings) {
  std::ranges::stable_sort(findings,
                           [](const Finding& a, const Finding& b) { return a.IsBetterThan(b); });
}

void AddOnce(std::vector<Reason>& reasons, Reason reason) {
  const bool there = std::ranges::any_of(reasons, [&reason](const Reason& other) {
    return other.code == reason.code && other.detail == reason.detail &&
           other.record.has_value() == reason.record.has_value() &&
           (!other.record || other.record->event == reason.record->event);
  });
  if (!there) reasons.push_back(std::move(reason));
}

}  // namespace bonafide::registry
