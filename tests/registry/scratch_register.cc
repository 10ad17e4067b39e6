#include "tests/registry/scratch_register.h"

#include <cstdio>
#include <cstdlib>
#include <span>

#include "merkle/checkpoint.h"
#include "merkle/frame.h"
#include "merkle/frontier.h"
#include "merkle/hash.h"
#include "merkle/overlay.h"
#include "merkle/state_tree.h"
#include "registry/admission.h"
#include "registry/closure.h"

namespace bonafide::registry {
namespace {

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

}  // namespace

class ScratchRegister::Index : public ReferenceSource {
 public:
  explicit Index(const ScratchRegister& scratch) : scratch_(scratch) {}
  uint64_t subject_count() const override { return scratch_.subjects_.size(); }
  absl::StatusOr<std::span<const SubjectNumber>> References(SubjectNumber number) const override {
    return scratch_.subjects_.at(number).references;
  }
  absl::StatusOr<std::optional<SubjectNumber>> Scheme(const std::string& treatment,
                                                      const std::string& territory) const override {
    const auto found = scratch_.schemes_.find({treatment, territory});
    if (found == scratch_.schemes_.end()) return std::optional<SubjectNumber>();
    return std::optional<SubjectNumber>(found->second);
  }

 private:
  const ScratchRegister& scratch_;
};

ScratchRegister::ScratchRegister(uint64_t seed, std::string origin)
    : origin_(std::move(origin)), random_(seed) {
  log_signer_ = std::make_unique<certs::NoteSigner>(Demand(
      certs::NoteSigner::Create(origin_, certs::NoteKeyType::kEd25519, NewKey()), "log key"));
  const auto key = NewKey();
  regulator_ = {SubjectNumber{0}, EventId{}, key};
  const SignedEvent genesis = Sign(regulator_, Genesis{"Example Regulator",
                                                       {key->public_key()},
                                                       origin_,
                                                       log_signer_->verifier().ToVkey(),
                                                       3600});
  Demand(Submit(genesis, {SubjectNumber{0}}), "genesis");
  regulator_.anchor = admitted_.Find(SubjectNumber{0})->anchor();
}

std::shared_ptr<certs::PrivateKey> ScratchRegister::NewKey(certs::Algorithm algorithm) {
  return std::make_shared<certs::PrivateKey>(certs::PrivateKey::Generate(algorithm, random_));
}

SignedEvent ScratchRegister::Sign(const Party& by, EventBody body, std::optional<Party> about,
                                  std::vector<OpenedSlot> personal) {
  EventDraft draft{by.number,    now_ms_ / 1000,  std::nullopt,
                   std::nullopt, std::move(body), std::move(personal)};
  if (about) {
    draft.subject = about->number;
    draft.anchor = about->anchor;
  }
  return Demand(SignEvent(draft, origin_, *by.key, random_), "signing");
}

EventEntry ScratchRegister::NextEntry(const std::string& jwt,
                                      std::vector<SubjectNumber> subjects) const {
  return {LogIndex{entries_.size()}, now_ms_, std::move(subjects), jwt};
}

LogIndex ScratchRegister::Append(const EventEntry& entry,
                                 const std::vector<std::string>& disclosures) {
  entries_.push_back(EncodeEntry(entry));
  const auto token = ParseToken(entry.token, origin_);
  for (SubjectNumber number : entry.subjects) {
    Stored& stored = subjects_[number];
    stored.entries.push_back(entries_.back());
    if (!token.ok()) continue;
    for (SubjectNumber reference : ReferencesOf(token->event)) {
      stored.references.push_back(reference);
    }
  }
  for (const std::string& disclosure : disclosures) {
    subjects_[entry.subjects.front()].disclosures += disclosure + "~";
  }
  if (token.ok()) {
    if (const auto* scheme = token->event.As<SchemeCreated>()) {
      schemes_.try_emplace({scheme->treatment, scheme->territory}, entry.subjects.front());
    }
  }
  return entry.index;
}

LogIndex ScratchRegister::Log(const SignedEvent& event, std::vector<SubjectNumber> subjects) {
  return Append(NextEntry(event.jwt, std::move(subjects)), event.disclosures);
}

LogIndex ScratchRegister::LogToken(const std::string& jwt, std::vector<SubjectNumber> subjects) {
  return Append(NextEntry(jwt, std::move(subjects)), {});
}

absl::Status ScratchRegister::Submit(const SignedEvent& event,
                                     std::vector<SubjectNumber> subjects) {
  const EventEntry entry = NextEntry(event.jwt, std::move(subjects));
  auto token = ParseToken(event.jwt, origin_);
  if (!token.ok()) return token.status();
  const auto logged = std::make_shared<const LoggedEvent>(
      LoggedEvent{entry.index, entry.time_ms, entry.subjects, *std::move(token)});
  if (absl::Status status = registry::Admit(*logged, admitted_); !status.ok()) return status;
  Append(entry, event.disclosures);
  for (SubjectNumber number : entry.subjects) {
    admitted_.subjects.try_emplace(number, Subject(number)).first->second.Append(logged);
  }
  return absl::OkStatus();
}

Party ScratchRegister::Admit(OrganisationKind kind, const std::string& name, const Party& by,
                             std::optional<std::string> recognition) {
  const auto key = NewKey();
  const SignedEvent event =
      Sign(by, OrganisationCreated{kind, name, std::move(recognition), {key->public_key()}});
  const SubjectNumber number{subjects_.size()};
  Demand(Submit(event, {number}), "admitting an organisation");
  return {number, admitted_.Find(number)->anchor(), key};
}

EventId ScratchRegister::Grant(const Party& by, const Party& to, Power power,
                               std::vector<std::string> scope, bool delegable,
                               std::optional<SubjectNumber> insurer) {
  return File(by,
              Accreditation{power, std::move(scope), insurer, delegable,
                            Day::Parse("2010-01-01").value(), std::nullopt},
              to);
}

Party ScratchRegister::Register(const Party& by, const std::string& name) {
  const SignedEvent event =
      Sign(by, PractitionerRegistered{}, std::nullopt, {{"name", certs::Json::String(name)}});
  const SubjectNumber number{subjects_.size()};
  Demand(Submit(event, {number}), "registering a practitioner");
  return {number, admitted_.Find(number)->anchor(), nullptr};
}

Party ScratchRegister::CreateScheme(const Party& by, const std::string& treatment,
                                    const std::string& territory) {
  const SignedEvent event = Sign(by, SchemeCreated{treatment, territory, "Example scheme"});
  const SubjectNumber number{subjects_.size()};
  Demand(Submit(event, {number, SubjectNumber{0}}), "creating a scheme");
  return {number, admitted_.Find(number)->anchor(), nullptr};
}

absl::StatusOr<EventId> ScratchRegister::TryFile(const Party& by, EventBody body,
                                                 const Party& about,
                                                 std::vector<OpenedSlot> personal) {
  std::vector<SubjectNumber> subjects = {about.number};
  if (const auto* same = std::get_if<SamePerson>(&body)) subjects.push_back(same->other);
  const SignedEvent event = Sign(by, std::move(body), about, std::move(personal));
  if (absl::Status status = Submit(event, subjects); !status.ok()) return status;
  return admitted_.Find(about.number)->events().back()->event().id;
}

EventId ScratchRegister::File(const Party& by, EventBody body, const Party& about,
                              std::vector<OpenedSlot> personal) {
  return Demand(TryFile(by, std::move(body), about, std::move(personal)), "filing");
}

void ScratchRegister::Publish() {
  std::vector<Digest> leaves;
  for (const auto& [number, stored] : subjects_) {
    std::vector<Digest> own;
    for (const std::string& entry : stored.entries) own.push_back(merkle::LeafHash(entry));
    leaves.push_back(merkle::StateLeafHash(number, own.size(), merkle::TreeHash(own)));
  }
  state_ = std::make_unique<merkle::DenseTree>(leaves);
  head_time_ms_ = now_ms_;
  state_entry_ =
      EncodeEntry(StateEntry{LogIndex{entries_.size()}, now_ms_, subjects_.size(), state_->root()});
  entries_.push_back(state_entry_);

  std::vector<Digest> log;
  for (const std::string& entry : entries_) log.push_back(merkle::LeafHash(entry));
  const merkle::DenseTree tree(log);
  state_inclusion_.clear();
  Demand(tree.view()->Prove(SubjectNumber{log.size() - 1}, state_inclusion_), "state inclusion");
  checkpoint_ = Demand(
      merkle::SignCheckpoint({origin_, merkle::TreeSize{log.size()}, tree.root()}, *log_signer_),
      "checkpoint");
}

TrustAnchors ScratchRegister::anchors() const {
  return {origin_, log_signer_->verifier(), merkle::LeafHash(entries_.front()),
          merkle::Policy::None(), 600};
}

Evidence ScratchRegister::Prove(const Question& question) const {
  return ProveSubjects(Demand(Closure(question, Index(*this)), "closure"));
}

Evidence ScratchRegister::ProveSubjects(const std::vector<SubjectNumber>& numbers) const {
  Evidence evidence{kEvidenceVersion, checkpoint_, state_entry_, state_inclusion_, {}};
  for (SubjectNumber number : numbers) {
    const Stored& stored = subjects_.at(number);
    SubjectEvidence subject{number, {}, stored.disclosures, {}};
    for (const std::string& entry : stored.entries) {
      Demand(merkle::AppendFrame(entry, subject.entries), "framing");
    }
    Demand(state_->view()->Prove(number, subject.proof), "state proof");
    evidence.subjects.push_back(std::move(subject));
  }
  return evidence;
}

}  // namespace bonafide::registry
