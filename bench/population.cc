#include "bench/population.h"

#include <filesystem>
#include <fstream>
#include <utility>

#include "bench/documents.h"
#include "bench/seeded_random.h"
#include "bench/stopwatch.h"
#include "certs/key_file.h"
#include "server/command/init.h"

namespace bonafide::bench {
namespace {

namespace fs = std::filesystem;

constexpr char kOrigin[] = "register.example/bench";
constexpr int64_t kQueuedEvents = 1 << 16;

// Errors alone.
const server::Log& Messages() {
  static const server::Log log(server::LogLevel::kError);
  return log;
}

int64_t NowMs() { return storage::SystemClock().NowMs(); }

absl::Status Init(const std::string& directory, const certs::PrivateKey& regulator) {
  const std::string key = directory + ".regulator.key";
  fs::remove(key);
  if (absl::Status status = certs::WriteKeyFile(key, regulator); !status.ok()) return status;
  server::command::InitOptions options;
  options.directory = directory;
  options.origin = kOrigin;
  options.regulator_name = "Example Regulator";
  options.regulator_key = key;
  options.hosts = {"localhost", "127.0.0.1"};
  options.listen_address = "127.0.0.1:0";
  options.http_address = "127.0.0.1:0";
  options.admin_address = "127.0.0.1:0";
  const auto made = server::command::Init(options, Messages(), storage::SystemClock());
  fs::remove(key);
  return made.status();
}

}  // namespace

std::shared_ptr<certs::PrivateKey> KeyOf(uint64_t seed, uint64_t which) {
  SeededRandom random(seed * 1'000'003 + which);
  return std::make_shared<certs::PrivateKey>(
      certs::PrivateKey::Generate(certs::Algorithm::kEs256, random));
}

absl::StatusOr<server::DataDirectoryOptions> DataOf(const std::string& directory) {
  auto config = server::ReadConfigFile(directory + "/bonafided.conf");
  if (!config.ok()) return config.status();
  config->queued_events = kQueuedEvents;
  config->free_disk_bytes = int64_t{64} << 20;
  config->log_level = "warn";
  config->http_address = "127.0.0.1:0";
  config->http_threads = 1;
  config->http_connections_per_address = config->http_connections;
  config->percent_per_address = 100;
  for (int64_t server::Config::*rate :
       {&server::Config::reads_per_second, &server::Config::searches_per_second,
        &server::Config::submits_per_second, &server::Config::transfers_per_second}) {
    (*config).*rate = 0;
  }
  server::DataDirectoryOptions options;
  options.directory = directory;
  options.config = *std::move(config);
  return options;
}

absl::Status Population::OpenData(bool sync) {
  auto options = DataOf(directory_);
  if (!options.ok()) return options.status();
  options->sync_writes = sync;
  const double start = WallSeconds();
  auto opened = server::DataDirectory::Open(*options, Messages(), storage::SystemClock());
  if (!opened.ok()) return opened.status();
  open_seconds_ = WallSeconds() - start;
  data_ = *std::move(opened);
  return absl::OkStatus();
}

absl::StatusOr<std::unique_ptr<Population>> Population::Open(const std::string& directory,
                                                             const PopulationSize& size) {
  std::unique_ptr<Population> made(new Population(directory, size));
  const std::string mark = directory + "/populated";
  const std::string wanted = std::to_string(size.practitioners) + " " +
                             std::to_string(size.clinics) + " " + std::to_string(size.seed);
  std::string found;
  std::getline(std::ifstream(mark), found);
  absl::Status status;
  if (found != wanted) {
    fs::remove_all(directory);
    fs::create_directories(directory);
    status = Init(directory, *KeyOf(size.seed, 0));
    if (status.ok()) status = made->OpenData(/*sync=*/false);
    if (status.ok()) status = made->Populate();
    if (!status.ok()) return status;
    made->data_.reset();
    std::ofstream(mark) << wanted << "\n";
  }
  status = made->OpenData(/*sync=*/true);
  if (status.ok()) status = made->ReadIssuers();
  if (!status.ok()) return status;
  return made;
}

absl::StatusOr<Issuer> Population::ReadIssuer(SubjectNumber number, uint64_t key) const {
  const auto view = data_->reg().Newest();
  if (!view.ok()) return view.status();
  const auto subject = (*view)->FindSubject(number);
  if (!subject.ok()) return subject.status();
  return Issuer{number, (*subject)->anchor(), KeyOf(size_.seed, key)};
}

// Numbers follow from the order in which Populate founds; anchors are read back.
absl::Status Population::ReadIssuers() {
  auto anchors = data_->OwnAnchors();
  if (!anchors.ok()) return anchors.status();
  anchors_ = *std::move(anchors);
  clinics_.resize(size_.clinics);
  std::vector<Issuer*> issuers = {&regulator_, &registrar_, &awarding_body_, &insurer_, &scheme_};
  for (Issuer& clinic : clinics_) issuers.push_back(&clinic);
  for (uint64_t number = 0; number < issuers.size(); ++number) {
    auto issuer = ReadIssuer(SubjectNumber{number}, number);
    if (!issuer.ok()) return issuer.status();
    *issuers[number] = *std::move(issuer);
  }
  first_practitioner_ = issuers.size();
  return absl::OkStatus();
}

absl::StatusOr<registry::SignedEvent> Population::Sign(
    const Issuer& by, registry::EventBody body, const Issuer* about, certs::Random& random,
    std::vector<registry::OpenedSlot> personal) const {
  registry::EventDraft draft{by.number,    NowMs() / 1000,  std::nullopt,
                             std::nullopt, std::move(body), std::move(personal)};
  if (about != nullptr) {
    draft.subject = about->number;
    draft.anchor = about->anchor;
  }
  return registry::SignEvent(draft, kOrigin, *by.key, random);
}

SubjectNumber Population::Practitioner(uint64_t i) const {
  return {first_practitioner_ + i % size_.practitioners};
}

registry::Question Population::QuestionAbout(uint64_t i) const {
  registry::Question question;
  question.practitioner = Practitioner(i);
  question.treatment = kTreatment;
  question.territory = kTerritory;
  question.on = registry::Day::OfTime(NowMs());
  return question;
}

absl::StatusOr<std::string> Population::NewEvent(uint64_t i, certs::Random& random) const {
  const auto view = data_->reg().Newest();
  if (!view.ok()) return view.status();
  Issuer person{Practitioner(i), {}, nullptr};
  const auto subject = (*view)->FindSubject(person.number);
  if (!subject.ok()) return subject.status();
  person.anchor = (*subject)->anchor();
  const auto event = Sign(insurer_, PolicyBy(insurer_.number, registry::Day::OfTime(NowMs())),
                          &person, random, Slot("policy_number", "EX-POL-N-" + std::to_string(i)));
  if (!event.ok()) return event.status();
  return event->Framed();
}

}  // namespace bonafide::bench
