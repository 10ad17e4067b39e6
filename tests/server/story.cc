#include "tests/server/story.h"

#include <gtest/gtest.h>

#include <utility>

namespace bonafide::server {
namespace {

using certs::Json;
using registry::Day;
using registry::Grade;
using registry::Power;

RunningRegister::Organisation Found(RunningRegister& running, const std::string& name,
                                    std::optional<Filed>* filed) {
  auto key = certs::PrivateKey::Generate(certs::Algorithm::kEd25519);
  registry::OrganisationCreated created;
  created.kind = registry::OrganisationKind::kClinic;
  created.name = name;
  created.keys = {key.public_key()};
  *filed = running.File(running.regulator(), std::nullopt, created);
  return {(*filed)->subject, std::move(key)};
}

void Grant(RunningRegister& running, const Filed& organisation, Power power,
           const std::string& item) {
  registry::Accreditation grant;
  grant.power = power;
  grant.scope = {item};
  grant.from = *Day::Parse("2020-01-01");
  running.File(running.regulator(), organisation, grant);
}

registry::SchemeVersion Rules() {
  registry::Qualification qualification;
  qualification.number = "603/0001/X";
  qualification.title = "Example Diploma in Scalp Pigmentation";
  qualification.framework = "example_framework";
  qualification.level = 4;
  qualification.owner = "EX1";
  registry::SchemeVersion version;
  version.from = *Day::Parse("2020-01-01");
  version.zone = "Europe/London";
  version.training = {{"core", {qualification}}};
  version.training_grade = Grade::kDocumentSeen;
  version.insurance = {{"treatment_risk", "GBP", 100'000'000, std::nullopt}};
  version.insurance_grade = Grade::kDocumentSeen;
  version.own_clinic_may_attest = true;
  return version;
}

Json PapersJson(const std::string& bytes) {
  return Json::Array({Json::Object(
      {{"sha256", Json::String(Sha256(bytes).Hex())}, {"type", Json::String("application/pdf")}})});
}

}  // namespace

std::string ExamplePdf(size_t size_bytes, char fill) {
  return "%PDF-1.4\n" + std::string(size_bytes, fill) + "\n%%EOF\n";
}

Story::Story(RunningRegister& running)
    : clinic{{}, certs::PrivateKey::Generate(certs::Algorithm::kEd25519)},
      stranger{{}, certs::PrivateKey::Generate(certs::Algorithm::kEd25519)},
      paper(ExamplePdf(600'000, 'p')),
      public_paper(ExamplePdf(100, 'q')) {
  std::optional<Filed> clinic_filed;
  std::optional<Filed> stranger_filed;
  clinic = Found(running, "Example Clinic", &clinic_filed);
  stranger = Found(running, "Example Stranger", &stranger_filed);
  Grant(running, *clinic_filed, Power::kRegister, "*");
  Grant(running, *clinic_filed, Power::kAttest, "document_seen");
  scheme = running.File(running.regulator(), std::nullopt,
                        registry::SchemeCreated{kTreatment, kTerritory, "Example Scheme"});
  running.File(running.regulator(), scheme, Rules());

  for (const std::string& bytes : {paper, public_paper}) {
    v1::UploadPaperResponse stored;
    const grpc::Status status = running.Upload(clinic, Sha256(bytes), bytes, 100'000, &stored);
    EXPECT_TRUE(status.ok()) << status.error_message();
  }
  practitioner = running.File(clinic, std::nullopt, registry::PractitionerRegistered{},
                              {{"name", Json::String(kName)}, {"town", Json::String("Leeds")}});
  registry::Training record;
  record.framework = "example_framework";
  record.level = 4;
  record.qualification = "603/0001/X";
  record.title = "Example Diploma in Scalp Pigmentation";
  record.issuer = {"Example Awarding Body", "EX1", std::nullopt};
  record.awarded_on = *Day::Parse("2021-06-01");
  record.provenance.grade = Grade::kDocumentSeen;
  record.provenance.seen_on = *Day::Parse("2021-07-01");
  training = running.File(clinic, practitioner, record,
                          {{"certificate_number", Json::String(kCertificateNumber)},
                           {"papers", PapersJson(paper)},
                           {"public_papers", PapersJson(public_paper)}});
}

v1::Question Story::Question() const {
  v1::Question question;
  question.set_practitioner(practitioner.subject.value);
  question.set_treatment(kTreatment);
  question.set_territory(kTerritory);
  question.set_on("2026-05-03");
  return question;
}

}  // namespace bonafide::server
