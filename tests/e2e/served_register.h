// A register of its own for one test, made and served by the real `bonafided` over TLS.
#ifndef BONAFIDE_TESTS_E2E_SERVED_REGISTER_H_
#define BONAFIDE_TESTS_E2E_SERVED_REGISTER_H_

#include <chrono>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "client/trust.h"
#include "tests/e2e/process.h"

namespace bonafide::e2e {

// The example register; each test that uses it names the same.
inline constexpr char kOrigin[] = "register.example/test";

// `bonafided` with these arguments, as a command to start.
Command Bonafided(std::vector<std::string> arguments);

// Not thread-safe.
class ServedRegister {
 public:
  // Makes the register in `directory`, which must not exist, and does not serve it yet. Aborts the
  // test program where that fails.
  explicit ServedRegister(std::string directory);
  // A copy of `other`, which must not be serving, in `directory`, which must not exist.
  ServedRegister(const ServedRegister& other, std::string directory);
  ~ServedRegister();

  // Writes `key = value` into the configuration; it holds from the next Start on.
  void Configure(const std::string& key, const std::string& value);

  // Serves on a free port until it answers. Aborts the test program where it does not.
  void Start(const std::vector<std::string>& arguments = {});
  // The same; when it ends instead, or does not serve for half a minute, returns what it said.
  std::optional<std::string> TryStart(const std::vector<std::string>& arguments = {});
  // The same, with a process that does nothing before `prepare` has returned; `prepare` gets its
  // identifier.
  std::optional<std::string> TryStart(const std::function<void(pid_t)>& prepare);
  // How the server ended that TryStart saw end: its exit code, or 128 + the signal; nothing when it
  // still ran.
  std::optional<int> ended_code() const { return ended_code_; }
  // Ends it as a power cut would (as far as the process goes).
  void Kill();
  // Asks it to stop, without waiting.
  void AskToStop();
  // Asks it to stop and waits; its exit code.
  int Stop();
  bool serving() const { return process_ != nullptr; }
  // Whether the server of the last start has ended by itself. Precondition: serving().
  bool HasDied() { return process_->Wait(std::chrono::milliseconds(0)).has_value(); }
  // Precondition: serving().
  pid_t pid() const { return process_->pid(); }

  const std::string& directory() const { return directory_; }
  const std::string& address() const { return address_; }
  const std::string& admin_address() const { return admin_address_; }
  std::string ca_path() const { return directory_ + "/tls/ca.pem"; }
  std::string ca_pem() const;
  std::string trust_path() const { return directory_ + "/trust.json"; }
  client::Trust trust() const;
  std::string regulator_key_path() const { return directory_ + ".regulator.key"; }
  // What all servers of this directory have said about themselves.
  std::string log() const;

 private:
  std::optional<std::string> WaitUntilServing(size_t said_before);

  std::string directory_;
  std::string address_;
  std::string admin_address_;
  std::unique_ptr<Process> process_;
  std::optional<int> ended_code_;
};

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_SERVED_REGISTER_H_
