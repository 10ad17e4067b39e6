#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <utility>

#include "bench/child.h"
#include "bench/http_register.h"
#include "bench/https_connection.h"
#include "bench/measures.h"

namespace bonafide::bench {
namespace {

constexpr size_t kChecks = 200;
constexpr size_t kWarmUp = 20;
constexpr double kCheckGoalMs = 40;

constexpr size_t kVisits = 20;
constexpr size_t kVisitsBefore = 3;
constexpr double kVisitGoalMs = 1000;

// What a script of this folder writes.
absl::StatusOr<std::string> SaidBy(const std::string& script, std::vector<std::string> arguments) {
  std::vector<std::string> words = {"node", BONAFIDE_BENCH_SOURCES "/" + script};
  words.insert(words.end(), arguments.begin(), arguments.end());
  const auto child = Child::Start(words);
  if (!child.ok()) return child.status();
  std::string said = (*child)->ReadAll();
  const int code = (*child)->Wait();
  if (code == 127) return absl::InternalError("no node here: scripts/install test");
  if (code != 0) return absl::InternalError(script + " failed");
  return said;
}

// The goal is an absolute time: it is what a person waits for.
Row Below(std::string name, double figure_ms, double goal_ms, std::string note) {
  Row row = AtMost(std::move(name), figure_ms, 0, "ms", goal_ms, 0);
  row.met = figure_ms < goal_ms;
  row.goal = "< " + std::to_string(static_cast<int>(goal_ms));
  row.note = std::move(note);
  return row;
}

absl::StatusOr<Row> MeasureChecks(const HttpRegister& http, const std::string& directory) {
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  const auto connection = HttpsConnection::Open(http.port());
  if (!connection.ok()) return connection.status();
  const size_t step = http.evidence().size() / (kChecks + kWarmUp);
  uint64_t bytes = 0;
  for (size_t i = 0; i < kChecks + kWarmUp; ++i) {
    const auto body = (*connection)->Get(http.evidence()[i * step]);
    if (!body.ok()) return body.status();
    bytes += body->size();
    std::ofstream(directory + "/" + std::to_string(i), std::ios::binary) << *body;
  }
  std::filesystem::copy_file(http.directory() + "/trust.json", directory + "/trust.json");
  const auto said =
      SaidBy("check_in_browser.js", {directory, std::to_string(kWarmUp), std::to_string(kChecks)});
  if (!said.ok()) return said.status();
  std::istringstream words(*said);
  double median_ms = 0, p95_ms = 0;
  std::string version;
  words >> median_ms >> p95_ms >> version;
  if (!words) return absl::InternalError("the checks in Chromium failed");
  char note[256];
  std::snprintf(note, sizeof note,
                "Chromium %s, the page's own verifier from the file's bytes to the verdict; %zu "
                "people after %zu of warm-up; %llu bytes a file; p95 %.1f ms",
                version.c_str(), kChecks, kWarmUp,
                static_cast<unsigned long long>(bytes / (kChecks + kWarmUp)), p95_ms);
  return Below("evidence check in Chromium, median", median_ms, kCheckGoalMs, note);
}

// The link to the page that asks what a path of evidence asks.
std::string LinkOf(const std::string& evidence) {
  const std::string before = "/v1/practitioners/", behind = "/evidence";
  const size_t end = evidence.find(behind);
  return "/p/" + evidence.substr(before.size(), end - before.size()) +
         evidence.substr(end + behind.size());
}

absl::StatusOr<Row> MeasureVisits(const HttpRegister& http) {
  std::vector<std::string> arguments = {std::to_string(http.port()), std::to_string(kVisitsBefore)};
  const size_t step = http.evidence().size() / (kVisits + kVisitsBefore);
  for (size_t i = 0; i < kVisits + kVisitsBefore; ++i) {
    arguments.push_back(LinkOf(http.evidence()[i * step]));
  }
  const auto said = SaidBy("visit_in_browser.js", std::move(arguments));
  if (!said.ok()) return said.status();
  std::istringstream words(*said);
  double median_ms = 0, longest_ms = 0;
  uint64_t bytes = 0, responses = 0;
  std::string version;
  words >> median_ms >> longest_ms >> bytes >> responses >> version;
  if (!words) return absl::InternalError("the visits in Chromium failed");
  char note[256];
  std::snprintf(note, sizeof note,
                "Chromium %s, from the link to the answer on the screen, over TLS on this machine; "
                "%zu visits with empty caches after %zu of warm-up; %llu bytes in %llu responses; "
                "longest %.0f ms",
                version.c_str(), kVisits, kVisitsBefore, static_cast<unsigned long long>(bytes),
                static_cast<unsigned long long>(responses), longest_ms);
  return Below("first answer on the page, median", median_ms, kVisitGoalMs, note);
}

}  // namespace

Rows MeasureBrowser(const MeasureOptions& options) {
  const auto http = HttpRegister::Start(options);
  if (!http.ok()) return http.status();
  const auto checks = MeasureChecks(**http, options.scratch + "/evidence");
  if (!checks.ok()) return checks.status();
  const auto visits = MeasureVisits(**http);
  if (!visits.ok()) return visits.status();
  return std::vector<Row>{*checks, *visits};
}

}  // namespace bonafide::bench
