// The gRPC listener: TLS, limits of connections, health, and the services it is given.
#ifndef BONAFIDE_SERVER_GRPC_SERVER_H_
#define BONAFIDE_SERVER_GRPC_SERVER_H_

#include <absl/status/statusor.h>

#include <chrono>
#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "server/config.h"
#include "server/tls_credentials.h"

namespace grpc {
class Service;
}

namespace bonafide::server {

// Serves from Start to Stop. gRPC's own health service says NOT_SERVING before SetServing(true) and
// after SetServing(false).
class GrpcServer {
 public:
  // `services` must outlive the server. Error: "listen_address" (kUnavailable) when it cannot
  // listen there, or the certificate and the key do not fit.
  static absl::StatusOr<std::unique_ptr<GrpcServer>> Start(
      const Config& config, const TlsPair& tls, const std::vector<grpc::Service*>& services);
  // Stops at once.
  ~GrpcServer();
  GrpcServer(const GrpcServer&) = delete;
  GrpcServer& operator=(const GrpcServer&) = delete;

  int port() const;
  void SetServing(bool serving);
  // As TlsCredentials::Replace.
  void ReplaceTls(TlsPair tls);
  // Takes no new connections and calls, tells every client to go (GOAWAY), and returns when
  // `calls_under_way` has come down to 0 and the last answers have left, or `grace` is over, which
  // cancels what is left. A connection without a call, or with nothing but a watch of the health,
  // is not waited for.
  void Stop(std::chrono::milliseconds grace, const std::function<int64_t()>& calls_under_way);

 private:
  class Impl;
  explicit GrpcServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_GRPC_SERVER_H_
