#include "server/command/init.h"

#include <algorithm>
#include <filesystem>
#include <system_error>
#include <utility>

#include "certs/key_file.h"
#include "certs/random.h"
#include "certs/reason.h"
#include "certs/tls.h"
#include "registry/event_schema.h"
#include "registry/issuer_url.h"
#include "server/data_directory.h"
#include "server/secret_file.h"
#include "server/trust_file.h"

namespace bonafide::server::command {
namespace {

namespace fs = std::filesystem;

constexpr int64_t kDayS = 24 * 3600;
constexpr int64_t kCaDays = 3650;
// What TLS clients accept at most.
constexpr int64_t kCertificateDays = 397;
constexpr int64_t kClockSlackS = 3600;

absl::Status MakeDirectory(const std::string& path) {
  std::error_code error;
  fs::create_directories(path, error);
  if (!error) fs::permissions(path, fs::perms::owner_all, error);
  if (!error) return absl::OkStatus();
  return NotAdmitted("file_write", path + ": cannot be made: " + error.message());
}

absl::Status CheckEmpty(const std::string& directory) {
  std::error_code error;
  if (!fs::exists(directory, error) || fs::is_empty(directory, error)) return absl::OkStatus();
  return Refusal(absl::StatusCode::kAlreadyExists, "directory_not_empty",
                 directory + ": not empty; a new register needs a directory of its own");
}

bool IsIpAddress(const std::string& host) {
  return host.find(':') != std::string::npos ||
         host.find_first_not_of("0123456789.") == std::string::npos;
}

absl::Status MakeTls(const InitOptions& options, int64_t now_s) {
  const std::string tls = options.directory + "/tls";
  if (absl::Status status = MakeDirectory(tls); !status.ok()) return status;
  const auto ca = certs::MakeDevelopmentCa("bonafide development authority",
                                           {now_s - kClockSlackS, now_s + kCaDays * kDayS});
  if (!ca.ok()) return ca.status();
  certs::TlsRequest request;
  request.common_name = "bonafided";
  request.validity = {now_s - kClockSlackS, now_s + kCertificateDays * kDayS};
  for (const std::string& host : options.hosts) {
    (IsIpAddress(host) ? request.ip_addresses : request.dns_names).push_back(host);
  }
  const auto server = certs::IssueTlsCertificate(*ca, request);
  if (!server.ok()) return server.status();
  const struct {
    const char* name;
    const std::string& bytes;
    unsigned mode;
  } files[] = {{"/ca.pem", ca->certificate_pem, 0644},
               {"/ca.key", ca->private_key_pem, 0600},
               {"/server.pem", server->certificate_pem, 0644},
               {"/server.key", server->private_key_pem, 0600}};
  for (const auto& file : files) {
    if (absl::Status status = WriteNewFile(tls + file.name, file.bytes, file.mode); !status.ok()) {
      return status;
    }
  }
  return absl::OkStatus();
}

// Entry 0: the first regulator, signed by its own key.
absl::StatusOr<std::string> MakeGenesis(const InitOptions& options,
                                        const certs::PrivateKey& regulator,
                                        const certs::NoteVerifier& log_key, int64_t now_s) {
  registry::Genesis genesis;
  genesis.name = options.regulator_name;
  genesis.keys = {regulator.public_key()};
  genesis.origin = options.origin;
  genesis.log_key = log_key.ToVkey();
  genesis.max_head_gap_s = options.max_head_gap_s;
  registry::EventDraft draft;
  draft.issued_at_s = now_s;
  draft.body = std::move(genesis);
  const auto signed_event =
      registry::SignEvent(draft, options.origin, regulator, certs::SystemRandom());
  if (!signed_event.ok()) return signed_event.status();
  return signed_event->Framed();
}

}  // namespace

absl::StatusOr<std::string> Init(const InitOptions& options, const Log& log,
                                 const storage::Clock& clock) {
  if (!registry::IsOrigin(options.origin)) {
    return Malformed("origin", "the origin has to be like register.example/demo");
  }
  const auto regulator = certs::ReadKeyFile(options.regulator_key);
  if (!regulator.ok()) return regulator.status();
  absl::Status status = CheckEmpty(options.directory);
  if (!status.ok()) return status;
  const int64_t now_s = clock.NowMs() / 1000;

  DataDirectoryOptions data;
  data.directory = options.directory;
  data.config.origin = options.origin;
  data.config.heartbeat_s = std::min(data.config.heartbeat_s, options.max_head_gap_s);
  if (!options.listen_address.empty()) data.config.listen_address = options.listen_address;
  if (!options.http_address.empty()) data.config.http_address = options.http_address;
  if (!options.admin_address.empty()) data.config.admin_address = options.admin_address;
  const std::string config_text = ConfigText(data.config);
  if (const auto config = ParseConfig(config_text, "options"); !config.ok()) {
    return config.status();
  }

  for (const char* folder : {"", "/keys"}) {
    status = MakeDirectory(options.directory + folder);
    if (!status.ok()) return status;
  }
  status = certs::WriteKeyFile(PathIn(options.directory, data.config.log_key),
                               certs::PrivateKey::Generate(certs::Algorithm::kEd25519));
  if (status.ok()) status = MakeTls(options, now_s);
  if (status.ok()) {
    status = WriteNewFile(options.directory + "/bonafided.conf", config_text, 0644);
  }
  if (!status.ok()) return status;

  const auto register_options = RegisterOptionsOf(data, log);
  if (!register_options.ok()) return register_options.status();
  const auto genesis =
      MakeGenesis(options, *regulator, register_options->log_signer->verifier(), now_s);
  if (!genesis.ok()) return genesis.status();
  status = storage::Register::Init(*register_options, *genesis, clock);
  if (!status.ok()) return status;

  const auto opened = DataDirectory::Open(data, log, clock);
  if (!opened.ok()) return opened.status();
  const auto anchors = (*opened)->OwnAnchors();
  if (!anchors.ok()) return anchors.status();
  const std::string trust = options.directory + "/trust.json";
  status = WriteNewFile(trust, TrustFileText(*anchors, ""), 0644);
  if (!status.ok()) return status;
  return trust;
}

}  // namespace bonafide::server::command
