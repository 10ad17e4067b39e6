// Health as a stranger would find it: a real call through the public port, with TLS.
#ifndef BONAFIDE_SERVER_HEALTH_PROBE_H_
#define BONAFIDE_SERVER_HEALTH_PROBE_H_

#include <absl/status/status.h>

#include <chrono>
#include <memory>
#include <string>

namespace bonafide::server {

// Thread-safe.
class HealthProbe {
 public:
  // `address` is where this process listens. Its certificate is not checked: the connection is to
  // ourselves, and says nothing.
  explicit HealthProbe(const std::string& address);
  ~HealthProbe();

  // OK when LogService.GetCheckpoint answers within `timeout`; else its error.
  absl::Status Check(std::chrono::milliseconds timeout) const;

 private:
  struct Connection;
  std::unique_ptr<Connection> connection_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_HEALTH_PROBE_H_
