#include "tests/e2e/served_register.h"

#include <signal.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <string_view>
#include <thread>
#include <utility>

#include "certs/key_file.h"
#include "tests/e2e/file.h"

namespace bonafide::e2e {
namespace {

constexpr auto kStartPatience = std::chrono::seconds(30);
constexpr auto kStopPatience = std::chrono::seconds(60);

[[noreturn]] void Die(const std::string& what, const std::string& said) {
  std::fprintf(stderr, "%s\n%s\n", what.c_str(), said.c_str());
  std::abort();
}

// The port of that name in the line that says that the server serves; empty when there is none yet.
std::string PortIn(std::string_view log, std::string_view name) {
  const size_t line = log.find("\"event\":\"serving\"");
  if (line == std::string_view::npos || log.find('\n', line) == std::string_view::npos) return {};
  const std::string member = "\"" + std::string(name) + "\":";
  const size_t port = log.find(member, line);
  if (port == std::string_view::npos) return {};
  const size_t begin = port + member.size();
  return std::string(log.substr(begin, log.find_first_not_of("0123456789", begin) - begin));
}

// Until it is stopped by a signal.
void WaitUntilStopped(pid_t pid) {
  const std::string path = "/proc/" + std::to_string(pid) + "/stat";
  for (int waited_ms = 0; waited_ms < 10'000; ++waited_ms) {
    const std::string stat = ReadText(path);
    const size_t name_end = stat.rfind(") ");
    if (name_end != std::string::npos && stat[name_end + 2] == 'T') return;
    std::this_thread::sleep_for(std::chrono::milliseconds(1));
  }
}

// Sockets are left out: a server makes its own.
void CopyDirectory(const std::filesystem::path& from, const std::filesystem::path& to) {
  std::filesystem::create_directories(to);
  for (const auto& entry : std::filesystem::recursive_directory_iterator(from)) {
    const auto target = to / entry.path().lexically_relative(from);
    if (entry.is_directory()) std::filesystem::create_directories(target);
    if (entry.is_regular_file()) std::filesystem::copy_file(entry.path(), target);
  }
}

}  // namespace

Command Bonafided(std::vector<std::string> arguments) {
  Command command;
  command.words = {BONAFIDE_SERVER_PROGRAM};
  command.words.insert(command.words.end(), arguments.begin(), arguments.end());
  return command;
}

ServedRegister::ServedRegister(std::string directory) : directory_(std::move(directory)) {
  if (!certs::WriteKeyFile(regulator_key_path(),
                           certs::PrivateKey::Generate(certs::Algorithm::kEs256))
           .ok()) {
    Die("cannot write " + regulator_key_path(), "");
  }
  const Ended init =
      RunToEnd(Bonafided({"init", "--data", directory_, "--origin", kOrigin, "--regulator-name",
                          "Example Regulator", "--regulator-key", regulator_key_path(), "--listen",
                          "127.0.0.1:0", "--http", "127.0.0.1:0", "--admin", "127.0.0.1:0"}));
  if (init.code != 0) Die("bonafided init failed", init.out + init.err);
  // A test asks faster than any person, needs few files, and little room.
  for (const char* kind : {"reads", "searches", "submits", "transfers"}) {
    Configure(std::string(kind) + "_per_second", "0");
  }
  Configure("open_files", "1024");
  Configure("free_disk_bytes", "0");
}

ServedRegister::ServedRegister(const ServedRegister& other, std::string directory)
    : directory_(std::move(directory)) {
  CopyDirectory(other.directory_, directory_);
  std::filesystem::copy(other.regulator_key_path(), regulator_key_path());
}

ServedRegister::~ServedRegister() = default;

void ServedRegister::Configure(const std::string& key, const std::string& value) {
  const std::string path = directory_ + "/bonafided.conf";
  std::string text = "\n" + ReadText(path);
  const size_t begin = text.find("\n" + key + " = ");
  if (begin == std::string::npos) Die("no such setting", key);
  text.replace(begin + 1, text.find('\n', begin + 1) - begin - 1, key + " = " + value);
  WriteText(path, std::string_view(text).substr(1));
}

std::string ServedRegister::log() const { return ReadText(directory_ + ".log"); }

void ServedRegister::Start(const std::vector<std::string>& arguments) {
  const std::optional<std::string> failure = TryStart(arguments);
  if (failure) Die("bonafided serve failed", *failure);
}

std::optional<std::string> ServedRegister::TryStart(const std::vector<std::string>& arguments) {
  const size_t said_before = log().size();
  std::vector<std::string> words = {"serve", "--data", directory_};
  words.insert(words.end(), arguments.begin(), arguments.end());
  Command command = Bonafided(std::move(words));
  command.out_path = command.err_path = directory_ + ".log";
  process_ = std::make_unique<Process>(command);
  return WaitUntilServing(said_before);
}

std::optional<std::string> ServedRegister::TryStart(const std::function<void(pid_t)>& prepare) {
  const size_t said_before = log().size();
  Command command;
  // A shell that stops itself, and is the server once it goes on.
  command.words = {"/bin/sh", "-c", "kill -STOP $$; exec \"$@\"", "sh"};
  for (const std::string& word : Bonafided({"serve", "--data", directory_}).words) {
    command.words.push_back(word);
  }
  // LeakSanitizer cannot look for leaks in a process that is being traced.
  const char* sanitizer = std::getenv("ASAN_OPTIONS");
  command.environment["ASAN_OPTIONS"] =
      (sanitizer == nullptr ? "" : std::string(sanitizer) + ":") + "detect_leaks=0";
  command.out_path = command.err_path = directory_ + ".log";
  process_ = std::make_unique<Process>(command);
  WaitUntilStopped(process_->pid());
  prepare(process_->pid());
  process_->Signal(SIGCONT);
  return WaitUntilServing(said_before);
}

std::optional<std::string> ServedRegister::WaitUntilServing(size_t said_before) {
  ended_code_.reset();
  const auto end = std::chrono::steady_clock::now() + kStartPatience;
  while (true) {
    const std::string said = log().substr(said_before);
    if (const std::string port = PortIn(said, "port"); !port.empty()) {
      address_ = "127.0.0.1:" + port;
      admin_address_ = "127.0.0.1:" + PortIn(said, "admin_port");
      return std::nullopt;
    }
    ended_code_ = process_->Wait(std::chrono::milliseconds(5));
    if (ended_code_ || std::chrono::steady_clock::now() > end) {
      process_.reset();
      return log().substr(said_before);
    }
  }
}

void ServedRegister::Kill() {
  process_->Signal(SIGKILL);
  process_.reset();
}

void ServedRegister::AskToStop() { process_->Signal(SIGTERM); }

int ServedRegister::Stop() {
  AskToStop();
  const std::optional<int> code = process_->Wait(kStopPatience);
  process_.reset();
  return code.value_or(-1);
}

std::string ServedRegister::ca_pem() const { return ReadText(ca_path()); }

client::Trust ServedRegister::trust() const {
  auto trust = client::ParseTrust(ReadText(trust_path()));
  if (!trust.ok()) Die("no trust file", std::string(trust.status().message()));
  return *std::move(trust);
}

}  // namespace bonafide::e2e
