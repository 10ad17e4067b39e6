#include "tests/registry/verdict_register.h"

#include <absl/status/status.h>
#include <gtest/gtest.h>

#include <memory>

#include "certs/key.h"
#include "registry/admission.h"

namespace bonafide::registry {
namespace {

constexpr int64_t kDayMs = int64_t{24} * 3600 * 1000;
constexpr char kRegulator[] = "the regulator";

Day Opening() { return Day::Parse("2015-01-01").value(); }

// One key for each name, made once: keys cost more than everything else here.
const certs::PublicKey& KeyOf(const std::string& name) {
  static auto* keys = new std::map<std::string, certs::PublicKey>();
  auto found = keys->find(name);
  if (found == keys->end()) {
    const Digest seed = Sha256(name);
    const auto key = certs::PrivateKey::FromEd25519Seed(seed.view()).value();
    found = keys->emplace(name, key.public_key()).first;
  }
  return found->second;
}

bool HasPersonalDetails(const Event& event) {
  return event.As<PractitionerRegistered>() != nullptr || event.As<Training>() != nullptr ||
         event.As<Insurance>() != nullptr;
}

}  // namespace

VerdictRegister::VerdictRegister() : set_(kCastSize) {
  Genesis genesis;
  genesis.name = "Example Regulator";
  genesis.keys = {KeyOf(kRegulator)};
  Create({Opening(), kRegulator, kRegulator, ""}, genesis);
  Admitted("the registrar", OrganisationKind::kRegistrar, std::nullopt);
  Granted("the registrar", Power::kRegister, "*");
  Granted("the registrar", Power::kAttest, "issuer_confirmed");
  Admitted("the awarding body", OrganisationKind::kAwardingBody, "EX1001");
  Granted("the awarding body", Power::kIssueTraining, "*");
  Admitted("the other body", OrganisationKind::kAwardingBody, "EX2002");
  Granted("the other body", Power::kIssueTraining, "*");
  Admitted("the insurer", OrganisationKind::kInsurer, std::nullopt);
  Granted("the insurer", Power::kIssueInsurance, "*");
  Admitted("the coverholder", OrganisationKind::kCoverholder, std::nullopt);
  Granted("the coverholder", Power::kIssueInsurance, "*", "the insurer");
  for (const char* clinic : {"the north clinic", "the south clinic"}) {
    Admitted(clinic, OrganisationKind::kClinic, std::nullopt);
    Granted(clinic, Power::kRegister, "*");
    Granted(clinic, Power::kAttest, "issuer_confirmed");
  }
  Admitted("the other insurer", OrganisationKind::kInsurer, std::nullopt);
  Granted("the other insurer", Power::kIssueInsurance, "*");
  Granted("the coverholder", Power::kIssueInsurance, "*", "the other insurer");
  Admitted("the body without a number", OrganisationKind::kAwardingBody, std::nullopt);
  Granted("the body without a number", Power::kIssueTraining, "*");
}

SubjectNumber VerdictRegister::Number(const std::string& name) const {
  if (const auto found = numbers_.find(name); found != numbers_.end()) return found->second;
  ADD_FAILURE() << "nobody is called \"" << name << '"';
  return SubjectNumber{0};
}

const LoggedEvent& VerdictRegister::Labelled(const std::string& label) const {
  if (const auto found = labels_.find(label); found != labels_.end()) return *found->second.second;
  ADD_FAILURE() << "nothing was filed before as \"" << label << '"';
  return set_.Find(SubjectNumber{0})->creation();
}

std::string VerdictRegister::SubjectOf(const std::string& label) const {
  const auto found = labels_.find(label);
  return found == labels_.end() ? kRegulator : found->second.first;
}

const LoggedEvent& VerdictRegister::Log(const Filing& filing, EventBody body) {
  return Append(filing, Number(filing.about), std::move(body));
}

const LoggedEvent& VerdictRegister::Create(const Filing& filing, EventBody body) {
  numbers_.emplace(filing.about, SubjectNumber{numbers_.size()});
  return Append(filing, std::nullopt, std::move(body));
}

const LoggedEvent& VerdictRegister::Append(const Filing& filing,
                                           std::optional<SubjectNumber> subject, EventBody body) {
  const int64_t noon_ms = filing.on.days_since_1970() * kDayMs + kDayMs / 2;
  const LogIndex index{next_index_++};
  auto logged = std::make_shared<LoggedEvent>(
      LoggedEvent{.index = index,
                  .time_ms = noon_ms,
                  .subjects = {Number(filing.about)},
                  .token = {.jws = {},
                            .event = {.id = {Sha256("event " + std::to_string(index.value))},
                                      .key = KeyOf(filing.by).id(),
                                      .issuer = Number(filing.by),
                                      .vct = {},
                                      .jti = std::to_string(index.value),
                                      .issued_at_s = noon_ms / 1000,
                                      .subject = subject,
                                      .anchor = std::nullopt,
                                      .slots = {},
                                      .body = std::move(body)}}});
  if (HasPersonalDetails(logged->event())) {
    logged->token.event.slots.push_back({"name", Sha256(logged->event().jti)});
  }
  if (subject) logged->token.event.anchor = set_.Find(*subject)->anchor();
  if (logged->As<SchemeCreated>() != nullptr) logged->subjects.push_back(SubjectNumber{0});
  if (const auto* same = logged->As<SamePerson>()) logged->subjects.push_back(same->other);

  const absl::Status admitted = Admit(*logged, set_, SignatureCheck::kAlreadyVerified);
  EXPECT_TRUE(admitted.ok()) << admitted.message();
  for (SubjectNumber number : logged->subjects) set_.At(number).Append(logged);
  if (!filing.label.empty()) labels_[filing.label] = {filing.about, logged.get()};
  return *logged;
}

void VerdictRegister::Admitted(const std::string& name, OrganisationKind kind,
                               std::optional<std::string> recognition) {
  OrganisationCreated created;
  created.kind = kind;
  created.name = name;
  created.recognition = std::move(recognition);
  created.keys = {KeyOf(name)};
  Create({Opening(), kRegulator, name, ""}, created);
}

void VerdictRegister::Granted(const std::string& name, Power power, const std::string& scope,
                              const std::string& insurer) {
  Accreditation grant;
  grant.power = power;
  grant.scope = {scope};
  grant.from = Opening();
  std::string label = "accreditation of " + name;
  if (!insurer.empty()) {
    grant.insurer = Number(insurer);
    label += " for " + insurer;
  }
  Log({Opening(), kRegulator, name, label}, grant);
}

}  // namespace bonafide::registry
