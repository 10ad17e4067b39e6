// A register of its own for one test, made and served by the real `bonafided` over TLS.
#ifndef BONAFIDE_TESTS_E2E_SERVED_REGISTER_H_
#define BONAFIDE_TESTS_E2E_SERVED_REGISTER_H_

#include <chrono>
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
  // Ends it as a power cut would (as far as the process goes).
  void Kill();
  // Asks it to stop, without waiting.
  void AskToStop();
  // Asks it to stop and waits; its exit code.
  int Stop();
  bool serving() const { return process_ != nullptr; }

  const std::string& directory() const { return directory_; }
  const std::string& address() const { return address_; }
  std::string ca_path() const { return directory_ + "/tls/ca.pem"; }
  std::string ca_pem() const;
  std::string trust_path() const { return directory_ + "/trust.json"; }
  client::Trust trust() const;
  std::string regulator_key_path() const { return directory_ + ".regulator.key"; }
  // What all servers of this directory have said about themselves.
  std::string log() const;

 private:
  std::string directory_;
  std::string address_;
  std::unique_ptr<Process> process_;
};

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_SERVED_REGISTER_H_
