// Effect: which admitted events still count (docs/protocol.md, section 9).
#ifndef BONAFIDE_REGISTRY_EFFECT_H_
#define BONAFIDE_REGISTRY_EFFECT_H_

#include <cstdint>
#include <map>
#include <optional>
#include <string>
#include <string_view>
#include <tuple>
#include <unordered_map>
#include <utility>

#include "registry/power.h"
#include "registry/subject_set.h"

namespace bonafide::registry {

// How long a record holds: on no day, up to a day, or without end.
struct Holding {
  const LoggedEvent* withdrawn_by = nullptr;  // the withdrawal that decides, if any
  bool never = false;                         // withdrawn from the start
  std::optional<Day> from;                    // withdrawn from this day on

  bool OnDay(Day day) const { return !never && (!from || day < *from); }
};

// What the register said by `known_at_ms`, over a set of subjects closed as section 7 demands.
// Remembers what it has worked out, so it is not thread-safe. `world` must outlive it and not
// change.
class Effect {
 public:
  Effect(const SubjectSet& set, int64_t known_at_ms);

  const SubjectSet& world() const { return *world_; }
  int64_t known_at_ms() const { return known_at_ms_; }

  // Whether `event` was logged by then and is not void.
  bool Counts(const LoggedEvent& event) const;

  // The withdrawals of `event` (an event of `subject`) that count, and of what it replaces.
  Holding HoldingOf(const Subject& subject, const LoggedEvent& event) const;

  // Whether `organisation` was accredited for `power` and `item` on `day`, by everything known: the
  // day test of the verdict, not of admission. `insurer` is whom a coverholder acts for; an insurer
  // acts for itself.
  bool StoodOn(SubjectNumber organisation, Power power, std::string_view item, Day day,
               std::optional<SubjectNumber> insurer = std::nullopt) const;

  // Whether something in the set is of a type this version does not know and may change the answer.
  bool update_needed() const { return update_needed_; }

 private:
  // One subject's event: a link between two numbers may be withdrawn under either.
  using Held = std::pair<const Subject*, const LoggedEvent*>;
  using Standing = std::tuple<SubjectNumber, Power, std::string, Day, std::optional<SubjectNumber>>;

  bool IsVoid(const LoggedEvent& event) const;
  Holding WithdrawnFrom(const Subject& subject, const LoggedEvent& event) const;
  bool KeyIsCut(const Subject& signer, const LoggedEvent& event) const;
  GrantFilter Filter() const;

  const SubjectSet* world_;
  int64_t known_at_ms_;
  bool update_needed_ = false;
  mutable std::unordered_map<const LoggedEvent*, bool> void_;
  mutable std::map<Held, Holding> holding_;
  mutable std::map<Standing, bool> stood_;
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_EFFECT_H_
