#include "registry/power.h"

#include <algorithm>
#include <array>
#include <string_view>
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
  if (!need.insurer) return true;
  switch (holder.organisation_kind().value_or(OrganisationKind::kClinic)) {
    case OrganisationKind::kCoverholder:
      return terms.insurer == need.insurer;
    case OrganisationKind::kInsurer:
      return holder.number() == *need.insurer;
    default:
      return true;
  }
}

// `depth` counts the grants below this one.
bool HoldsAtDepth(const World& world, SubjectNumber holder, const PowerNeed& need,
                  const Moment& moment, const GrantFilter& filter, int depth) {
  if (holder == SubjectNumber{0}) return true;
  if (depth == kMaxGrantDepth) return false;
  const Subject* subject = world.Find(holder);
  if (subject == nullptr) return false;
  for (const Subject::Grant& grant : subject->grants()) {
    const LoggedEvent& granted = *grant.granted;
    const auto& terms = *granted.As<Accreditation>();
    if (moment.at && granted.index >= *moment.at) continue;
    if (terms.power != need.power || !ScopeHolds(terms, need)) continue;
    if (need.delegably && !terms.delegable) continue;
    if (!InsurerFits(*subject, terms, need)) continue;
    if (moment.day < terms.from || (terms.until && moment.day > *terms.until)) continue;
    if (IsEnded(grant, moment, filter)) continue;
    if (!filter.grant_counts(granted, moment.at)) continue;
    const PowerNeed above{need.power, need.item, need.insurer, true};
    // A grant may reach back before it was made; whoever made it must hold the power since then.
    const Moment moment_above{
        moment.at, moment.at ? moment.day : std::max(moment.day, Day::OfTime(granted.time_ms))};
    if (HoldsAtDepth(world, granted.event().issuer, above, moment_above, filter, depth + 1)) {
      return true;
    }
  }
  return false;
}

std::vector<PowerNeed> RecordNeeds(const Provenance& provenance) {
  return {{Power::kAttest, std::string(WordOf(provenance.grade)), std::nullopt, false}};
}

std::vector<PowerNeed> InsuranceNeeds(const Event& event, const Insurance& insurance,
                                      const World& world) {
  if (insurance.provenance.grade != Grade::kIssuerSigned) return RecordNeeds(insurance.provenance);
  const Subject* signer = world.Find(event.issuer);
  const bool coverholder =
      signer != nullptr && signer->organisation_kind() == OrganisationKind::kCoverholder;
  std::vector<PowerNeed> needs;
  for (const CoverSection& section : insurance.sections) {
    needs.push_back({Power::kIssueInsurance, section.section,
                     coverholder ? insurance.issuer.number : std::nullopt, false});
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
  if (target != nullptr &&
      (target->event().issuer == signer || NamedIssuer(target->event()) == signer)) {
    return {};
  }
  if (target != nullptr && target->As<SchemeVersion>() != nullptr) {
    return SchemeNeeds(event.subjects.front(), world);
  }
  return {{Power::kSanction, kEverything, std::nullopt, false}};
}

}  // namespace

GrantFilter GrantFilter::All() {
  return {[](const LoggedEvent&, std::optional<LogIndex>) { return true; },
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
    std::vector<PowerNeed> needs;
    for (const std::string& item : grant->scope) {
      needs.push_back({grant->power, item, grant->insurer, true});
    }
    return needs;
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
  if (const auto* insurance = said.As<Insurance>()) return InsuranceNeeds(said, *insurance, world);
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
  return HoldsAtDepth(world, holder, need, {at, day}, filter, need.delegably ? 1 : 0);
}

bool HeldOnDay(const World& world, SubjectNumber holder, const PowerNeed& need, Day day,
               const GrantFilter& filter) {
  return HoldsAtDepth(world, holder, need, {std::nullopt, day}, filter, 0);
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
