// One running server: a data directory, the services, and the admin port.
#ifndef BONAFIDE_SERVER_INSTANCE_H_
#define BONAFIDE_SERVER_INSTANCE_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "server/data_directory.h"
#include "server/log.h"
#include "storage/register/clock.h"

namespace grpc {
class Service;
}

namespace bonafide::server {

// Runs from Start to Stop. Thread-safe, but for Stop.
class Instance {
 public:
  struct Options {
    DataDirectoryOptions data;
    // Served beside the API, for measurements. Must outlive the instance.
    std::vector<grpc::Service*> extra_services;
  };

  // `log` and `clock` must outlive it. Errors: those of DataDirectory::Open, GrpcServer::Start,
  // AdminServer::Start, and of the files of the certificate; "heartbeat_s" (kFailedPrecondition)
  // when the configuration lets more time pass between two heads than the genesis promised.
  static absl::StatusOr<std::unique_ptr<Instance>> Start(const Options& options, const Log& log,
                                                         const storage::Clock& clock);
  // Stops.
  ~Instance();
  Instance(const Instance&) = delete;
  Instance& operator=(const Instance&) = delete;

  int port() const;
  // 0 when there is no front.
  int http_port() const;
  int admin_port() const;
  // Calls of the API that have begun and not ended.
  int64_t calls_under_way() const;
  DataDirectory& data();

  // Reads the certificate and its key again and shows them to who connects from now on. Errors: of
  // the files; "tls_pair" when they do not fit. The old ones are shown then.
  absl::Status ReloadTls();

  // Says NOT_SERVING, takes no more calls, waits for those under way as long as the configuration
  // allows, and closes the register.
  void Stop();

 private:
  class Impl;
  explicit Instance(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_INSTANCE_H_
