// Powers: what an event asks of its signer, and whether the signer holds it
// (docs/protocol.md, section 8.4).
#ifndef BONAFIDE_REGISTRY_POWER_H_
#define BONAFIDE_REGISTRY_POWER_H_

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "registry/subject.h"

namespace bonafide::registry {

inline constexpr int kMaxGrantDepth = 4;
// The rank of an organisation; what is admitted to the register is never further from subject 0.
inline constexpr int kMaxRank = 16;

// One thing a signer must be allowed to do.
struct PowerNeed {
  Power power = Power::kRegister;
  std::string item;                      // an element of a scope; "*" asks for the whole of it
  std::optional<SubjectNumber> insurer;  // for issue_insurance: whose paper it is to be
  bool delegably = false;                // must hold it so that it can be passed on
};

// What admission asked of the signer of `event`, beside its key. Empty for events that need no
// power (keys, ends of accreditations, an issuer's withdrawals of its papers). `world` supplies the
// target of a withdrawal, the treatment of a scheme and the kinds of organisations.
std::vector<PowerNeed> NeedsOf(const LoggedEvent& event, const World& world);

// Which grants and ends count. Admission counts all that came before; effect leaves out the void.
struct GrantFilter {
  // Whether `grant` counts at log index `at`; without `at`, at all.
  std::function<bool(const Subject::Grant& grant, std::optional<LogIndex> at)> grant_counts;
  // Whether `ended` (an accreditation-ended) counts.
  std::function<bool(const LoggedEvent& ended)> end_counts;

  static GrantFilter All();
};

// Whether `holder` holds what `need` asks at log index `at` on `day`: by being subject 0, or by a
// counted chain of at most kMaxGrantDepth grants logged before `at`, including the one that is to
// be made where it is needed delegably. Ends count from their own index on. Asks `filter` at most
// once for each grant of each organisation at each length of the chain.
bool Holds(const World& world, SubjectNumber holder, const PowerNeed& need, LogIndex at, Day day,
           const GrantFilter& filter);

// Whether `holder` stood on `day`, by days alone and everything known: the question of a verdict
// ("was the awarding body accredited at the award?"). Cuts of grants do not matter here, last days
// do.
bool HeldOnDay(const World& world, SubjectNumber holder, const PowerNeed& need, Day day,
               const GrantFilter& filter);

// rank(0) = 0, else 1 + rank of the signer of the creation. Nothing when a link is missing from
// `world` or is no organisation.
std::optional<int> RankOf(const World& world, SubjectNumber organisation);
// Whether `ancestor` is the signer of the creation of `organisation`, or an ancestor of that
// signer.
bool IsAncestor(const World& world, SubjectNumber ancestor, SubjectNumber organisation);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_POWER_H_
