#include "registry/cover_check.h"

#include <algorithm>
#include <optional>
#include <string>
#include <vector>

#include "registry/standing_period.h"

namespace bonafide::registry {
namespace {

void CheckTreatment(const Question& question, const Insurance& policy, Finding& finding) {
  const std::string& treatment = question.treatment;
  if (std::ranges::find(policy.not_covered, treatment) != policy.not_covered.end()) {
    finding.No(ReasonCode::kInsuranceTreatmentExcluded, treatment);
    finding.Negative(ReasonCode::kInsuranceTreatmentExcluded, treatment);
    return;
  }
  const auto listed = std::ranges::find(policy.treatments, treatment, &CoveredTreatment::treatment);
  if (listed == policy.treatments.end()) {
    finding.No(ReasonCode::kInsuranceTreatmentNotListed, treatment);
    finding.Negative(ReasonCode::kInsuranceTreatmentNotListed, treatment);
    return;
  }
  if (listed->excludes_under_18) {
    if (question.under_18) finding.No(ReasonCode::kInsuranceExcludesUnder18, treatment);
    finding.Negative(ReasonCode::kInsuranceExcludesUnder18, treatment);
  }
  if (listed->excludes_no_patch_test) {
    finding.Negative(ReasonCode::kInsuranceExcludesNoPatchTest, treatment);
  }
  if (listed->excludes_no_consent) {
    finding.Negative(ReasonCode::kInsuranceExcludesNoConsent, treatment);
  }
}

void CheckLimit(const std::string& section, std::optional<int64_t> limit_minor, int64_t least_minor,
                Finding& finding) {
  if (!limit_minor) {
    finding.CannotSay(ReasonCode::kInsuranceLimitMissing, section);
  } else if (*limit_minor < least_minor) {
    finding.No(ReasonCode::kInsuranceLimitTooLow, section);
  }
}

void CheckSection(const CoverRequirement& required, const Insurance& policy, Finding& finding) {
  const auto section = std::ranges::find(policy.sections, required.section, &CoverSection::section);
  if (section == policy.sections.end()) {
    finding.No(ReasonCode::kInsuranceSectionMissing, required.section);
    return;
  }
  if (section->currency != required.currency) {
    finding.CannotSay(ReasonCode::kInsuranceCurrencyDiffers,
                      required.section + " " + section->currency);
    return;
  }
  CheckLimit(required.section, section->per_claim_minor, required.per_claim_minor, finding);
  if (required.aggregate_minor) {
    CheckLimit(required.section, section->aggregate_minor, *required.aggregate_minor, finding);
  }
}

// Working at a clinic, as that clinic says and a registrar may have confirmed.
struct Workplace {
  const LoggedEvent* affiliation = nullptr;
  bool confirmed = false;
  std::optional<Day> last_day;
};

bool IsConfirmed(const Inquiry& inquiry, const LoggedEvent& affiliation) {
  return std::ranges::any_of(inquiry.practitioner->events(), [&](const LoggedEventPtr& event) {
    const auto* confirmation = event->As<AffiliationConfirmed>();
    return confirmation != nullptr && confirmation->target == affiliation.event().id &&
           inquiry.effect.Counts(*event);
  });
}

bool LastsLonger(const std::optional<Day>& a, const std::optional<Day>& b) {
  return b && (!a || *a > *b);
}

// The best affiliation to `clinic` that covers the day: a confirmed one, then the longest.
Workplace FindWorkplace(const Inquiry& inquiry, SubjectNumber clinic) {
  Workplace best;
  const Day day = inquiry.question.on;
  for (const LoggedEventPtr& event : inquiry.practitioner->events()) {
    const auto* affiliation = event->As<Affiliation>();
    if (affiliation == nullptr || affiliation->clinic != clinic || !inquiry.effect.Counts(*event)) {
      continue;
    }
    const Holding holding = inquiry.effect.HoldingOf(*inquiry.practitioner, *event);
    if (!holding.OnDay(day) || day < affiliation->from ||
        (affiliation->until && day > *affiliation->until)) {
      continue;
    }
    Workplace found{event.get(), IsConfirmed(inquiry, *event), affiliation->until};
    if (holding.from) Earlier(found.last_day, holding.from->PlusDays(-1));
    const bool better =
        best.affiliation == nullptr || (found.confirmed && !best.confirmed) ||
        (found.confirmed == best.confirmed && LastsLonger(found.last_day, best.last_day));
    if (better) best = found;
  }
  return best;
}

void CheckStands(const Inquiry& inquiry, const StandingNeed& need, Day day, Finding& finding) {
  if (!StandsOn(inquiry.effect, need, day)) {
    finding.No(ReasonCode::kInsurerNotStanding, std::to_string(need.organisation.value));
  } else if (const auto last_day = StandsUntil(inquiry.effect, need, day)) {
    finding.HoldsUntil(*last_day);
  }
}

}  // namespace

void CheckCover(const Inquiry& inquiry, const Insurance& policy, Finding& finding) {
  CheckTreatment(inquiry.question, policy, finding);
  const std::string& territory = inquiry.question.territory;
  if (std::ranges::find(policy.territories, territory) == policy.territories.end()) {
    finding.No(ReasonCode::kInsuranceOtherTerritory, territory);
  }
  for (const CoverRequirement& required : inquiry.rules.version->insurance) {
    CheckSection(required, policy, finding);
  }
}

void CheckWorkplace(const Inquiry& inquiry, const Insurance& policy, Finding& finding) {
  if (!policy.only_while_working_for) return;
  const SubjectNumber clinic = *policy.only_while_working_for;
  const std::string detail = std::to_string(clinic.value);
  if (!inquiry.question.at) {
    finding.CannotSay(ReasonCode::kCoveredOnlyAtClinic, detail);
    return;
  }
  if (*inquiry.question.at != clinic) {
    finding.No(ReasonCode::kInsuranceOnlyAtOtherClinic, detail);
    return;
  }
  const Workplace workplace = FindWorkplace(inquiry, clinic);
  if (workplace.affiliation == nullptr) {
    finding.No(ReasonCode::kAffiliationMissing, detail);
    return;
  }
  if (!workplace.confirmed) finding.CannotSay(ReasonCode::kAffiliationUnconfirmed, detail);
  if (workplace.last_day) finding.HoldsUntil(*workplace.last_day);
  finding.RestsOn(*workplace.affiliation);
}

void CheckInsurer(const Inquiry& inquiry, const Insurance& policy, Day day, Finding& finding) {
  if (!policy.issuer.number) return;
  const SubjectNumber insurer = *policy.issuer.number;
  const SubjectNumber signer = finding.record().event().issuer;
  const bool by_coverholder = policy.provenance.grade == Grade::kIssuerSigned && signer != insurer;
  for (const CoverRequirement& required : inquiry.rules.version->insurance) {
    CheckStands(inquiry, {insurer, Power::kIssueInsurance, required.section, std::nullopt}, day,
                finding);
    if (by_coverholder) {
      CheckStands(inquiry, {signer, Power::kIssueInsurance, required.section, insurer}, day,
                  finding);
    }
  }
}

}  // namespace bonafide::registry
