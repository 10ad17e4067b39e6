#include <string>

#include "client/wording.h"
#include "registry/registration_number.h"
#include "registry/vocabulary.h"

namespace bonafide::client {
namespace {

using registry::Day;

std::string Joined(const std::vector<std::string>& codes) {
  std::string text;
  for (const std::string& code : codes) text += (text.empty() ? "" : ", ") + CodeWords(code);
  return text;
}

std::string Until(const std::optional<Day>& until) {
  return until ? " until " + DayWords(*until) : "";
}

std::string Known(const registry::Provenance& provenance) {
  std::string text = std::string(GradeWords(provenance.grade));
  if (provenance.seen_on) text += " (seen on " + DayWords(*provenance.seen_on) + ")";
  if (provenance.confirmed) {
    text += " (" + provenance.confirmed->with + ", " + DayWords(provenance.confirmed->on) +
            ", by " + std::string(WordOf(provenance.confirmed->how)) + ")";
  }
  return text;
}

// One line for each type of event; the variant's visitor keeps the list complete.
struct Words {
  const registry::World& world;

  std::string operator()(const registry::Genesis& genesis) const {
    return "the register begins; first regulator: " + genesis.name;
  }
  std::string operator()(const registry::OrganisationCreated& created) const {
    return "admitted as " + CodeWords(WordOf(created.kind)) + ": " + created.name +
           (created.recognition ? " (" + *created.recognition + ")" : "");
  }
  std::string operator()(const registry::Accreditation& grant) const {
    std::string scope = grant.scope == std::vector<std::string>{"*"} ? "" : Joined(grant.scope);
    return "accredited: may " + CodeWords(WordOf(grant.power)) +
           (scope.empty() ? "" : " " + scope) + " from " + DayWords(grant.from) +
           Until(grant.until) +
           (grant.insurer ? ", for " + NameWords(world, *grant.insurer) : std::string()) +
           (grant.delegable ? ", and pass it on" : "");
  }
  std::string operator()(const registry::AccreditationEnded& ended) const {
    return "accreditation ended: last day " + DayWords(ended.last_day) +
           (ended.cut ? "; what it admitted from entry " + std::to_string(ended.cut->value) +
                            " on is void"
                      : "");
  }
  std::string operator()(const registry::KeyAdded& added) const {
    return "key added: " + added.key.id().ToString();
  }
  std::string operator()(const registry::KeyRevoked& revoked) const {
    return "key revoked (" + std::string(WordOf(revoked.reason)) + "): " + revoked.key.ToString() +
           (revoked.cut ? "; what it signed from entry " + std::to_string(revoked.cut->value) +
                              " on is void"
                        : "");
  }
  std::string operator()(const registry::SchemeCreated& scheme) const {
    return "scheme \"" + scheme.name + "\" for " + CodeWords(scheme.treatment) + " in " +
           scheme.territory;
  }
  std::string operator()(const registry::SchemeVersion& version) const {
    return "rules from " + DayWords(version.from);
  }
  std::string operator()(const registry::PractitionerRegistered&) const {
    return "registered as a practitioner";
  }
  std::string operator()(const registry::PractitionerAmended& amended) const {
    return "details amended from " + DayWords(amended.from);
  }
  std::string operator()(const registry::Affiliation& affiliation) const {
    return "works at " + NameWords(world, affiliation.clinic) + " from " +
           DayWords(affiliation.from) + Until(affiliation.until);
  }
  std::string operator()(const registry::AffiliationConfirmed&) const {
    return "affiliation confirmed";
  }
  std::string operator()(const registry::Training& training) const {
    return training.title + " (" + training.qualification + ", " + training.framework + " level " +
           std::to_string(training.level) + "), awarded " + DayWords(training.awarded_on) + " by " +
           training.issuer.name + "; " + Known(training.provenance);
  }
  std::string operator()(const registry::Insurance& policy) const {
    std::string treatments;
    for (const auto& one : policy.treatments) {
      treatments += (treatments.empty() ? "" : ", ") + CodeWords(one.treatment);
    }
    std::string text = policy.issuer.name + ", " + DayWords(policy.from) + " to " +
                       DayWords(policy.until) + ", " + CodeWords(WordOf(policy.basis)) + ", for " +
                       treatments;
    if (policy.retroactive) {
      text += policy.retroactive->unlimited
                  ? ", retroactive without limit"
                  : ", retroactive to " + DayWords(policy.retroactive->since);
    }
    if (policy.extended_until) {
      text += ", claims reported until " + DayWords(*policy.extended_until);
    }
    if (policy.only_while_working_for) {
      text += ", only while working for " + NameWords(world, *policy.only_while_working_for);
    }
    return text + "; " + Known(policy.provenance);
  }
  std::string operator()(const registry::Withdrawal& withdrawal) const {
    return "withdrawn (" + std::string(WordOf(withdrawal.reason)) + ") " +
           (withdrawal.from ? "from " + DayWords(*withdrawal.from) : "from the start");
  }
  std::string operator()(const registry::Sanction& sanction) const {
    return std::string(WordOf(sanction.kind)) + " from " + DayWords(sanction.from) +
           Until(sanction.until) +
           (sanction.barred.empty() ? "" : ", barred from " + Joined(sanction.barred));
  }
  std::string operator()(const registry::SamePerson& same) const {
    return "the same person as " + registry::RegistrationNumber(same.other);
  }
  std::string operator()(const registry::Dispute&) const { return "disputed by the practitioner"; }
  std::string operator()(const registry::Erasure& erasure) const {
    return erasure.target ? "personal details of one event erased" : "personal details erased";
  }
  std::string operator()(const registry::UnknownEvent&) const {
    return "an event of a type newer than this program";
  }
};

}  // namespace

std::string EventWords(const registry::LoggedEvent& event, const registry::World& world) {
  return std::visit(Words{world}, event.event().body);
}

}  // namespace bonafide::client
