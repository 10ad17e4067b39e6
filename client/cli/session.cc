#include "client/cli/session.h"

#include <cstdlib>
#include <ctime>
#include <utility>

#include "certs/json.h"
#include "certs/key_file.h"
#include "certs/reason.h"
#include "client/cli/argument_value.h"
#include "client/state_file.h"

namespace bonafide::client::cli {
namespace {

constexpr size_t kMaxSettingsBytes = 64 * 1024;
constexpr size_t kMaxCaBytes = 1 << 20;
constexpr int64_t kMaxTimeoutS = 24 * 3600;

std::string Environment(const char* name) {
  const char* value = std::getenv(name);
  return value == nullptr ? "" : value;
}

}  // namespace

Session::Session(Arguments& program) {
  program.Option("--server", server_, "The register, HOST:PORT");
  program.FromEnvironment("--server", "BONAFIDE_SERVER");
  program.Option("--ca", ca_, "PEM file of the authorities that vouch for its TLS certificate");
  program.FromEnvironment("--ca", "BONAFIDE_CA");
  program.Option("--trust", trust_path_, "Trust file (default: trust.json in the state directory)");
  program.FromEnvironment("--trust", "BONAFIDE_TRUST");
  program.Option("--state", state_,
                 "Directory of what is remembered (default: ~/.local/state/bonafide)");
  program.FromEnvironment("--state", "BONAFIDE_STATE");
  program.Option("--as", as_, "Registration number of the organisation that signs or asks");
  program.FromEnvironment("--as", "BONAFIDE_AS");
  program.Option("--key", key_, "Its private key, a PEM file (bonafide keygen)");
  program.FromEnvironment("--key", "BONAFIDE_KEY");
  program.Option("--timeout", timeout_s_, "Seconds to wait for an answer");
  program.Limit("--timeout", 1, kMaxTimeoutS);
  program.Flag("--cosigned", cosigned_, "Ask for the newest head that is cosigned");
  program.Flag("--json", json_, "Print JSON for programs");
  program.Flag("-q,--quiet", quiet_, "Print only the number or identity that matters");
  program.Flag("--no-color,--no-colour", no_colour_, "No colours (also: NO_COLOR)");
}

registry::Day Session::Today() const {
  const std::time_t now = static_cast<std::time_t>(clock_() / 1000);
  std::tm local{};
  localtime_r(&now, &local);
  char text[32];
  std::strftime(text, sizeof text, "%Y-%m-%d", &local);
  const auto day = registry::Day::Parse(text);
  return day.ok() ? *day : registry::Day::OfTime(clock_());
}

absl::StatusOr<std::string> Session::StateDirectory() const {
  if (!state_.empty()) return state_;
  if (const std::string base = Environment("XDG_STATE_HOME"); !base.empty()) {
    return base + "/bonafide";
  }
  const std::string home = Environment("HOME");
  if (home.empty()) {
    return Malformed("state_directory", "there is no home directory to keep state in: --state DIR");
  }
  return home + "/.local/state/bonafide";
}

absl::StatusOr<std::string> Session::TrustPath() const {
  if (!trust_path_.empty()) return trust_path_;
  const auto directory = StateDirectory();
  if (!directory.ok()) return directory.status();
  return *directory + "/trust.json";
}

absl::StatusOr<certs::Json> Session::Saved() const {
  const auto directory = StateDirectory();
  if (!directory.ok()) return directory.status();
  const auto text = ReadFile(*directory + "/settings.json", kMaxSettingsBytes);
  if (!text.ok()) return text.status();
  auto json = certs::ParseJson(*text);
  if (!json.ok()) return Within(*directory + "/settings.json", json.status());
  return json;
}

absl::StatusOr<std::string> Session::ServerAddress() const {
  if (!server_.empty()) return server_;
  const auto saved = Saved();
  if (saved.ok() && saved->FindString("server") != nullptr) return *saved->FindString("server");
  if (!saved.ok() && !absl::IsNotFound(saved.status())) return saved.status();
  return Malformed("server_missing", "which register? no address is given or saved");
}

absl::StatusOr<std::string> Session::CaPem() const {
  if (!ca_.empty()) return ReadFile(ca_, kMaxCaBytes);
  // The saved authorities belong to the saved register.
  if (!server_.empty()) {
    const auto saved = Saved();
    if (!saved.ok() || saved->FindString("server") == nullptr ||
        *saved->FindString("server") != server_) {
      return std::string();
    }
  }
  const auto directory = StateDirectory();
  if (!directory.ok()) return directory.status();
  auto pem = ReadFile(*directory + "/ca.pem", kMaxCaBytes);
  if (absl::IsNotFound(pem.status())) return std::string();
  return pem;
}

std::string Session::SavedTerritory() const {
  const auto saved = Saved();
  if (!saved.ok() || saved->FindString("territory") == nullptr) return "";
  return *saved->FindString("territory");
}

absl::StatusOr<const Trust*> Session::trust() {
  if (trust_) return &*trust_;
  const auto path = TrustPath();
  if (!path.ok()) return path.status();
  const auto text = ReadFile(*path, kMaxTrustFileBytes);
  if (absl::IsNotFound(text.status())) {
    return Refusal(absl::StatusCode::kInternal, "trust_missing",
                   *path + ": no trust file, so nothing can be checked");
  }
  if (!text.ok()) return text.status();
  auto trust = ParseTrust(*text);
  if (!trust.ok()) return Within(*path, trust.status());
  trust_ = *std::move(trust);
  return &*trust_;
}

absl::StatusOr<Connection*> Session::connection() {
  if (connection_) return connection_.get();
  const auto address = ServerAddress();
  if (!address.ok()) return address.status();
  const auto ca = CaPem();
  if (!ca.ok()) return ca.status();
  auto connection = Connection::Open({*address, *ca, timeout_s_ * 1000});
  if (!connection.ok()) return connection.status();
  connection_ = *std::move(connection);
  return connection_.get();
}

absl::StatusOr<const Memory*> Session::memory() {
  if (memory_) return &*memory_;
  const auto trusted = trust();
  if (!trusted.ok()) return trusted.status();
  const auto directory = StateDirectory();
  if (!directory.ok()) return directory.status();
  auto memory = Memory::Open(*directory, (*trusted)->anchors.log_key);
  if (!memory.ok()) return memory.status();
  memory_ = *std::move(memory);
  return &*memory_;
}

absl::StatusOr<const Lookup*> Session::lookup() {
  if (lookup_) return &*lookup_;
  const auto trusted = trust();
  if (!trusted.ok()) return trusted.status();
  const auto remembered = memory();
  if (!remembered.ok()) return remembered.status();
  const auto remote = connection();
  if (!remote.ok()) return remote.status();
  lookup_.emplace(**trusted, **remote, **remembered, clock_);
  return &*lookup_;
}

absl::StatusOr<Identity> Session::OpenIdentity() {
  if (as_.empty() || key_.empty()) {
    return Refusal(absl::StatusCode::kInternal, "identity_missing",
                   "this needs an organisation and its key");
  }
  const auto trusted = trust();
  if (!trusted.ok()) return trusted.status();
  const auto number = ParseNumber("--as", as_);
  if (!number.ok()) {
    return Malformed("identity_number",
                     std::string(number.status().message()) + ", for example 0000-4711-30");
  }
  auto key = certs::ReadKeyFile(key_);
  if (!key.ok()) return key.status();
  return Identity{(*trusted)->anchors.origin, *number,
                  std::make_shared<certs::PrivateKey>(*std::move(key))};
}

absl::StatusOr<const Filing*> Session::filing() {
  if (filing_) return &*filing_;
  auto identity = OpenIdentity();
  if (!identity.ok()) return identity.status();
  const auto looked = lookup();  // opens all that filing needs
  if (!looked.ok()) return looked.status();
  connection_->Act(*identity);
  filing_.emplace(*trust_, *connection_, *memory_, *std::move(identity), clock_);
  filing_->set_patience_ms(timeout_s_ * 1000);
  return &*filing_;
}

absl::Status Session::ActWhereGiven() {
  if (as_.empty() && key_.empty()) return absl::OkStatus();
  return filing().status();
}

Head Session::head() {
  const auto trusted = trust();
  const bool asked = trusted.ok() && (*trusted)->anchors.policy.requires_cosignatures();
  return asked ? Head::kCosigned : asked_head();
}

absl::StatusOr<About> Session::Find(merkle::SubjectNumber number) {
  const auto looked = lookup();  // opens all that a lookup needs
  if (!looked.ok()) return looked.status();
  if (!filing_trust_) {
    filing_trust_ = *trust_;
    filing_trust_->anchors.policy = merkle::Policy::None();
  }
  const auto answer = Lookup(*filing_trust_, *connection_, *memory_, clock_).Show(number);
  if (!answer.ok()) return answer.status();
  return About{number, answer->proven.world->Find(number)->anchor()};
}

}  // namespace bonafide::client::cli
