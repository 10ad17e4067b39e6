#include "registry/standing_period.h"

#include <set>
#include <vector>

namespace bonafide::registry {
namespace {

// Standing can only cease after a last day of a grant to the organisation, or of a grant further up
// the chain.
std::set<Day> LastDays(const World& world, const StandingNeed& need) {
  std::set<Day> last_days;
  std::set<SubjectNumber> seen = {need.organisation};
  std::vector<SubjectNumber> open = {need.organisation};
  while (!open.empty()) {
    const Subject* holder = world.Find(open.back());
    open.pop_back();
    if (holder == nullptr) continue;
    for (const Subject::Grant& grant : holder->grants()) {
      const auto& terms = *grant.granted->As<Accreditation>();
      if (terms.power != need.power) continue;
      if (terms.until) last_days.insert(*terms.until);
      for (const LoggedEvent* ended : grant.ended) {
        last_days.insert(ended->As<AccreditationEnded>()->last_day);
      }
      const SubjectNumber grantor = grant.granted->event().issuer;
      if (seen.insert(grantor).second) open.push_back(grantor);
    }
  }
  return last_days;
}

}  // namespace

bool StandsOn(const Effect& effect, const StandingNeed& need, Day day) {
  return effect.StoodOn(need.organisation, need.power, need.item, day, need.insurer);
}

std::optional<Day> StandsUntil(const Effect& effect, const StandingNeed& need, Day day) {
  const std::set<Day> last_days = LastDays(effect.world(), need);
  for (auto it = last_days.lower_bound(day); it != last_days.end(); ++it) {
    if (!StandsOn(effect, need, it->PlusDays(1))) return *it;
  }
  return std::nullopt;
}

}  // namespace bonafide::registry
