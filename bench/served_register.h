// A register served over TLS, gRPC and HTTP, by a process of its own, so that its processor time,
// memory and disk reads can be told from those of the load.
#ifndef BONAFIDE_BENCH_SERVED_REGISTER_H_
#define BONAFIDE_BENCH_SERVED_REGISTER_H_

#include <absl/status/statusor.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <optional>
#include <string>

#include "bench/child.h"

namespace bonafide::bench {

class ServedRegister {
 public:
  // Serves the population in `directory`, which nobody else may have open, until its destruction;
  // on `core` alone, or on all.
  static absl::StatusOr<std::unique_ptr<ServedRegister>> Start(
      const std::string& directory, std::optional<unsigned> core = std::nullopt);
  ServedRegister(const ServedRegister&) = delete;
  ServedRegister& operator=(const ServedRegister&) = delete;

  const std::string& address() const { return address_; }
  int http_port() const { return http_port_; }
  const std::string& ca_pem() const { return ca_pem_; }
  double open_seconds() const { return open_seconds_; }  // until it served
  pid_t pid() const { return child_->pid(); }

  // Of all its threads, user and system.
  double CpuSeconds() const { return CpuSecondsOf(pid()); }
  int64_t ResidentBytes() const;
  // What it made the disk read, beyond what was cached.
  int64_t DiskReadBytes() const;

 private:
  ServedRegister() = default;

  std::string address_;
  std::string ca_pem_;
  double open_seconds_ = 0;
  int http_port_ = 0;
  std::unique_ptr<Child> child_;
};

// Reads the database of the population in `directory` once, so that the system has of it in memory
// what it can.
void ReadFiles(const std::string& directory);

// The other side: serves `directory` until standard input ends. Returns the exit code.
int Serve(const std::string& directory);

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_SERVED_REGISTER_H_
