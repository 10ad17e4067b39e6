// Which version of which scheme reads the papers on a day.
#ifndef BONAFIDE_REGISTRY_RULES_IN_FORCE_H_
#define BONAFIDE_REGISTRY_RULES_IN_FORCE_H_

#include <optional>

#include "registry/effect.h"
#include "registry/question.h"
#include "registry/reason_code.h"

namespace bonafide::registry {

struct RulesInForce {
  std::optional<SubjectNumber> scheme;  // the one for the treatment and territory, if any
  const SchemeVersion* version = nullptr;
  std::optional<Day> holds_until;  // the last day this version is in force, as things are filed
  // Without a version, why: kNoScheme, kNoRulesOnDay or kUpdateNeeded.
  std::optional<ReasonCode> missing;
};

// Among the versions that count and hold on `question.on`, the one with the greatest `from` not
// after that day; of several the one logged last. The result lives as long as the world of
// `effect`.
RulesInForce FindRules(const Question& question, const Effect& effect);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_RULES_IN_FORCE_H_
