#include "tests/e2e/cast.h"

#include <cstdio>
#include <cstdlib>
#include <utility>

#include "certs/key_file.h"
#include "registry/day.h"

namespace bonafide::e2e {
namespace {

using registry::Day;

void Demand(const absl::Status& status, const char* what) {
  if (status.ok()) return;
  std::fprintf(stderr, "%s: %s\n", what, std::string(status.message()).c_str());
  std::abort();
}

template <typename T>
T Demand(absl::StatusOr<T> value, const char* what) {
  Demand(value.status(), what);
  return *std::move(value);
}

Day DayOf(const char* text) { return Day::Parse(text).value(); }

std::shared_ptr<const certs::PrivateKey> NewKey() {
  return std::make_shared<certs::PrivateKey>(certs::PrivateKey::Generate(certs::Algorithm::kEs256));
}

Party Admit(const Visitor& visitor, const Party& by, registry::OrganisationKind kind,
            const std::string& name, std::optional<std::string> recognition = std::nullopt) {
  auto key = NewKey();
  const auto filed = Demand(
      visitor.File(
          by,
          registry::OrganisationCreated{kind, name, std::move(recognition), {key->public_key()}},
          std::nullopt),
      "admitting an organisation");
  return {{filed.subject, filed.id}, std::move(key)};
}

void Grant(const Visitor& visitor, const Party& by, const Party& to, registry::Power power,
           std::vector<std::string> scope) {
  registry::Accreditation grant;
  grant.power = power;
  grant.scope = std::move(scope);
  grant.from = DayOf("2010-01-01");
  Demand(visitor.File(by, grant, to.about).status(), "accrediting");
}

registry::SchemeVersion Rules() {
  registry::SchemeVersion rules;
  rules.from = DayOf("2025-01-01");
  rules.zone = "Europe/London";
  registry::Qualification qualification;
  qualification.number = Cast::kQualification;
  qualification.title = "Example Level 4 Certificate in Scalp Micropigmentation";
  qualification.framework = "rqf";
  qualification.level = 4;
  qualification.owner = "EX-RN-0001";
  rules.training = {{"Scalp micropigmentation", {qualification}}};
  rules.insurance = {{"treatment_risk", "GBP", 1'000'000'00, std::nullopt}};
  rules.spent_after_days = 1825;
  return rules;
}

}  // namespace

Visitor::Visitor(const ServedRegister& served, const std::string& state_directory)
    : trust_(served.trust()),
      connection_(
          Demand(client::Connection::Open({served.address(), served.ca_pem()}), "connecting")) {
  memory_ = Demand(client::Memory::Open(state_directory, trust_.anchors.log_key), "memory");
}

void Visitor::Act(const Party& party) {
  connection_->Act({trust_.anchors.origin, party.about.number, party.key});
}

client::Filing Visitor::For(const Party& by) const {
  client::Filing filing(trust_, *connection_, *memory_,
                        {trust_.anchors.origin, by.about.number, by.key}, client::SystemClock());
  filing.set_patience_ms(0);
  return filing;
}

absl::StatusOr<client::Answer> Visitor::Ask(const registry::Question& question) const {
  return client::Lookup(trust_, *connection_, *memory_, client::SystemClock()).Ask(question);
}

absl::StatusOr<registry::SignedEvent> Visitor::Sign(
    const Party& by, registry::EventBody body, std::optional<client::About> about,
    std::vector<registry::OpenedSlot> personal) const {
  return For(by).Sign(std::move(body), about, std::move(personal));
}

absl::StatusOr<client::Filed> Visitor::File(const Party& by, registry::EventBody body,
                                            std::optional<client::About> about,
                                            std::vector<registry::OpenedSlot> personal) const {
  return For(by).File(std::move(body), about, std::move(personal));
}

Cast::Cast(const ServedRegister& served, const Visitor& visitor) {
  using registry::OrganisationKind;
  using registry::Power;
  regulator.key = std::make_shared<certs::PrivateKey>(
      Demand(certs::ReadKeyFile(served.regulator_key_path()), "the regulator's key"));
  awarding_body = Admit(visitor, regulator, OrganisationKind::kAwardingBody,
                        "Example Awarding Body", "EX-RN-0001");
  insurer = Admit(visitor, regulator, OrganisationKind::kInsurer, "Example Insurer", "EX-INS-0001");
  clinic = Admit(visitor, regulator, OrganisationKind::kClinic, "Example Clinic North");
  Grant(visitor, regulator, awarding_body, Power::kIssueTraining, {kQualification});
  Grant(visitor, regulator, insurer, Power::kIssueInsurance, {"treatment_risk"});
  Grant(visitor, regulator, clinic, Power::kRegister, {"*"});
  Grant(visitor, regulator, clinic, Power::kAttest, {"document_seen"});
  const auto created = Demand(
      visitor.File(regulator, registry::SchemeCreated{kTreatment, kTerritory, "Example scheme"},
                   std::nullopt),
      "creating the scheme");
  scheme.about = {created.subject, created.id};
  Demand(visitor.File(regulator, Rules(), scheme.about).status(), "setting the rules");
}

Party Cast::Practitioner(const Visitor& visitor, const std::string& name) const {
  const auto registered = Demand(visitor.File(clinic, registry::PractitionerRegistered{},
                                              std::nullopt, {{"name", certs::Json::String(name)}}),
                                 "registering a practitioner");
  const Party practitioner{{registered.subject, registered.id}, nullptr};
  Demand(visitor.File(awarding_body, TrainingOf(registry::Grade::kIssuerSigned), practitioner.about)
             .status(),
         "filing training");
  Demand(visitor.File(insurer, Policy(), practitioner.about).status(), "filing insurance");
  return practitioner;
}

registry::Question Cast::Ask(const Party& practitioner) const {
  registry::Question question;
  question.practitioner = practitioner.about.number;
  question.treatment = kTreatment;
  question.territory = kTerritory;
  question.on = DayOf("2026-06-01");
  return question;
}

registry::Training Cast::TrainingOf(registry::Grade grade) const {
  registry::Training training;
  training.framework = "rqf";
  training.level = 4;
  training.qualification = kQualification;
  training.title = "Example Level 4 Certificate in Scalp Micropigmentation";
  training.issuer = {"Example Awarding Body", "EX-RN-0001", awarding_body.about.number};
  training.awarded_on = DayOf("2024-03-15");
  training.provenance.grade = grade;
  if (grade == registry::Grade::kDocumentSeen) training.provenance.seen_on = DayOf("2026-01-15");
  return training;
}

registry::Insurance Cast::Policy() const {
  registry::Insurance policy;
  policy.issuer = {"Example Insurer", "EX-INS-0001", insurer.about.number};
  policy.basis = registry::Basis::kOccurrence;
  policy.from = DayOf("2026-01-01");
  policy.until = DayOf("2026-12-31");
  policy.territories = {kTerritory};
  policy.sections = {{"treatment_risk", "GBP", 2'000'000'00, std::nullopt, std::nullopt}};
  policy.treatments = {{kTreatment, false, false, false}};
  policy.provenance.grade = registry::Grade::kIssuerSigned;
  return policy;
}

}  // namespace bonafide::e2e
