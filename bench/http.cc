#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <thread>

#include "bench/http_register.h"
#include "bench/https_connection.h"
#include "bench/measures.h"
#include "bench/static_server.h"
#include "bench/stopwatch.h"
#include "bench/wrk.h"

namespace bonafide::bench {
namespace {

constexpr unsigned kSliceSeconds = 2;

// One kind of question: what each slice of either server gave.
struct Series {
  std::vector<double> rates, cpu_us, busy_percent;
  uint64_t mean_bytes = 0;
};

template <typename Server>
absl::Status RunSlice(const Server& server, int port, const std::string& paths, uint64_t seed,
                      Series& series) {
  WrkLoad load;
  load.seconds = kSliceSeconds;
  load.seed = seed;
  load.core = ClientCore();
  const double cpu = server.CpuSeconds();
  const auto outcome = RunWrk(port, paths, load);
  if (!outcome.ok()) return outcome.status();
  const double used = server.CpuSeconds() - cpu;
  series.rates.push_back(outcome->Rate());
  series.cpu_us.push_back(used * 1e6 / static_cast<double>(outcome->answers));
  series.busy_percent.push_back(used * 100 / outcome->seconds);
  series.mean_bytes = outcome->MeanBytes();
  return absl::OkStatus();
}

// Gives nginx the answers to `paths` as files. The mean size of them.
absl::StatusOr<uint64_t> Copy(int port, const std::vector<std::string>& paths,
                              const std::string& directory) {
  const auto connection = HttpsConnection::Open(port);
  if (!connection.ok()) return connection.status();
  uint64_t bytes = 0;
  for (const std::string& path : paths) {
    const auto body = (*connection)->Get(path);
    if (!body.ok()) return body.status();
    bytes += body->size();
    const absl::Status status = StaticServer::Add(directory, path, *body);
    if (!status.ok()) return status;
  }
  return bytes / paths.size();
}

struct Question {
  const char* name;
  const std::vector<std::string>& paths;
  double goal, aim;  // 0: only reported
};

absl::StatusOr<Row> Measure(const HttpRegister& http, const Question& question,
                            const std::string& directory, size_t pairs) {
  const auto body_bytes = Copy(http.port(), question.paths, directory);
  if (!body_bytes.ok()) return body_bytes.status();
  const auto files = StaticServer::Start(directory, http.directory() + "/tls", kServerCore);
  if (!files.ok()) return files.status();
  const std::string paths = directory + "/paths";
  WritePaths(paths, question.paths);
  Series warm, ours, theirs;
  absl::Status status = RunSlice(http.served(), http.port(), paths, 0, warm);
  if (status.ok()) status = RunSlice(**files, (*files)->port(), paths, 0, warm);
  for (size_t pair = 1; pair <= pairs && status.ok(); ++pair) {
    status = RunSlice(http.served(), http.port(), paths, pair, ours);
    if (status.ok()) status = RunSlice(**files, (*files)->port(), paths, pair, theirs);
  }
  if (!status.ok()) return status;
  std::vector<double> ratios;
  for (size_t i = 0; i < pairs; ++i) ratios.push_back(ours.rates[i] / theirs.rates[i]);

  Row row = AtLeast(question.name, Median(ours.rates), Median(theirs.rates), "requests/s",
                    question.goal, question.aim);
  if (question.goal == 0) row.goal = "reported";
  row.ratio = Median(ratios);
  row.met = row.ratio >= question.goal;
  char note[512];
  std::snprintf(note, sizeof note,
                "against nginx with files of the same size; random over %zu, keep-alive, TLS 1.3, "
                "32 connections, each server on one core, wrk on another; %zu pairs of slices; a "
                "body of %llu bytes, with headers and TLS left out %llu and %llu; processor time "
                "of the server %.1f and %.1f us a request, its core busy to %.0f and %.0f %%",
                question.paths.size(), pairs, static_cast<unsigned long long>(*body_bytes),
                static_cast<unsigned long long>(ours.mean_bytes),
                static_cast<unsigned long long>(theirs.mean_bytes), Median(ours.cpu_us),
                Median(theirs.cpu_us), Median(ours.busy_percent), Median(theirs.busy_percent));
  row.note = note;
  return row;
}

}  // namespace

Rows MeasureHttp(const MeasureOptions& options) {
  const auto http = HttpRegister::Start(options);
  if (!http.ok()) return http.status();
  const std::string directory = options.scratch + "/static";
  std::filesystem::remove_all(directory);
  const Question questions[] = {
      {"JSON verify without evidence", (*http)->verdicts(), 0.25, 0.5},
      {"JSON evidence", (*http)->evidence(), 0, 0},
      {"full tile", (*http)->tiles(), 0.7, 0},
  };
  const size_t pairs = std::max<size_t>(5, static_cast<size_t>(options.seconds) / kSliceSeconds);
  std::vector<Row> rows;
  for (const Question& question : questions) {
    const auto row = Measure(**http, question, directory, pairs);
    if (!row.ok()) {
      return absl::InternalError(std::string(question.name) + ": " +
                                 std::string(row.status().message()));
    }
    rows.push_back(*row);
  }
  return rows;
}

}  // namespace bonafide::bench
