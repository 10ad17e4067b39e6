// HAProxy with the configuration that comes with bonafided, in front of a served register.
#ifndef BONAFIDE_TESTS_E2E_PROXY_H_
#define BONAFIDE_TESTS_E2E_PROXY_H_

#include <map>
#include <memory>
#include <string>

#include "tests/e2e/process.h"
#include "tests/e2e/served_register.h"
#include "tests/e2e/tls_socket.h"

namespace bonafide::e2e {

// Not thread-safe. The register may stop before it.
class Proxy {
 public:
  // The program: $BONAFIDE_HAPROXY, or where Debian puts it; "" when it is not there.
  static std::string Program();
  // The environment in which deploy/haproxy.cfg stands before `served`, as a test runs it: files in
  // `directory`, which must not exist, and a certificate of an authority of its own.
  static std::map<std::string, std::string> Environment(const ServedRegister& served,
                                                        const std::string& directory);

  // Starts it, with `changes` to that environment, and waits until it takes connections. Aborts the
  // test program where it does not.
  Proxy(const ServedRegister& served, const std::string& directory,
        const std::map<std::string, std::string>& changes = {});
  ~Proxy();

  // "127.0.0.1:<port>"; where this machine has IPv6, the same port of ::1 too.
  const std::string& address() const { return address_; }
  std::string port() const { return address_.substr(address_.rfind(':') + 1); }
  std::string ca_path() const { return directory_ + "/ca.pem"; }
  const std::string& ca_pem() const { return ca_pem_; }
  std::string stats_path() const { return directory_ + "/stats"; }
  pid_t pid() const { return process_->pid(); }
  // A connection to it.
  TlsSocket Connect(const std::string& protocol, const std::string& from = "") const;
  // All that it has logged since the last time.
  std::string Logged() const;

 private:
  std::string directory_, address_, ca_pem_;
  int log_fd_;
  std::unique_ptr<Process> process_;
};

// Whether this machine has an IPv6 loopback.
bool HasIpv6();
// The most memory that a process has had, in bytes.
size_t PeakBytes(pid_t pid);

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_PROXY_H_
