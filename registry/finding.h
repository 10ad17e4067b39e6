// A finding: what judging one filed record, or one set of records that belong together, came to.
#ifndef BONAFIDE_REGISTRY_FINDING_H_
#define BONAFIDE_REGISTRY_FINDING_H_

#include <optional>
#include <string>
#include <vector>

#include "registry/verdict.h"

namespace bonafide::registry {

// `event` as a reader of a verdict sees it; the grade is that of a training or insurance.
Evidenced EvidencedBy(const LoggedEvent& event);

// The lower of two grades and the earlier of two days, where nothing says nothing.
void Lower(std::optional<Grade>& grade, std::optional<Grade> other);
void Earlier(std::optional<Day>& day, std::optional<Day> other);

// A plain value; every reason is about its record.
class Finding {
 public:
  explicit Finding(const LoggedEvent& record) : record_(&record), rests_on_{&record} {}

  // Nothing in the record could satisfy the rules.
  void No(ReasonCode code, std::string detail = {});
  // It would, but for its grade, its age, a missing field or a day beyond what is filed.
  void CannotSay(ReasonCode code, std::string detail = {});
  // A YES holds at most until `last_day`.
  void HoldsUntil(Day last_day) { Earlier(holds_until_, last_day); }
  // Said beside the answer, whatever it is.
  void Negative(ReasonCode code, std::string detail = {});
  // A YES also needs `other`: another record, or an event without a grade.
  void RestsOn(const LoggedEvent& other) { rests_on_.push_back(&other); }
  // Takes over everything found about a record that this one needs.
  void RestsOn(const Finding& other);

  const LoggedEvent& record() const { return *record_; }
  const std::vector<const LoggedEvent*>& rests_on() const { return rests_on_; }
  const std::optional<Day>& holds_until() const { return holds_until_; }
  const std::vector<Reason>& negatives() const { return negatives_; }

  Outcome outcome() const;
  std::optional<Grade> weakest_grade() const;
  // The reasons of the outcome: why NO, or why CANNOT SAY; empty for YES.
  const std::vector<Reason>& reasons() const;

  // Whether this record answers better than `other`. YES before CANNOT SAY before NO; among YES the
  // one that holds longest, then the higher grade; among others the one with fewer reasons; then
  // the one filed last.
  bool IsBetterThan(const Finding& other) const;

 private:
  Reason About(ReasonCode code, std::string detail) const;

  const LoggedEvent* record_;
  std::vector<const LoggedEvent*> rests_on_;
  std::vector<Reason> no_;
  std::vector<Reason> cannot_say_;
  std::vector<Reason> negatives_;
  std::optional<Day> holds_until_;
};

// Sorts `findings`, the best first.
void SortBestFirst(std::vector<Finding>& findings);

// Appends `reason` unless the same code stands there for the same record and detail.
void AddOnce(std::vector<Reason>& reasons, Reason reason);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_FINDING_H_
