#include "bench/population.h"

#include <atomic>
#include <condition_variable>
#include <filesystem>
#include <fstream>
#include <future>
#include <mutex>
#include <thread>
#include <utility>

#include "bench/seeded_random.h"
#include "bench/stopwatch.h"
#include "certs/reason.h"
#include "merkle/hash.h"
#include "registry/entry.h"

namespace bonafide::bench {
namespace {

using registry::Day;
using registry::EventBody;
using registry::OrganisationKind;
using registry::Power;
using registry::SignedEvent;
using storage::Receipt;

constexpr char kTreatment[] = "scalp_micropigmentation";
constexpr char kTerritory[] = "example-land";
constexpr char kQualification[] = "999/3315/9";
constexpr char kTitle[] = "Example Level 4 Certificate in Scalp Micropigmentation";
constexpr uint64_t kChunk = 512;  // practitioners a worker has in flight

int64_t NowMs() { return storage::SystemClock().NowMs(); }

// The keys of a population follow from its seed, so that one made earlier can be used again.
std::shared_ptr<certs::PrivateKey> KeyOf(uint64_t seed, uint64_t which) {
  SeededRandom random(seed * 1'000'003 + which);
  return std::make_shared<certs::PrivateKey>(
      certs::PrivateKey::Generate(certs::Algorithm::kEs256, random));
}

// Submits and collects receipts; the first failure is kept.
class Submissions {
 public:
  explicit Submissions(storage::Register& store) : store_(store) {}

  void Submit(const std::string& framed, size_t slot) {
    auto checked = store_.Check(framed);
    if (!checked.ok()) return Done(slot, checked.status());
    {
      const std::lock_guard lock(mutex_);
      ++open_;
    }
    store_.Submit(*std::move(checked), [this, slot](absl::StatusOr<Receipt> receipt) {
      const std::lock_guard lock(mutex_);
      --open_;
      Record(slot, std::move(receipt));
      changed_.notify_all();
    });
  }
  absl::Status Wait() {
    std::unique_lock lock(mutex_);
    changed_.wait(lock, [this] { return open_ == 0; });
    return failure_;
  }
  const std::vector<Receipt>& receipts() const { return receipts_; }

 private:
  void Done(size_t slot, absl::Status status) {
    const std::lock_guard lock(mutex_);
    Record(slot, std::move(status));
  }
  void Record(size_t slot, absl::StatusOr<Receipt> receipt) {
    if (!receipt.ok()) {
      if (failure_.ok()) failure_ = receipt.status();
      return;
    }
    if (receipts_.size() <= slot) receipts_.resize(slot + 1);
    receipts_[slot] = *std::move(receipt);
  }

  storage::Register& store_;
  std::mutex mutex_;
  std::condition_variable changed_;
  size_t open_ = 0;
  absl::Status failure_;
  std::vector<Receipt> receipts_;
};

absl::StatusOr<Receipt> SubmitOne(storage::Register& store, const std::string& framed) {
  Submissions one(store);
  one.Submit(framed, 0);
  if (absl::Status status = one.Wait(); !status.ok()) return status;
  return one.receipts().front();
}

absl::StatusOr<SubjectNumber> NumberIn(const Receipt& receipt) {
  const auto entry = registry::ParseEventEntry(receipt.entry);
  if (!entry.ok()) return entry.status();
  return entry->subjects.front();
}

registry::SchemeVersion Rules() {
  registry::SchemeVersion rules;
  rules.from = Day::Parse("2025-01-01").value();
  rules.zone = "Europe/London";
  registry::Qualification qualification;
  qualification.number = kQualification;
  qualification.title = kTitle;
  qualification.framework = "rqf";
  qualification.level = 4;
  qualification.owner = "EX-RN-0001";
  rules.training = {{"Scalp micropigmentation", {qualification}}};
  rules.insurance = {{"treatment_risk", "GBP", 100'000'000, std::nullopt},
                     {"public_liability", "GBP", 100'000'000, std::nullopt}};
  return rules;
}

registry::Training TrainingBy(const Issuer& body) {
  registry::Training training;
  training.framework = "rqf";
  training.level = 4;
  training.qualification = kQualification;
  training.title = kTitle;
  training.issuer = {"Example Awards", "EX-RN-0001", body.number};
  training.awarded_on = Day::Parse("2024-03-15").value();
  training.provenance.grade = registry::Grade::kIssuerSigned;
  return training;
}

registry::Insurance PolicyBy(const Issuer& insurer) {
  registry::Insurance policy;
  policy.issuer = {"Example Mutual", "EX-INS-0001", insurer.number};
  policy.from = Day::OfTime(NowMs()).PlusDays(-30);
  policy.until = Day::OfTime(NowMs()).PlusDays(335);
  policy.territories = {kTerritory};
  policy.sections = {{"treatment_risk", "GBP", 200'000'000, std::nullopt, 25'000},
                     {"public_liability", "GBP", 500'000'000, std::nullopt, std::nullopt}};
  policy.treatments = {{kTreatment, false, false, false}};
  policy.provenance.grade = registry::Grade::kIssuerSigned;
  return policy;
}

std::vector<registry::OpenedSlot> Slot(const char* name, const std::string& value) {
  return {{name, certs::Json::String(value)}};
}

}  // namespace

absl::StatusOr<SignedEvent> Population::Sign(const Issuer& by, EventBody body, const Issuer* about,
                                             certs::Random& random,
                                             std::vector<registry::OpenedSlot> personal) const {
  registry::EventDraft draft{by.number,    NowMs() / 1000,  std::nullopt,
                             std::nullopt, std::move(body), std::move(personal)};
  if (about != nullptr) {
    draft.subject = about->number;
    draft.anchor = about->anchor;
  }
  return registry::SignEvent(draft, origin_, *by.key, random);
}

absl::StatusOr<Issuer> Population::Found(OrganisationKind kind, const std::string& name,
                                         std::shared_ptr<certs::PrivateKey> key) {
  const std::optional<std::string> recognition = kind == OrganisationKind::kAwardingBody
                                                     ? std::optional<std::string>("EX-RN-0001")
                                                     : std::nullopt;
  const auto event =
      Sign(regulator_, registry::OrganisationCreated{kind, name, recognition, {key->public_key()}},
           nullptr, certs::SystemRandom());
  if (!event.ok()) return event.status();
  const auto receipt = SubmitOne(*register_, event->Framed());
  if (!receipt.ok()) return receipt.status();
  const auto number = NumberIn(*receipt);
  if (!number.ok()) return number.status();
  const auto token = registry::ParseToken(event->jwt, origin_);
  return Issuer{*number, token->event.id, std::move(key)};
}

absl::Status Population::Grant(const Issuer& to, Power power, std::vector<std::string> scope) {
  const auto event = Sign(regulator_,
                          registry::Accreditation{power, std::move(scope), std::nullopt, false,
                                                  Day::Parse("2010-01-01").value(), std::nullopt},
                          &to, certs::SystemRandom());
  if (!event.ok()) return event.status();
  return SubmitOne(*register_, event->Framed()).status();
}

absl::Status Population::OpenStore(const std::string& directory, bool sync) {
  storage::RegisterOptions options;
  options.database.directory = directory;
  options.database.sync_writes = sync;
  options.database.free_floor_bytes = uint64_t{64} << 20;
  options.log_signer = log_signer_;
  options.batch_events = 1024;
  options.queue_events = 1 << 16;
  options.queue_bytes = size_t{1} << 30;
  const double start = WallSeconds();
  auto opened = storage::Register::Open(options, storage::SystemClock());
  if (!opened.ok()) return opened.status();
  open_seconds_ = WallSeconds() - start;
  register_ = *std::move(opened);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Population>> Population::Open(const std::string& directory,
                                                             const PopulationSize& size) {
  std::unique_ptr<Population> made(new Population);
  made->size_ = size;
  SeededRandom random(size.seed);
  auto log_signer =
      certs::NoteSigner::Create(made->origin_, certs::NoteKeyType::kEd25519,
                                std::make_shared<certs::PrivateKey>(certs::PrivateKey::Generate(
                                    certs::Algorithm::kEd25519, random)));
  if (!log_signer.ok()) return log_signer.status();
  made->log_signer_ = std::make_shared<certs::NoteSigner>(*std::move(log_signer));
  made->regulator_ = {SubjectNumber{0}, registry::EventId{}, KeyOf(size.seed, 0)};

  const std::string done = directory + "/populated";
  const bool ready = std::filesystem::exists(done);
  if (!ready) {
    std::filesystem::remove_all(directory);
    std::filesystem::create_directories(directory);
    const auto genesis = made->Sign(made->regulator_,
                                    registry::Genesis{"Example Regulator",
                                                      {made->regulator_.key->public_key()},
                                                      made->origin_,
                                                      made->log_signer_->verifier().ToVkey(),
                                                      3600},
                                    nullptr, certs::SystemRandom());
    if (!genesis.ok()) return genesis.status();
    storage::RegisterOptions options;
    options.database.directory = directory;
    options.log_signer = made->log_signer_;
    if (absl::Status status =
            storage::Register::Init(options, genesis->Framed(), storage::SystemClock());
        !status.ok()) {
      return status;
    }
    if (absl::Status status = made->OpenStore(directory, false); !status.ok()) return status;
    if (absl::Status status = made->Populate(); !status.ok()) return status;
    made->register_->Close();
    made->register_.reset();
    std::ofstream(done) << "populated\n";
  }
  if (absl::Status status = made->OpenStore(directory, true); !status.ok()) return status;

  // Numbers follow from the order in which Populate founds; anchors are read back.
  const auto view = made->register_->Newest();
  if (!view.ok()) return view.status();
  const auto first = (*view)->ReadEntries(merkle::LogIndex{0}, 1, 1 << 16);
  if (!first.ok()) return first.status();
  made->genesis_ = merkle::LeafHash(first->front());
  uint64_t next = 0;
  absl::Status failure;
  const auto take = [&](uint64_t key) {
    Issuer issuer{SubjectNumber{next}, {}, KeyOf(size.seed, key)};
    const auto subject = (*view)->FindSubject(issuer.number);
    if (!subject.ok()) {
      failure = subject.status();
    } else {
      issuer.anchor = (*subject)->anchor();
    }
    ++next;
    return issuer;
  };
  made->regulator_ = take(0);
  made->registrar_ = take(1);
  made->awarding_body_ = take(2);
  made->insurer_ = take(3);
  made->scheme_ = take(4);
  made->clinics_.clear();
  for (uint64_t i = 0; i < size.clinics; ++i) made->clinics_.push_back(take(5 + i));
  made->first_practitioner_ = next;
  if (!failure.ok()) return failure;
  return made;
}

absl::Status Population::Populate() {
  const auto keep = [](absl::StatusOr<Issuer> found, Issuer& into) {
    if (found.ok()) into = *std::move(found);
    return found.status();
  };
  const uint64_t seed = size_.seed;
  const auto view = register_->Newest();
  if (!view.ok()) return view.status();
  regulator_.anchor = (*(*view)->FindSubject(SubjectNumber{0}))->anchor();
  absl::Status status;
  const auto then = [&status](absl::Status next) {
    if (status.ok()) status = std::move(next);
  };
  then(keep(Found(OrganisationKind::kRegistrar, "Example Registrar", KeyOf(seed, 1)), registrar_));
  then(keep(Found(OrganisationKind::kAwardingBody, "Example Awards", KeyOf(seed, 2)),
            awarding_body_));
  then(keep(Found(OrganisationKind::kInsurer, "Example Mutual", KeyOf(seed, 3)), insurer_));
  if (!status.ok()) return status;
  const auto scheme =
      Sign(regulator_, registry::SchemeCreated{kTreatment, kTerritory, "Example scheme"}, nullptr,
           certs::SystemRandom());
  if (!scheme.ok()) return scheme.status();
  const auto receipt = SubmitOne(*register_, scheme->Framed());
  if (!receipt.ok()) return receipt.status();
  scheme_ = {*NumberIn(*receipt), registry::ParseToken(scheme->jwt, origin_)->event.id, nullptr};
  const auto version = Sign(regulator_, Rules(), &scheme_, certs::SystemRandom());
  if (!version.ok()) return version.status();
  then(SubmitOne(*register_, version->Framed()).status());
  then(Grant(registrar_, Power::kRegister, {"*"}));
  then(Grant(awarding_body_, Power::kIssueTraining, {kQualification}));
  then(Grant(insurer_, Power::kIssueInsurance, {"treatment_risk", "public_liability"}));
  for (uint64_t i = 0; i < size_.clinics && status.ok(); ++i) {
    clinics_.emplace_back();
    then(keep(
        Found(OrganisationKind::kClinic, "Example Clinic " + std::to_string(i), KeyOf(seed, 5 + i)),
        clinics_.back()));
  }
  for (const Issuer& clinic : clinics_) {
    if (status.ok()) then(Grant(clinic, Power::kRegister, {"*"}));
  }
  if (!status.ok()) return status;

  const uint64_t workers = std::max(1u, std::thread::hardware_concurrency());
  std::vector<std::future<absl::Status>> running;
  for (uint64_t worker = 0; worker < workers; ++worker) {
    running.push_back(std::async(std::launch::async, [this, worker, workers] {
      return PopulateRange(size_.practitioners * worker / workers,
                           size_.practitioners * (worker + 1) / workers);
    }));
  }
  for (auto& worker : running) then(worker.get());
  return status;
}

absl::Status Population::PopulateRange(uint64_t first, uint64_t last) {
  SeededRandom random(size_.seed + 7919 * (first + 1));
  absl::Status status;
  const auto submit = [&](Submissions& to, const Issuer& by, EventBody body, const Issuer* about,
                          size_t slot, std::vector<registry::OpenedSlot> personal) {
    auto event = Sign(by, std::move(body), about, random, std::move(personal));
    if (!event.ok()) {
      status = event.status();
      return registry::EventId{};
    }
    to.Submit(event->Framed(), slot);
    return registry::ParseToken(event->jwt, origin_)->event.id;
  };
  for (uint64_t begin = first; begin < last && status.ok(); begin += kChunk) {
    const uint64_t count = std::min(kChunk, last - begin);
    std::vector<Issuer> people(count);
    std::vector<registry::EventId> affiliations(count);
    Submissions registrations(*register_);
    for (uint64_t i = 0; i < count; ++i) {
      const Issuer& clinic = clinics_[(begin + i) % clinics_.size()];
      people[i].anchor = submit(registrations, clinic, registry::PractitionerRegistered{}, nullptr,
                                i, Slot("name", "Example Person " + std::to_string(begin + i)));
    }
    if (absl::Status waited = registrations.Wait(); !waited.ok()) return waited;
    for (uint64_t i = 0; i < count; ++i) {
      const auto number = NumberIn(registrations.receipts()[i]);
      if (!number.ok()) return number.status();
      people[i].number = *number;
    }
    Submissions papers(*register_);
    for (uint64_t i = 0; i < count; ++i) {
      const Issuer& clinic = clinics_[(begin + i) % clinics_.size()];
      affiliations[i] =
          submit(papers, clinic,
                 registry::Affiliation{clinic.number, Day::Parse("2025-01-01").value(), {}},
                 &people[i], 3 * i, {});
      submit(papers, awarding_body_, TrainingBy(awarding_body_), &people[i], 3 * i + 1,
             Slot("certificate_number", "EX-CERT-" + std::to_string(begin + i)));
      submit(papers, insurer_, PolicyBy(insurer_), &people[i], 3 * i + 2,
             Slot("policy_number", "EX-POL-" + std::to_string(begin + i)));
    }
    if (absl::Status waited = papers.Wait(); !waited.ok()) return waited;
    Submissions confirmations(*register_);
    for (uint64_t i = 0; i < count; ++i) {
      submit(confirmations, registrar_, registry::AffiliationConfirmed{affiliations[i]}, &people[i],
             i, {});
    }
    if (absl::Status waited = confirmations.Wait(); !waited.ok()) return waited;
  }
  return status;
}

registry::Question Population::QuestionAbout(uint64_t i) const {
  registry::Question question;
  question.practitioner = SubjectNumber{first_practitioner_ + i % size_.practitioners};
  question.treatment = kTreatment;
  question.territory = kTerritory;
  question.on = Day::OfTime(NowMs());
  return question;
}

absl::StatusOr<std::string> Population::NewEvent(uint64_t i, certs::Random& random) const {
  const auto view = register_->Newest();
  if (!view.ok()) return view.status();
  Issuer person{SubjectNumber{first_practitioner_ + i % size_.practitioners}, {}, nullptr};
  const auto subject = (*view)->FindSubject(person.number);
  if (!subject.ok()) return subject.status();
  person.anchor = (*subject)->anchor();
  const auto event = Sign(insurer_, PolicyBy(insurer_), &person, random,
                          Slot("policy_number", "EX-POL-N-" + std::to_string(i)));
  if (!event.ok()) return event.status();
  return event->Framed();
}

}  // namespace bonafide::bench
