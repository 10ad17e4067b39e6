#include "tests/storage/test_register.h"

#include <cstdlib>
#include <future>
#include <iostream>
#include <utility>

#include "merkle/hash.h"
#include "registry/entry.h"

namespace bonafide::storage {
namespace {

template <typename T>
T Must(absl::StatusOr<T> value) {
  if (!value.ok()) {
    std::cerr << value.status() << "\n";
    std::abort();
  }
  return *std::move(value);
}

registry::Day Today() { return registry::Day::OfTime(SteppedClock::kStartMs); }

}  // namespace

TestRegister::TestRegister(uint64_t seed) : random_(seed) {
  const auto log_key = std::make_shared<certs::PrivateKey>(
      certs::PrivateKey::Generate(certs::Algorithm::kEd25519, random_));
  log_signer_ = std::make_shared<certs::NoteSigner>(
      Must(certs::NoteSigner::Create(origin_, certs::NoteKeyType::kEd25519, log_key)));
  regulator_.key = NewKey();
  registry::Genesis body;
  body.name = "Example Regulator";
  body.keys = {regulator_.key->public_key()};
  body.origin = origin_;
  body.log_key = log_signer_->verifier().ToVkey();
  body.max_head_gap_s = 600;
  const registry::SignedEvent genesis = Sign(regulator_, body);
  regulator_.anchor = Must(registry::ParseToken(genesis.jwt, origin_)).event.id;
  genesis_ = genesis.Framed();

  options_.database.directory = directory_.path();
  options_.database.free_floor_bytes = 0;
  options_.database.block_cache_bytes = uint64_t{8} << 20;
  options_.log_signer = log_signer_;
  options_.heartbeat_ms = 0;
  const absl::Status made = Register::Init(options_, genesis_, clock_);
  if (!made.ok()) {
    std::cerr << made << "\n";
    std::abort();
  }
}

absl::Status TestRegister::Open() {
  register_.reset();
  auto opened = Register::Open(options_, clock_);
  if (!opened.ok()) return opened.status();
  register_ = *std::move(opened);
  return absl::OkStatus();
}

std::shared_ptr<certs::PrivateKey> TestRegister::NewKey() {
  return std::make_shared<certs::PrivateKey>(
      certs::PrivateKey::Generate(certs::Algorithm::kEd25519, random_));
}

registry::SignedEvent TestRegister::Sign(const Party& by, registry::EventBody body,
                                         std::optional<Party> about,
                                         std::vector<registry::OpenedSlot> personal) {
  registry::EventDraft draft;
  draft.issuer = by.number;
  draft.issued_at_s = clock_.NowMs() / 1000;
  if (about) {
    draft.subject = about->number;
    draft.anchor = about->anchor;
  }
  draft.body = std::move(body);
  draft.personal = std::move(personal);
  return Must(registry::SignEvent(draft, origin_, *by.key, random_));
}

absl::StatusOr<Receipt> TestRegister::File(const std::string& sd_jwt) {
  auto submission = register_->Check(sd_jwt);
  if (!submission.ok()) return submission.status();
  std::promise<absl::StatusOr<Receipt>> answer;
  register_->Submit(*std::move(submission), [&answer](absl::StatusOr<Receipt> receipt) {
    answer.set_value(std::move(receipt));
  });
  return answer.get_future().get();
}

Party TestRegister::Created(const registry::SignedEvent& event,
                            std::shared_ptr<certs::PrivateKey> key) {
  const Receipt receipt = Must(File(event));
  const auto entry = Must(registry::ParseEventEntry(receipt.entry));
  return {entry.subjects.front(), Must(registry::ParseToken(event.jwt, origin_)).event.id,
          std::move(key)};
}

Party TestRegister::Admit(registry::OrganisationKind kind, const Party& by) {
  auto key = NewKey();
  registry::OrganisationCreated body;
  body.kind = kind;
  body.name = "Example Organisation";
  body.keys = {key->public_key()};
  return Created(Sign(by, body), key);
}

registry::EventId TestRegister::Grant(const Party& by, const Party& to, registry::Power power,
                                      bool delegable) {
  registry::Accreditation body;
  body.power = power;
  body.scope = {"*"};
  if (power == registry::Power::kAttest) body.scope = {"issuer_confirmed"};
  body.delegable = delegable;
  body.from = Today().PlusDays(-1);
  const registry::SignedEvent event = Sign(by, body, to);
  Must(File(event));
  return Must(registry::ParseToken(event.jwt, origin_)).event.id;
}

Party TestRegister::AddPractitioner(const Party& by, const std::string& name) {
  return Created(Sign(by, registry::PractitionerRegistered{}, std::nullopt,
                      {{"name", certs::Json::String(name)},
                       {"birth_date", certs::Json::String("1990-02-03")}}),
                 nullptr);
}

Party TestRegister::CreateScheme(const Party& by, const std::string& treatment) {
  return Created(Sign(by, registry::SchemeCreated{treatment, "gb-eng", "Example scheme"}), nullptr);
}

registry::SignedEvent TestRegister::TrainingFor(const Party& by, const Party& practitioner) {
  registry::Training body;
  body.framework = "rqf";
  body.level = 4;
  body.qualification = "600/1234/5";
  body.title = "Example certificate";
  body.issuer.name = "Example Awarding Body";
  body.awarded_on = Today().PlusDays(-30);
  body.provenance.grade = registry::Grade::kIssuerConfirmed;
  body.provenance.confirmed = {"Example Awarding Body", Today(), registry::ConfirmedHow::kEmail};
  return Sign(by, body, practitioner,
              {{"name_on_paper", certs::Json::String("A. Example")},
               {"certificate_number", certs::Json::String("CERT-4711")}});
}

registry::TrustAnchors TestRegister::anchors() const {
  const auto parts = Must(certs::SplitSdJwt(genesis_));
  const std::string entry = registry::EncodeEntry(registry::EventEntry{
      {0}, SteppedClock::kStartMs, {SubjectNumber{0}}, std::string(parts.jwt)});
  return {origin_, log_signer_->verifier(), merkle::LeafHash(entry), merkle::Policy::None(), 600};
}

registry::Question TestRegister::QuestionAbout(const Party& practitioner) const {
  registry::Question question;
  question.practitioner = practitioner.number;
  question.treatment = "tattoo";
  question.territory = "gb-eng";
  question.on = Today();
  return question;
}

absl::StatusOr<registry::Proven> TestRegister::Verify(const View& view,
                                                      const registry::Question& question,
                                                      const Audience& audience) const {
  const auto answer = view.AssembleEvidence(question, {}, audience);
  if (!answer.ok()) return answer.status();
  return registry::VerifyEvidence(anchors(), (*answer)->parts().Joined(), question, clock_.NowMs(),
                                  registry::Freshness::kCurrent);
}

}  // namespace bonafide::storage
