// Until when an organisation that stands on a day goes on standing.
#ifndef BONAFIDE_REGISTRY_STANDING_PERIOD_H_
#define BONAFIDE_REGISTRY_STANDING_PERIOD_H_

#include <optional>
#include <string_view>

#include "registry/effect.h"

namespace bonafide::registry {

// What an organisation must be accredited for.
struct StandingNeed {
  SubjectNumber organisation;
  Power power = Power::kIssueInsurance;
  std::string_view item;
  std::optional<SubjectNumber> insurer;  // for a coverholder: whom it acts for
};

bool StandsOn(const Effect& effect, const StandingNeed& need, Day day);

// The last day of the unbroken period around `day` on which the organisation stands, as things are
// filed; nothing when no end is filed. Precondition: it stands on `day`.
std::optional<Day> StandsUntil(const Effect& effect, const StandingNeed& need, Day day);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_STANDING_PERIOD_H_
