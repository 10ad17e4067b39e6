// From findings to a leg: what training and insurance do alike.
#ifndef BONAFIDE_REGISTRY_LEG_OUTCOME_H_
#define BONAFIDE_REGISTRY_LEG_OUTCOME_H_

#include <optional>
#include <vector>

#include "registry/finding.h"
#include "registry/verdict.h"

namespace bonafide::registry {

// A leg that is what it is for one reason, about no record.
Leg Unfounded(LegName name, Outcome outcome, ReasonCode code);

// Gathers a leg that needs one or more things: it is as good as the worst of them.
class LegOutcome {
 public:
  explicit LegOutcome(LegName name) { leg_.name = name; }

  // One thing needed, answered by the best of `findings`. Precondition: not empty, sorted best
  // first.
  void Add(const std::vector<Finding>& findings);
  // One thing needed that nothing filed answers.
  void AddNo(const std::vector<Reason>& reasons);

  // The leg: the reasons are those of its outcome; a YES holds at most until `bound`.
  Leg Finish(std::optional<Day> bound) &&;

 private:
  void Worsen(Outcome outcome);

  Leg leg_{.outcome = Outcome::kYes};
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_LEG_OUTCOME_H_
