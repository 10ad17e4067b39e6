// The public front: what everybody may read, over HTTP/1.1 with TLS, on a port of its own.
#ifndef BONAFIDE_SERVER_HTTP_FRONT_H_
#define BONAFIDE_SERVER_HTTP_FRONT_H_

#include <absl/status/statusor.h>

#include <chrono>
#include <memory>

#include "server/answer/dependencies.h"
#include "server/config.h"
#include "server/tls_credentials.h"

namespace bonafide::server::http {

// Serves the routes of server/http/route.h until it is stopped. Thread-safe, but for Stop.
class Front {
 public:
  // `config` and `dependencies` must outlive it. Errors: "http_address" (kUnavailable) when it
  // cannot listen there, "tls_pair" when certificate and key do not fit.
  static absl::StatusOr<std::unique_ptr<Front>> Start(const Config& config, const TlsPair& tls,
                                                      const answer::Dependencies& dependencies);
  // Stops at once.
  ~Front();
  Front(const Front&) = delete;
  Front& operator=(const Front&) = delete;

  int port() const;
  // As TlsCredentials::Replace.
  void ReplaceTls(const TlsPair& tls);
  // Takes no more requests, waits for those under way as long as `drain`, and closes what is left.
  void Stop(std::chrono::milliseconds drain);

 private:
  class Impl;
  explicit Front(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_FRONT_H_
