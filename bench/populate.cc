// How a population comes about: organisations first, then practitioners on all cores.
#include <atomic>
#include <cstdio>
#include <future>
#include <thread>
#include <utility>

#include "bench/documents.h"
#include "bench/population.h"
#include "bench/seeded_random.h"
#include "bench/stopwatch.h"
#include "bench/submissions.h"

namespace bonafide::bench {
namespace {

using registry::Day;
using registry::EventBody;
using registry::OrganisationKind;
using registry::Power;

constexpr uint64_t kChunk = 512;  // practitioners, or clinics, a worker has in flight
// More workers than cores: while one waits for its receipts, the other signs.
constexpr uint64_t kWorkersPerCore = 2;

int64_t NowMs() { return storage::SystemClock().NowMs(); }

registry::OrganisationCreated Founding(OrganisationKind kind, const std::string& name,
                                       const certs::PrivateKey& key) {
  const std::optional<std::string> recognition = kind == OrganisationKind::kAwardingBody
                                                     ? std::optional<std::string>("EX-RN-0001")
                                                     : std::nullopt;
  return {kind, name, recognition, {key.public_key()}};
}

registry::Accreditation Granting(Power power, std::vector<std::string> scope) {
  return {power,       std::move(scope), std::nullopt, false, Day::Parse("2010-01-01").value(),
          std::nullopt};
}

// Signs in one thread and submits; the first failure is kept.
class Filing {
 public:
  explicit Filing(storage::Register& store) : submissions_(store) {}

  registry::EventId File(absl::StatusOr<registry::SignedEvent> event, size_t slot) {
    if (!event.ok()) {
      if (failure_.ok()) failure_ = event.status();
      return {};
    }
    submissions_.Submit(event->Framed(), slot);
    return {certs::Identity(certs::ParseJws(event->jwt).value())};
  }
  absl::Status Wait() {
    absl::Status waited = submissions_.Wait();
    return failure_.ok() ? waited : failure_;
  }
  absl::StatusOr<SubjectNumber> Number(size_t slot) const {
    return NumberIn(submissions_.receipts()[slot]);
  }

 private:
  Submissions submissions_;
  absl::Status failure_;
};

}  // namespace

absl::StatusOr<Issuer> Population::Found(OrganisationKind kind, const std::string& name,
                                         std::shared_ptr<certs::PrivateKey> key) {
  Filing filing(store());
  const registry::EventId anchor =
      filing.File(Sign(regulator_, Founding(kind, name, *key), nullptr, certs::SystemRandom()), 0);
  if (absl::Status status = filing.Wait(); !status.ok()) return status;
  const auto number = filing.Number(0);
  if (!number.ok()) return number.status();
  return Issuer{*number, anchor, std::move(key)};
}

absl::Status Population::Grant(const Issuer& to, Power power, std::vector<std::string> scope) {
  Filing filing(store());
  filing.File(Sign(regulator_, Granting(power, std::move(scope)), &to, certs::SystemRandom()), 0);
  return filing.Wait();
}

absl::Status Population::FoundClinics() {
  for (uint64_t begin = 0; begin < size_.clinics; begin += kChunk) {
    const uint64_t count = std::min(kChunk, size_.clinics - begin);
    Filing foundings(store());
    for (uint64_t i = 0; i < count; ++i) {
      Issuer clinic{{}, {}, KeyOf(size_.seed, 5 + begin + i)};
      const std::string name = "Example Clinic " + std::to_string(begin + i);
      clinic.anchor =
          foundings.File(Sign(regulator_, Founding(OrganisationKind::kClinic, name, *clinic.key),
                              nullptr, certs::SystemRandom()),
                         i);
      clinics_.push_back(std::move(clinic));
    }
    if (absl::Status status = foundings.Wait(); !status.ok()) return status;
    Filing grants(store());
    for (uint64_t i = 0; i < count; ++i) {
      const auto number = foundings.Number(i);
      if (!number.ok()) return number.status();
      clinics_[begin + i].number = *number;
      grants.File(Sign(regulator_, Granting(Power::kRegister, {"*"}), &clinics_[begin + i],
                       certs::SystemRandom()),
                  i);
    }
    if (absl::Status status = grants.Wait(); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Population::Populate() {
  auto regulator = ReadIssuer(SubjectNumber{0}, 0);
  if (!regulator.ok()) return regulator.status();
  regulator_ = *std::move(regulator);
  const struct {
    OrganisationKind kind;
    const char* name;
    Power power;
    std::vector<std::string> scope;
    Issuer& issuer;
  } organisations[] = {
      {OrganisationKind::kRegistrar, "Example Registrar", Power::kRegister, {"*"}, registrar_},
      {OrganisationKind::kAwardingBody,
       "Example Awards",
       Power::kIssueTraining,
       {kQualification},
       awarding_body_},
      {OrganisationKind::kInsurer,
       "Example Mutual",
       Power::kIssueInsurance,
       {"treatment_risk", "public_liability"},
       insurer_}};
  uint64_t number = 1;
  for (const auto& organisation : organisations) {
    auto founded = Found(organisation.kind, organisation.name, KeyOf(size_.seed, number++));
    if (!founded.ok()) return founded.status();
    organisation.issuer = *std::move(founded);
    absl::Status granted = Grant(organisation.issuer, organisation.power, organisation.scope);
    if (!granted.ok()) return granted;
  }
  Filing scheme(store());
  scheme_.anchor = scheme.File(
      Sign(regulator_, registry::SchemeCreated{kTreatment, kTerritory, "Example scheme"}, nullptr,
           certs::SystemRandom()),
      0);
  if (absl::Status status = scheme.Wait(); !status.ok()) return status;
  scheme_.number = *scheme.Number(0);
  Filing rules(store());
  rules.File(Sign(regulator_, Rules(), &scheme_, certs::SystemRandom()), 0);
  if (absl::Status status = rules.Wait(); !status.ok()) return status;
  if (absl::Status status = FoundClinics(); !status.ok()) return status;

  const double start = WallSeconds();
  std::atomic<uint64_t> next = 0;
  std::vector<std::future<absl::Status>> running;
  const uint64_t workers = kWorkersPerCore * std::max(1u, std::thread::hardware_concurrency());
  for (uint64_t worker = 0; worker < workers; ++worker) {
    running.push_back(std::async(std::launch::async, [this, &next]() -> absl::Status {
      for (uint64_t at = next.fetch_add(kChunk); at < size_.practitioners;
           at = next.fetch_add(kChunk)) {
        absl::Status status = PopulateRange(at, std::min(at + kChunk, size_.practitioners));
        if (!status.ok()) return status;
      }
      return absl::OkStatus();
    }));
  }
  absl::Status status;
  for (auto& worker : running) {
    if (absl::Status ended = worker.get(); status.ok()) status = std::move(ended);
  }
  const double seconds = WallSeconds() - start;
  std::fprintf(stderr, "generated %llu practitioners in %.0f s, %.0f events/s\n",
               static_cast<unsigned long long>(size_.practitioners), seconds,
               5 * static_cast<double>(size_.practitioners) / seconds);
  return status;
}

absl::Status Population::PopulateRange(uint64_t first, uint64_t last) {
  SeededRandom random(size_.seed + 7919 * (first + 1));
  const uint64_t count = last - first;
  const Day today = Day::OfTime(NowMs());
  const auto clinic_of = [&](uint64_t i) -> const Issuer& {
    return clinics_[(first + i) % clinics_.size()];
  };
  const auto numbered = [&](const char* prefix, uint64_t i) {
    return prefix + std::to_string(first + i);
  };
  std::vector<Issuer> people(count);
  Filing registrations(store());
  for (uint64_t i = 0; i < count; ++i) {
    people[i].anchor =
        registrations.File(Sign(clinic_of(i), registry::PractitionerRegistered{}, nullptr, random,
                                Slot("name", InventedName(first + i))),
                           i);
  }
  if (absl::Status status = registrations.Wait(); !status.ok()) return status;

  Filing papers(store());
  std::vector<registry::EventId> affiliations(count);
  for (uint64_t i = 0; i < count; ++i) {
    const auto number = registrations.Number(i);
    if (!number.ok()) return number.status();
    people[i].number = *number;
    affiliations[i] = papers.File(
        Sign(clinic_of(i),
             registry::Affiliation{clinic_of(i).number, Day::Parse("2025-01-01").value(), {}},
             &people[i], random),
        3 * i);
    papers.File(Sign(awarding_body_, TrainingBy(awarding_body_.number), &people[i], random,
                     Slot("certificate_number", numbered("EX-CERT-", i))),
                3 * i + 1);
    papers.File(Sign(insurer_, PolicyBy(insurer_.number, today), &people[i], random,
                     Slot("policy_number", numbered("EX-POL-", i))),
                3 * i + 2);
  }
  if (absl::Status status = papers.Wait(); !status.ok()) return status;

  Filing confirmations(store());
  for (uint64_t i = 0; i < count; ++i) {
    confirmations.File(
        Sign(registrar_, registry::AffiliationConfirmed{affiliations[i]}, &people[i], random), i);
  }
  return confirmations.Wait();
}

}  // namespace bonafide::bench
