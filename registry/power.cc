#include "registry/power.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>
#include <utility>

#include "registry/vocabulary.h"

namespace bonafide::registry {
namespace {

constexpr char kEverything[] = "*";

// A grade in a scope admits itself and every lower one; anything else admits only itself.
bool ScopeHolds(const Accreditation& grant, const PowerNeed& need) {
  for (const std::string& item : grant.scope) {
    if (item == kEverything || item == need.item) return true;
    if (grant.power == Power::kAttest) {
      const auto cap = ValueNamed<Grade>(item);
      const auto asked = ValueNamed<Grade>(need.item);
      if (cap && asked && *asked <= *cap) return true;
    }
  }
  return false;
}

// When a power is asked for: at a log index, or by days alone.
struct Moment {
  std::optional<LogIndex> at;
  Day day;
};

bool IsEnded(const Subject::Grant& grant, const Moment& moment, const GrantFilter& filter) {
  for (const LoggedEvent* end : grant.ended) {
    if (moment.at && end->index >= *moment.at) continue;
    const auto& terms = *end->As<AccreditationEnded>();
    const bool bites = moment.day > terms.last_day || (moment.at && terms.cut);
    if (bites && filter.end_counts(*end)) return true;
  }
  return false;
}

// Whoever acts for an insurer does so all the way up: a coverholder passes on only the insurer it
// was given, an insurer only itself.
bool InsurerFits(const Subject& holder, const Accreditation& terms, const PowerNeed& need) {
  const auto kind = holder.organisation_kind();
  if (kind == OrganisationKind::kCoverholder) return terms.insurer == need.insurer;
  if (kind == OrganisationKind::kInsurer) return !need.insurer || holder.number() == *need.insurer;
  return true;
}

// One search for a chain of grants. Remembers where it found none: organisations may have many
// grants from one another, and the paths through them multiply.
class ChainSearch {
 public:
  ChainSearch(const World& world, const PowerNeed& need, std::optional<LogIndex> at,
              const GrantFilter& filter)
      : world_(world), need_(need), at_(at), filter_(filter) {}

  // `depth` counts the grants below this one.
  bool Holds(SubjectNumber holder, Day day, int depth) {
    if (holder == SubjectNumber{0}) return true;
    if (depth == kMaxGrantDepth) return false;
    const Subject* subject = world_.Find(holder);
    if (subject == nullptr || !asked_.emplace(holder, day, depth).second) return false;
    const bool delegably = need_.delegably || depth > 0;
    for (const Subject::Grant& grant : subject->grants()) {
      const LoggedEvent& granted = *grant.granted;
      const auto& terms = *granted.As<Accreditation>();
      if (at_ && granted.index >= *at_) continue;
      if (terms.power != need_.power || !ScopeHolds(terms, need_)) continue;
      if (delegably && !terms.delegable) continue;
      if (!InsurerFits(*subject, terms, need_)) continue;
      if (day < terms.from || (terms.until && day > *terms.until)) continue;
      if (IsEnded(grant, {at_, day}, filter_)) continue;
      if (!filter_.grant_counts(grant, at_)) continue;
      // A grant may reach back before it was made; whoever made it must hold the power since then.
      const Day day_above = at_ ? day : std::max(day, Day::OfTime(granted.time_ms));
      if (Holds(granted.event().issuer, day_above, depth + 1)) return true;
    }
    return false;
  }

 private:
  const World& world_;
  const PowerNeed& need_;
  std::optional<LogIndex> at_;
  const GrantFilter& filter_;
  // What was asked and has not been found to hold; a path that leads back here adds nothing.
  std::set<std::tuple<SubjectNumber, Day, int>> asked_;
};

std::vector<PowerNeed> RecordNeeds(const Provenance& provenance) {
  return {{Power::kAttest, std::string(WordOf(provenance.grade)), std::nullopt, false}};
}

std::vector<PowerNeed> GrantNeeds(SubjectNumber to, const Accreditation& grant,
                                  const World& world) {
  std::optional<SubjectNumber> insurer = grant.insurer;
  const Subject* holder = world.Find(to);
  if (grant.power == Power::kIssueInsurance && holder != nullptr &&
      holder->organisation_kind() == OrganisationKind::kInsurer) {
    insurer = to;
  }
  std::vector<PowerNeed> needs;
  for (const std::string& item : grant.scope) {
    needs.push_back({grant.power, item, insurer, /*delegably=*/true});
  }
  return needs;
}

std::vector<PowerNeed> InsuranceNeeds(const Insurance& insurance) {
  if (insurance.provenance.grade != Grade::kIssuerSigned) return RecordNeeds(insurance.provenance);
  std::vector<PowerNeed> needs;
  for (const CoverSection& section : insurance.sections) {
    needs.push_back(
        {Power::kIssueInsurance, section.section, insurance.issuer.number, /*delegably=*/false});
  }
  return needs;
}

std::vector<PowerNeed> SchemeNeeds(SubjectNumber scheme, const World& world) {
  const Subject* subject = world.Find(scheme);
  const SchemeCreated* created = subject != nullptr && !subject->events().empty()
                                     ? subject->creation().As<SchemeCreated>()
                                     : nullptr;
  // Without the scheme there is no treatment to hold the power for; "*" is the strictest demand.
  return {{Power::kSetScheme, created != nullptr ? created->treatment : kEverything, std::nullopt,
           false}};
}

std::vector<PowerNeed> WithdrawalNeeds(const LoggedEvent& event, const Withdrawal& withdrawal,
                                       const World& world) {
  const SubjectNumber signer = event.event().issuer;
  const Subject* subject = world.Find(event.subjects.front());
  const LoggedEvent* target = subject != nullptr ? subject->Find(withdrawal.target) : nullptr;
  if (target != nullptr && target->As<SchemeVersion>() != nullptr) {
    return SchemeNeeds(event.subjects.front(), world);
  }
  if (target != nullptr && target->event().issuer == signer) {
    // Taking back what weighs against somebody asks for the power to say it.
    if (target->As<SamePerson>() != nullptr) {
      return {{Power::kRegister, kEverything, std::nullopt, false}};
    }
    if (target->As<Sanction>() == nullptr) return {};
  } else if (target != nullptr && NamedIssuer(target->event()) == signer) {
    return {};
  }
  return {{Power::kSanction, kEverything, std::nullopt, false}};
}

}  // namespace

GrantFilter GrantFilter::All() {
  return {[](const Subject::Grant&, std::optional<LogIndex>) { return true; },
          [](const LoggedEvent&) { return true; }};
}

std::vector<PowerNeed> NeedsOf(const LoggedEvent& event, const World& world) {
  const auto whole = [](Power power) {
    return std::vector<PowerNeed>{{power, kEverything, std::nullopt, false}};
  };
  const Event& said = event.event();
  if (const auto* created = said.As<OrganisationCreated>()) {
    return {{Power::kAdmit, std::string(WordOf(created->kind)), std::nullopt, false}};
  }
  if (const auto* grant = said.As<Accreditation>()) {
    return GrantNeeds(event.subjects.front(), *grant, world);
  }
  if (const auto* scheme = said.As<SchemeCreated>()) {
    return {{Power::kSetScheme, scheme->treatment, std::nullopt, false}};
  }
  if (said.As<SchemeVersion>() != nullptr) return SchemeNeeds(event.subjects.front(), world);
  if (const auto* training = said.As<Training>()) {
    if (training->provenance.grade != Grade::kIssuerSigned) {
      return RecordNeeds(training->provenance);
    }
    return {{Power::kIssueTraining, training->qualification, std::nullopt, false}};
  }
  if (const auto* insurance = said.As<Insurance>()) return InsuranceNeeds(*insurance);
  if (const auto* withdrawal = said.As<Withdrawal>()) {
    return WithdrawalNeeds(event, *withdrawal, world);
  }
  if (said.As<Sanction>() != nullptr) return whole(Power::kSanction);
  if (said.As<Erasure>() != nullptr) return whole(Power::kErase);
  if (said.As<PractitionerRegistered>() != nullptr || said.As<PractitionerAmended>() != nullptr ||
      said.As<Affiliation>() != nullptr || said.As<AffiliationConfirmed>() != nullptr ||
      said.As<SamePerson>() != nullptr || said.As<Dispute>() != nullptr) {
    return whole(Power::kRegister);
  }
  return {};
}

bool Holds(const World& world, SubjectNumber holder, const PowerNeed& need, LogIndex at, Day day,
           const GrantFilter& filter) {
  // What is to be passed on will be one grant more.
  return ChainSearch(world, need, at, filter).Holds(holder, day, need.delegably ? 1 : 0);
}

bool HeldOnDay(const World& world, SubjectNumber holder, const PowerNeed& need, Day day,
               const GrantFilter& filter) {
  return ChainSearch(world, need, std::nullopt, filter).Holds(holder, day, 0);
}

std::optional<int> RankOf(const World& world, SubjectNumber organisation) {
  int rank = 0;
  while (organisation != SubjectNumber{0}) {
    const Subject* subject = world.Find(organisation);
    if (subject == nullptr || subject->kind() != SubjectKind::kOrganisation) return std::nullopt;
    const SubjectNumber creator = subject->creation().event().issuer;
    // Creators come earlier, so numbers fall and the walk ends.
    if (creator >= organisation) return std::nullopt;
    organisation = creator;
    ++rank;
  }
  return rank;
}

bool IsAncestor(const World& world, SubjectNumber ancestor, SubjectNumber organisation) {
  while (organisation != SubjectNumber{0}) {
    const Subject* subject = world.Find(organisation);
    if (subject == nullptr || subject->kind() != SubjectKind::kOrganisation) return false;
    const SubjectNumber creator = subject->creation().event().issuer;
    if (creator >= organisation) return false;
    if (creator == ancestor) return true;
    organisation = creator;
  }
  return false;
}

}  // namespace bonafide::registry
