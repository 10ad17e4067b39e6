#include "tests/registry/example_register.h"

namespace bonafide::registry {

ExampleRegister::ExampleRegister(uint64_t seed) : scratch(seed) {
  const Party& regulator = scratch.regulator();
  registrar = scratch.Admit(OrganisationKind::kRegistrar, "Example Registrar", regulator);
  awarding_body =
      scratch.Admit(OrganisationKind::kAwardingBody, "Example Awards", regulator, "EX-RN-1");
  insurer = scratch.Admit(OrganisationKind::kInsurer, "Example Mutual", regulator, "EX-INS-1");
  clinic = scratch.Admit(OrganisationKind::kClinic, "Example Clinic North", regulator);
  other_clinic = scratch.Admit(OrganisationKind::kClinic, "Example Clinic South", regulator);
  scratch.Grant(regulator, registrar, Power::kRegister, {"*"});
  scratch.Grant(regulator, registrar, Power::kAttest, {"issuer_confirmed"});
  scratch.Grant(regulator, awarding_body, Power::kIssueTraining, {kQualification});
  scratch.Grant(regulator, insurer, Power::kIssueInsurance, {"treatment_risk", "public_liability"});
  for (const Party& one : {clinic, other_clinic}) {
    scratch.Grant(regulator, one, Power::kRegister, {"*"});
    scratch.Grant(regulator, one, Power::kAttest, {"document_seen"});
  }
  scheme = scratch.CreateScheme(regulator, kTreatment, kTerritory);
  version = scratch.File(regulator, Rules(), scheme);
  practitioner = scratch.Register(clinic, "Zoë Example-Jones");
  training = scratch.File(awarding_body, AwardedTraining(), practitioner,
                          {{"certificate_number", certs::Json::String("EX-CERT-0042")}});
  insurance = scratch.File(insurer, Policy(), practitioner,
                           {{"policy_number", certs::Json::String("EX-POL-0042")}});
  scratch.Publish();
}

Question ExampleRegister::Ask() const {
  Question question;
  question.practitioner = practitioner.number;
  question.treatment = kTreatment;
  question.territory = kTerritory;
  question.on = DayOf("2026-06-01");
  return question;
}

absl::StatusOr<Proven> ExampleRegister::Check(const Question& question) const {
  return VerifyEvidence(scratch.anchors(), scratch.Prove(question), question, scratch.now_ms(),
                        Freshness::kCurrent);
}

SchemeVersion ExampleRegister::Rules() {
  SchemeVersion rules;
  rules.from = DayOf("2025-01-01");
  rules.zone = "Europe/London";
  Qualification qualification;
  qualification.number = kQualification;
  qualification.title = "Example Level 4 Certificate in Scalp Micropigmentation";
  qualification.framework = "rqf";
  qualification.level = 4;
  qualification.owner = "EX-RN-1";
  rules.training = {{"Scalp micropigmentation", {qualification}}};
  rules.insurance = {{"treatment_risk", "GBP", 1'000'000'00, std::nullopt}};
  rules.spent_after_days = 1825;
  return rules;
}

Training ExampleRegister::AwardedTraining() const {
  Training training_record;
  training_record.framework = "rqf";
  training_record.level = 4;
  training_record.qualification = kQualification;
  training_record.title = "Example Level 4 Certificate in Scalp Micropigmentation";
  training_record.issuer = {"Example Awards", "EX-RN-1", awarding_body.number};
  training_record.awarded_on = DayOf("2024-03-15");
  training_record.provenance.grade = Grade::kIssuerSigned;
  return training_record;
}

Insurance ExampleRegister::Policy() const {
  Insurance policy;
  policy.issuer = {"Example Mutual", "EX-INS-1", insurer.number};
  policy.basis = Basis::kOccurrence;
  policy.from = DayOf("2026-01-01");
  policy.until = DayOf("2026-12-31");
  policy.territories = {kTerritory};
  policy.sections = {{"treatment_risk", "GBP", 2'000'000'00, std::nullopt, std::nullopt}};
  policy.treatments = {{kTreatment, false, false, false}};
  policy.provenance.grade = Grade::kIssuerSigned;
  return policy;
}

}  // namespace bonafide::registry
