#include "bench/wrk.h"

#include <fstream>
#include <sstream>

#include "bench/child.h"

namespace bonafide::bench {

void WritePaths(const std::string& file, const std::vector<std::string>& paths) {
  std::ofstream out(file);
  for (const std::string& path : paths) out << path << "\n";
}

absl::StatusOr<WrkOutcome> RunWrk(int port, const std::string& paths_file, const WrkLoad& load) {
  const auto child =
      Child::Start({"wrk", "--threads", "1", "--connections", std::to_string(load.connections),
                    "--duration", std::to_string(load.seconds) + "s", "--script",
                    BONAFIDE_BENCH_SOURCES "/wrk.lua", "https://127.0.0.1:" + std::to_string(port),
                    "--", paths_file, std::to_string(load.seed), std::to_string(load.pause_ms)},
                   load.core);
  if (!child.ok()) return child.status();
  const std::string said = (*child)->ReadAll();
  if ((*child)->Wait() == 127) return absl::InternalError("no wrk here: scripts/install bench");
  WrkOutcome outcome;
  double duration_us = 0;
  uint64_t failed = 0;
  const size_t begin = said.find("\noutcome ");
  if (begin == std::string::npos) return absl::InternalError("wrk failed: " + said);
  std::istringstream line(said.substr(begin + 9));
  line >> outcome.answers >> duration_us >> outcome.bytes >> failed >> outcome.p50_us >>
      outcome.p99_us;
  if (!line || outcome.answers == 0) return absl::InternalError("wrk got no answers: " + said);
  if (failed > 0) {
    return absl::InternalError(std::to_string(failed) + " requests of wrk failed: " + said);
  }
  outcome.seconds = duration_us * 1e-6;
  return outcome;
}

}  // namespace bonafide::bench
