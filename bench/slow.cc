#include <algorithm>
#include <chrono>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "bench/http_register.h"
#include "bench/measures.h"
#include "bench/slow_clients.h"
#include "bench/stopwatch.h"
#include "bench/wrk.h"

namespace bonafide::bench {
namespace {

constexpr unsigned kSliceSeconds = 4;
constexpr unsigned kSlowClients = 300;
// What the server gives a header: over it they spread, and so do their ends.
constexpr double kBeginSeconds = 5;
constexpr auto kPatience = std::chrono::seconds(12);
constexpr unsigned kConnections = 16;
constexpr unsigned kPauseMs = 10;

// Six questions in ten for a verdict, three for evidence, one for a tile.
std::vector<std::string> Mix(const HttpRegister& http) {
  std::vector<std::string> paths;
  for (size_t i = 0; i < http.verdicts().size(); ++i) {
    if (i % 10 < 6) {
      paths.push_back(http.verdicts()[i]);
    } else if (i % 10 < 9) {
      paths.push_back(http.evidence()[i]);
    } else {
      paths.push_back(http.tiles()[i % http.tiles().size()]);
    }
  }
  return paths;
}

struct Series {
  std::vector<double> p99_us, p50_us, rates;
};

absl::Status RunSlice(int port, const std::string& paths, uint64_t seed, Series& series) {
  WrkLoad load;
  load.seconds = kSliceSeconds;
  load.connections = kConnections;
  load.pause_ms = kPauseMs;
  load.seed = seed;
  load.core = ClientCore();
  const auto outcome = RunWrk(port, paths, load);
  if (!outcome.ok()) return outcome.status();
  series.p99_us.push_back(outcome->p99_us);
  series.p50_us.push_back(outcome->p50_us);
  series.rates.push_back(outcome->Rate());
  return absl::OkStatus();
}

bool AwaitAll(const SlowClients& slow) {
  const auto until = std::chrono::steady_clock::now() + kPatience;
  // A few are always between two connections.
  while (slow.open() < kSlowClients - kSlowClients / 20) {
    if (std::chrono::steady_clock::now() > until) return false;
    std::this_thread::sleep_for(std::chrono::milliseconds(50));
  }
  return true;
}

}  // namespace

Rows MeasureSlowClients(const MeasureOptions& options) {
  const auto http = HttpRegister::Start(options);
  if (!http.ok()) return http.status();
  const int port = (*http)->port();
  const std::string paths = options.scratch + "/mixed-paths";
  WritePaths(paths, Mix(**http));
  Series warm, alone, beside;
  absl::Status status = RunSlice(port, paths, 0, warm);
  const size_t pairs = std::max<size_t>(5, static_cast<size_t>(options.seconds) / kSliceSeconds);
  uint64_t made = 0;
  for (size_t pair = 1; pair <= pairs && status.ok(); ++pair) {
    status = RunSlice(port, paths, pair, alone);
    if (!status.ok()) break;
    const SlowClients slow(port, kSlowClients, kBeginSeconds, ClientCore());
    if (!AwaitAll(slow)) {
      return absl::InternalError("only " + std::to_string(slow.open()) + " slow connections");
    }
    status = RunSlice(port, paths, pair, beside);
    made += slow.made();
  }
  if (!status.ok()) return status;
  std::vector<double> ratios;
  for (size_t i = 0; i < pairs; ++i) ratios.push_back(beside.p99_us[i] / alone.p99_us[i]);
  Row row = AtMost("p99 of honest requests beside 300 slow-header connections",
                   Median(beside.p99_us), Median(alone.p99_us), "us", 1.5, 0);
  row.ratio = Median(ratios);
  row.met = row.ratio <= 1.5;
  char note[512];
  std::snprintf(note, sizeof note,
                "against p99 without them; verdicts, evidence and tiles 6:3:1 at %.0f requests/s "
                "over %u connections; medians %.0f and %.0f us; the slow ones send a byte a second "
                "and begin anew when cut off after 5 s, %llu connections in all; server with one "
                "thread for HTTP on one core, wrk and the slow ones on another; %zu pairs of "
                "slices of %u s",
                Median(beside.rates), kConnections, Median(beside.p50_us), Median(alone.p50_us),
                static_cast<unsigned long long>(made), pairs, kSliceSeconds);
  row.note = note;
  return std::vector<Row>{row};
}

}  // namespace bonafide::bench
