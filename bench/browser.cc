#include <algorithm>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>

#include "bench/child.h"
#include "bench/http_register.h"
#include "bench/https_connection.h"
#include "bench/measures.h"

namespace bonafide::bench {
namespace {

constexpr size_t kChecks = 200;
constexpr size_t kWarmUp = 20;
constexpr double kGoalMs = 40;

}  // namespace

Rows MeasureBrowser(const MeasureOptions& options) {
  const auto http = HttpRegister::Start(options);
  if (!http.ok()) return http.status();
  const std::string directory = options.scratch + "/evidence";
  std::filesystem::remove_all(directory);
  std::filesystem::create_directories(directory);
  const auto connection = HttpsConnection::Open((*http)->port());
  if (!connection.ok()) return connection.status();
  const size_t step = (*http)->evidence().size() / (kChecks + kWarmUp);
  uint64_t bytes = 0;
  for (size_t i = 0; i < kChecks + kWarmUp; ++i) {
    const auto body = (*connection)->Get((*http)->evidence()[i * step]);
    if (!body.ok()) return body.status();
    bytes += body->size();
    std::ofstream(directory + "/" + std::to_string(i), std::ios::binary) << *body;
  }
  std::filesystem::copy_file((*http)->directory() + "/trust.json", directory + "/trust.json");
  const auto child = Child::Start({"node", BONAFIDE_BENCH_SOURCES "/check_in_browser.js", directory,
                                   std::to_string(kWarmUp), std::to_string(kChecks)});
  if (!child.ok()) return child.status();
  std::istringstream said((*child)->ReadAll());
  const int code = (*child)->Wait();
  if (code == 127) return absl::InternalError("no node here: scripts/install test");
  double median_ms = 0, p95_ms = 0;
  std::string version;
  said >> median_ms >> p95_ms >> version;
  if (code != 0 || !said) return absl::InternalError("the checks in Chromium failed");

  Row row = AtMost("evidence check in Chromium, median", median_ms, 0, "ms", kGoalMs, 0);
  row.met = median_ms < kGoalMs;
  row.goal = "< 40";
  char note[256];
  std::snprintf(note, sizeof note,
                "Chromium %s, the page's own verifier from the file's bytes to the verdict; %zu "
                "people after %zu of warm-up; %llu bytes a file; p95 %.1f ms",
                version.c_str(), kChecks, kWarmUp,
                static_cast<unsigned long long>(bytes / (kChecks + kWarmUp)), p95_ms);
  row.note = note;
  return std::vector<Row>{row};
}

}  // namespace bonafide::bench
