#include "server/instance.h"

#include <absl/synchronization/mutex.h>
#include <grpcpp/impl/service_type.h>

#include <algorithm>
#include <chrono>
#include <optional>
#include <thread>
#include <utility>

#include "certs/json.h"
#include "certs/random.h"
#include "certs/reason.h"
#include "certs/tls.h"
#include "proto/qr_code.h"
#include "server/answer/dependencies.h"
#include "server/gate.h"
#include "server/grpc_server.h"
#include "server/health_probe.h"
#include "server/http/admin.h"
#include "server/http/front.h"
#include "server/maintenance.h"
#include "server/metrics.h"
#include "server/page_token.h"
#include "server/rpc/log_service.h"
#include "server/rpc/lookup_service.h"
#include "server/rpc/submission_service.h"
#include "server/secret_file.h"
#include "server/worker_pool.h"

namespace bonafide::server {
namespace {

constexpr auto kHealthTimeout = std::chrono::milliseconds(2000);
constexpr size_t kPageKeyBytes = 32;

const char* SigningText(storage::SigningState state) {
  switch (state) {
    case storage::SigningState::kSigning:
      return "signing";
    case storage::SigningState::kReadOnly:
      return "read_only";
    case storage::SigningState::kRecovering:
      return "recovering";
    case storage::SigningState::kClosed:
      return "closed";
  }
  return "";
}

// The address at which a listener on `address` and `port` is reached from this machine.
std::string Nearby(const std::string& address, int port) {
  std::string host = address.substr(0, address.rfind(':'));
  if (host == "0.0.0.0") host = "127.0.0.1";
  if (host == "[::]") host = "[::1]";
  return host + ":" + std::to_string(port);
}

absl::StatusOr<TlsPair> ReadTls(const DataDirectoryOptions& options) {
  auto certificate = ReadSmallFile(PathIn(options.directory, options.config.tls_certificate));
  if (!certificate.ok()) return certificate.status();
  auto key = ReadSecretFile(PathIn(options.directory, options.config.tls_key));
  if (!key.ok()) return key.status();
  if (absl::Status status = certs::CheckTlsIdentity({*certificate, *key}); !status.ok()) {
    return Within(options.config.tls_certificate + ", " + options.config.tls_key, status);
  }
  return TlsPair{*std::move(certificate), *std::move(key)};
}

// Readers refuse a head that is older than the genesis allows (registry/evidence.h).
absl::Status CheckHeartbeat(const Config& config, const storage::View& view) {
  const auto regulator = view.FindSubject(storage::SubjectNumber{0});
  if (!regulator.ok()) return regulator.status();
  const auto* genesis = (*regulator)->creation().As<registry::Genesis>();
  if (genesis == nullptr) return Damaged("data_damaged", "entry 0 is no genesis");
  if (config.heartbeat_s <= genesis->max_head_gap_s) return absl::OkStatus();
  return NotAdmitted("heartbeat_s", "heartbeat_s is " + std::to_string(config.heartbeat_s) +
                                        ", but the register promised a new head every " +
                                        std::to_string(genesis->max_head_gap_s) +
                                        " s when it was founded: set it to that or less");
}

}  // namespace

class Instance::Impl {
 public:
  Impl(const Options& options, std::unique_ptr<DataDirectory> data, const Log& log,
       const storage::Clock& clock)
      : data_options_(options.data),
        config_(data_options_.config),
        log_(log),
        data_(std::move(data)),
        maintenance_(config_, *data_, log, clock),
        page_tokens_(certs::RandomBytes(certs::SystemRandom(), kPageKeyBytes)),
        gate_(config_, RequestTokenCheck(data_->reg(), clock), metrics_, log),
        pool_(std::max(4u, 2 * std::thread::hardware_concurrency())),
        dependencies_{gate_,
                      pool_,
                      data_->reg(),
                      data_->papers(),
                      data_->access_records(),
                      data_->names(),
                      clock,
                      page_tokens_,
                      [this] { return data_->OwnAnchors(); },
                      CosignerPolicyText(data_options_).value_or(""),
                      proto::PageAddress(config_.page_address, config_.origin)} {
    services_.push_back(rpc::MakeLookupService(dependencies_));
    services_.push_back(rpc::MakeSubmissionService(dependencies_));
    services_.push_back(rpc::MakeLogService(dependencies_));
    metrics_.SetGauges([this] { return Gauges(); });
  }

  ~Impl() { Stop(); }

  absl::Status Listen(const Options& options, const TlsPair& tls) {
    std::vector<grpc::Service*> services = options.extra_services;
    for (const auto& service : services_) services.push_back(service.get());
    auto server = GrpcServer::Start(config_, tls, services);
    if (!server.ok()) return server.status();
    server_ = *std::move(server);
    probe_.emplace(Nearby(config_.listen_address, server_->port()));
    if (!config_.http_address.empty()) {
      auto front = http::Front::Start(config_, tls, dependencies_);
      if (!front.ok()) return front.status();
      front_ = *std::move(front);
    }
    auto admin = http::AdminServer::Start(
        config_.admin_address,
        {[this] {
           return http::AdminReply{true, "text/plain; version=0.0.4", metrics_.Text()};
         },
         [this] { return Health(); }});
    if (!admin.ok()) return admin.status();
    admin_ = *std::move(admin);
    maintenance_.Start();
    server_->SetServing(true);
    log_.Write(LogLevel::kInfo, "serving",
               {{"origin", std::string_view(config_.origin)},
                {"port", static_cast<int64_t>(server_->port())},
                {"http_port", static_cast<int64_t>(http_port())},
                {"admin_port", static_cast<int64_t>(admin_->port())},
                {"signing", SigningText(data_->reg().status().state)}});
    return absl::OkStatus();
  }

  void Stop() {
    if (std::exchange(stopped_, true)) return;
    gate_.StopTaking();
    if (server_ != nullptr) {
      server_->SetServing(false);
      server_->Stop(std::chrono::seconds(config_.drain_s), [this] { return gate_.under_way(); });
    }
    if (front_ != nullptr) front_->Stop(std::chrono::seconds(config_.drain_s));
    admin_.reset();
    maintenance_.Stop();
    data_->reg().Close();
    log_.Write(LogLevel::kInfo, "stopped");
  }

  absl::Status ReloadTls() {
    auto tls = ReadTls(data_options_);
    absl::Status status = tls.status();
    if (tls.ok()) {
      if (front_ != nullptr) front_->ReplaceTls(*tls);
      server_->ReplaceTls(*std::move(tls));
    }
    const std::string message(status.message());
    log_.Write(
        status.ok() ? LogLevel::kInfo : LogLevel::kError, "certificate_read",
        {{"code", static_cast<int64_t>(status.code())}, {"message", std::string_view(message)}});
    return status;
  }

  int port() const { return server_->port(); }
  int http_port() const { return front_ == nullptr ? 0 : front_->port(); }
  int admin_port() const { return admin_->port(); }
  int64_t calls_under_way() const { return gate_.under_way(); }
  DataDirectory& data() { return *data_; }

 private:
  http::AdminReply Health() {
    const absl::Status called = probe_->Check(kHealthTimeout);
    const storage::RegisterStatus status = data_->reg().status();
    certs::Json::Members members;
    members.push_back({"serving", certs::Json::Bool(called.ok())});
    members.push_back({"register", certs::Json::String(SigningText(status.state))});
    if (!status.reason.empty()) {
      members.push_back({"reason", certs::Json::String(status.reason)});
    }
    return {called.ok(), "application/json",
            certs::WriteJson(certs::Json::Object(std::move(members))) + "\n"};
  }

  std::vector<Gauge> Gauges() {
    storage::Register& reg = data_->reg();
    const storage::RegisterCounters counters = reg.counters();
    double size = 0;
    double subjects = 0;
    double time_s = 0;
    if (const auto view = reg.Newest(); view.ok()) {
      size = static_cast<double>((*view)->size().value);
      subjects = static_cast<double>((*view)->subject_count());
      time_s = static_cast<double>((*view)->time_ms()) / 1000;
    }
    const ClearedAway cleared = maintenance_.cleared();
    const bool signing = reg.status().state == storage::SigningState::kSigning;
    return {
        {"bonafide_log_size", "Entries under the newest head.", size},
        {"bonafide_subjects", "Subjects under the newest head.", subjects},
        {"bonafide_head_time_seconds", "Time of the newest head, since 1970.", time_s},
        {"bonafide_signing", "1 while the register takes events.", signing ? 1.0 : 0.0},
        {"bonafide_queued_events", "Events that wait for the disk.",
         static_cast<double>(counters.queued_events)},
        {"bonafide_events_logged", "Events logged since the start.",
         static_cast<double>(counters.events_logged)},
        {"bonafide_events_refused", "Events refused since the start.",
         static_cast<double>(counters.events_refused)},
        {"bonafide_commits", "Batches of events committed since the start.",
         static_cast<double>(counters.batches)},
        {"bonafide_heartbeats", "Heads signed without an event since the start.",
         static_cast<double>(counters.heartbeats)},
        {"bonafide_recoveries", "Commits whose outcome had to be found out since the start.",
         static_cast<double>(counters.recoveries)},
        {"bonafide_disk_bytes", "What the database takes on disk, estimated.",
         static_cast<double>(counters.disk_bytes)},
        {"bonafide_unnamed_papers_removed", "Papers nobody named, removed since the start.",
         static_cast<double>(cleared.papers)},
        {"bonafide_access_records_removed", "Old records of access, removed since the start.",
         static_cast<double>(cleared.access_records)},
        {"bonafide_erasure_compactions",
         "Times since the start that the bytes of what was erased left the files.",
         static_cast<double>(cleared.compactions)},
        {"bonafide_calls_under_way", "Calls that have begun and not ended.",
         static_cast<double>(gate_.under_way())},
    };
  }

  const DataDirectoryOptions data_options_;
  const Config& config_;
  const Log& log_;
  std::unique_ptr<DataDirectory> data_;
  Maintenance maintenance_;
  const PageTokens page_tokens_;
  Metrics metrics_;
  Gate gate_;
  WorkerPool pool_;
  const answer::Dependencies dependencies_;
  std::vector<std::unique_ptr<grpc::Service>> services_;
  std::unique_ptr<GrpcServer> server_;
  std::optional<HealthProbe> probe_;
  std::unique_ptr<http::Front> front_;
  std::unique_ptr<http::AdminServer> admin_;
  bool stopped_ = false;
};

Instance::Instance(std::unique_ptr<Impl> impl) : impl_(std::move(impl)) {}
Instance::~Instance() = default;

absl::StatusOr<std::unique_ptr<Instance>> Instance::Start(const Options& options, const Log& log,
                                                          const storage::Clock& clock) {
  // Its bookkeeping takes a lock of its own at every lock of gRPC's.
  absl::SetMutexDeadlockDetectionMode(absl::OnDeadlockCycle::kIgnore);
  const auto tls = ReadTls(options.data);
  if (!tls.ok()) return tls.status();
  auto data = DataDirectory::Open(options.data, log, clock);
  if (!data.ok()) return data.status();
  if (const auto view = (*data)->reg().Newest(); view.ok()) {
    absl::Status status = CheckHeartbeat(options.data.config, **view);
    if (!status.ok()) return status;
  }
  auto impl = std::make_unique<Impl>(options, *std::move(data), log, clock);
  if (absl::Status status = impl->Listen(options, *tls); !status.ok()) return status;
  return std::unique_ptr<Instance>(new Instance(std::move(impl)));
}

int Instance::port() const { return impl_->port(); }
int Instance::http_port() const { return impl_->http_port(); }
int Instance::admin_port() const { return impl_->admin_port(); }
int64_t Instance::calls_under_way() const { return impl_->calls_under_way(); }
DataDirectory& Instance::data() { return impl_->data(); }
absl::Status Instance::ReloadTls() { return impl_->ReloadTls(); }
void Instance::Stop() { impl_->Stop(); }

}  // namespace bonafide::server
