// nginx, serving files over TLS with one worker: what a server of ready-made answers reaches.
#ifndef BONAFIDE_BENCH_STATIC_SERVER_H_
#define BONAFIDE_BENCH_STATIC_SERVER_H_

#include <absl/status/statusor.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "bench/child.h"

namespace bonafide::bench {

class StaticServer {
 public:
  // Serves the files in `directory` + "/files" on `core`, with the certificate and the key in
  // `tls`. It keeps every connection, keeps every file open, and logs nothing.
  static absl::StatusOr<std::unique_ptr<StaticServer>> Start(const std::string& directory,
                                                             const std::string& tls,
                                                             std::optional<unsigned> core);
  // What it then answers for `path`, without the query.
  static absl::Status Add(const std::string& directory, std::string_view path,
                          std::string_view content);
  ~StaticServer();
  StaticServer(const StaticServer&) = delete;
  StaticServer& operator=(const StaticServer&) = delete;

  int port() const { return port_; }
  // Of its worker.
  double CpuSeconds() const { return CpuSecondsOf(worker_); }

 private:
  StaticServer() = default;

  int port_ = 0;
  pid_t worker_ = 0;
  std::unique_ptr<Child> child_;
};

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_STATIC_SERVER_H_
