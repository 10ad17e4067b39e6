// wrk, the load generator, over TLS on loopback: one thread that asks for paths drawn at random.
#ifndef BONAFIDE_BENCH_WRK_H_
#define BONAFIDE_BENCH_WRK_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
#include <string>
#include <vector>

namespace bonafide::bench {

struct WrkLoad {
  unsigned seconds = 2;
  unsigned connections = 32;  // kept; each has one request under way
  unsigned pause_ms = 0;      // on average, between an answer and the next request
  uint64_t seed = 1;          // the same paths for the same seed
  std::optional<unsigned> core;
};

struct WrkOutcome {
  uint64_t answers = 0;
  double seconds = 0;
  uint64_t bytes = 0;  // headers included
  double p50_us = 0, p99_us = 0;

  double Rate() const { return static_cast<double>(answers) / seconds; }
  uint64_t MeanBytes() const { return answers == 0 ? 0 : bytes / answers; }
};

// Writes `paths` to `file`, as RunWrk reads them.
void WritePaths(const std::string& file, const std::vector<std::string>& paths);

// Errors: wrk is not there, or any request failed: no connection, an error of the socket, a status
// of 400 and above, no answer within 2 s.
absl::StatusOr<WrkOutcome> RunWrk(int port, const std::string& paths_file, const WrkLoad& load);

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_WRK_H_
