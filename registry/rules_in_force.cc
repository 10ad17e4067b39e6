#include "registry/rules_in_force.h"

#include "registry/finding.h"

namespace bonafide::registry {
namespace {

RulesInForce Missing(std::optional<SubjectNumber> scheme, ReasonCode why) {
  return {scheme, nullptr, std::nullopt, why};
}

}  // namespace

RulesInForce FindRules(const Question& question, const Effect& effect) {
  const Subject* genesis = effect.world().Find(SubjectNumber{0});
  if (genesis == nullptr) return Missing(std::nullopt, ReasonCode::kNoScheme);
  const auto number =
      SchemeFor(*genesis, question.treatment, question.territory, effect.known_at_ms());
  const Subject* scheme = number ? effect.world().Find(*number) : nullptr;
  if (scheme == nullptr || scheme->events().empty() || !effect.Counts(scheme->creation())) {
    return Missing(std::nullopt, ReasonCode::kNoScheme);
  }

  RulesInForce rules = Missing(number, ReasonCode::kNoRulesOnDay);
  std::optional<Day> next;       // when a later version takes over
  std::optional<Day> withdrawn;  // when the chosen one ends
  for (const LoggedEventPtr& event : scheme->events()) {
    const auto* version = event->As<SchemeVersion>();
    if (version == nullptr || !effect.Counts(*event)) continue;
    const Holding holding = effect.HoldingOf(*scheme, *event);
    // From when it is in force cannot be read, so it may be the one in force.
    if (version->rules != 1) return Missing(number, ReasonCode::kUpdateNeeded);
    if (version->from > question.on) {
      if (holding.OnDay(version->from)) Earlier(next, version->from);
    } else if (holding.OnDay(question.on) &&
               (rules.version == nullptr || version->from >= rules.version->from)) {
      rules.version = version;
      rules.missing.reset();
      withdrawn = holding.from;
    }
  }
  if (rules.version == nullptr) return rules;
  Earlier(next, withdrawn);
  if (next) rules.holds_until = next->PlusDays(-1);
  return rules;
}

}  // namespace bonafide::registry
