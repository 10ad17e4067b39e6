#include "registry/provenance_check.h"

#include <algorithm>

#include "registry/vocabulary.h"

namespace bonafide::registry {
namespace {

// The day somebody last looked: asked the issuer, or saw the paper.
std::optional<Day> LastChecked(const Provenance& provenance) {
  return provenance.confirmed ? provenance.confirmed->on : provenance.seen_on;
}

// What nobody ever looked at is too old at any age.
void CheckAge(Day on, std::optional<Day> checked, int max_age_days, Finding& finding) {
  if (!checked) {
    finding.CannotSay(ReasonCode::kConfirmationTooOld, "");
    return;
  }
  const Day last_day = checked->PlusDays(max_age_days);
  if (on > last_day) finding.CannotSay(ReasonCode::kConfirmationTooOld, checked->ToString());
  finding.HoldsUntil(last_day);
}

// Whether `organisation` is a clinic with an interest in this person's papers: it registered one of
// the numbers or said, at any time, that the person works there.
bool IsOwnClinic(const Inquiry& inquiry, SubjectNumber organisation) {
  const Subject* subject = inquiry.effect.world().Find(organisation);
  if (subject == nullptr || subject->organisation_kind() != OrganisationKind::kClinic) return false;
  const auto ties = [&](const LoggedEventPtr& event) {
    const bool tie =
        event->As<PractitionerRegistered>() != nullptr || event->As<Affiliation>() != nullptr;
    return tie && event->event().issuer == organisation && inquiry.effect.Counts(*event);
  };
  return std::ranges::any_of(inquiry.person, [&ties](const Subject* number) {
    return std::ranges::any_of(number->events(), ties);
  });
}

}  // namespace

ProvenanceDemand TrainingDemand(const SchemeVersion& version) {
  return {version.training_grade, version.training_max_age_days, version.own_clinic_may_attest};
}

ProvenanceDemand InsuranceDemand(const SchemeVersion& version) {
  return {version.insurance_grade, version.insurance_max_age_days, version.own_clinic_may_attest};
}

void CheckProvenance(const Inquiry& inquiry, const Provenance& provenance,
                     const ProvenanceDemand& demand, Finding& finding) {
  if (provenance.grade < demand.lowest) {
    finding.CannotSay(ReasonCode::kGradeTooLow, std::string(WordOf(provenance.grade)));
  }
  if (demand.max_age_days && provenance.grade != Grade::kIssuerSigned) {
    CheckAge(inquiry.question.on, LastChecked(provenance), *demand.max_age_days, finding);
  }
  const SubjectNumber signer = finding.record().event().issuer;
  if (!demand.own_clinic_may_attest && IsOwnClinic(inquiry, signer)) {
    finding.CannotSay(ReasonCode::kAttestedByOwnClinic, std::to_string(signer.value));
  }
}

std::string DetailOf(const Holding& holding) {
  std::string detail;
  const auto* withdrawal =
      holding.withdrawn_by != nullptr ? holding.withdrawn_by->As<Withdrawal>() : nullptr;
  if (withdrawal != nullptr) detail = WordOf(withdrawal->reason);
  if (!holding.never && holding.from) detail += " from " + holding.from->ToString();
  return detail;
}

}  // namespace bonafide::registry
