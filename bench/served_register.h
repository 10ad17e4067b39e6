// A register served over TLS by a process of its own, so that its processor time, memory and disk
// reads can be told from those of the load.
#ifndef BONAFIDE_BENCH_SERVED_REGISTER_H_
#define BONAFIDE_BENCH_SERVED_REGISTER_H_

#include <absl/status/statusor.h>
#include <sys/types.h>

#include <cstdint>
#include <memory>
#include <string>

namespace bonafide::bench {

class ServedRegister {
 public:
  // Serves the population in `directory`, which nobody else may have open.
  static absl::StatusOr<std::unique_ptr<ServedRegister>> Start(const std::string& directory);
  // Stops the server and waits for its end.
  ~ServedRegister();
  ServedRegister(const ServedRegister&) = delete;
  ServedRegister& operator=(const ServedRegister&) = delete;

  const std::string& address() const { return address_; }
  const std::string& ca_pem() const { return ca_pem_; }
  double open_seconds() const { return open_seconds_; }  // until it served
  pid_t pid() const { return pid_; }

  // Of all its threads, user and system.
  double CpuSeconds() const;
  int64_t ResidentBytes() const;
  // What it made the disk read, beyond what was cached.
  int64_t DiskReadBytes() const;

 private:
  ServedRegister() = default;

  std::string address_;
  std::string ca_pem_;
  double open_seconds_ = 0;
  pid_t pid_ = 0;
  int control_ = -1;  // closing it ends the server
};

// Reads the database of the population in `directory` once, so that the system has of it in memory
// what it can.
void ReadFiles(const std::string& directory);

// The other side: serves `directory` until standard input ends. Returns the exit code.
int Serve(const std::string& directory);

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_SERVED_REGISTER_H_
