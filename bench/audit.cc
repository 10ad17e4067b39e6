#include <atomic>
#include <thread>

#include "bench/es256.h"
#include "bench/measures.h"
#include "bench/population.h"
#include "bench/stopwatch.h"
#include "client/auditor.h"
#include "merkle/frame.h"

namespace bonafide::bench {
namespace {

constexpr size_t kRuns = 3;
constexpr uint64_t kPageEntries = 4096;
constexpr uint64_t kPageBytes = uint64_t{4} << 20;

// The whole log as runs of frames, as an audit receives it.
absl::StatusOr<std::vector<std::string>> ReadLog(const storage::View& view) {
  std::vector<std::string> runs;
  for (uint64_t at = 0; at < view.size().value;) {
    const auto entries = view.ReadEntries({at}, kPageEntries, kPageBytes);
    if (!entries.ok()) return entries.status();
    std::string& run = runs.emplace_back();
    for (const std::string& entry : *entries) {
      if (absl::Status status = merkle::AppendFrame(entry, run); !status.ok()) return status;
    }
    at += entries->size();
  }
  return runs;
}

}  // namespace

Rows MeasureAudit(const MeasureOptions& options) {
  const auto population = Population::Open(options.scratch + "/audit", {20'000, 500, 4});
  if (!population.ok()) return population.status();
  const auto view = (*population)->store().Newest();
  if (!view.ok()) return view.status();
  const auto runs = ReadLog(**view);
  if (!runs.ok()) return runs.status();
  const unsigned cores = std::max(1u, std::thread::hardware_concurrency());

  std::vector<double> rates, baselines, ratios;
  uint64_t events = 0;
  for (size_t i = 0; i < kRuns; ++i) {
    const double before = Es256VerificationsPerSecond(cores, options.seconds / 4);
    const double start = WallSeconds();
    client::Auditor auditor((*population)->anchors(), cores);
    auditor.Expect({(*population)->anchors().origin, (*view)->size(), (*view)->root()});
    for (const std::string& run : *runs) {
      if (absl::Status status = auditor.Add(run); !status.ok()) return status;
    }
    if (absl::Status status = auditor.Finish(); !status.ok()) return status;
    events = auditor.replay().events();
    if (auditor.replay().heads_checked() != 1) return absl::InternalError("the head was not met");
    rates.push_back(static_cast<double>(events) / (WallSeconds() - start));
    baselines.push_back((before + Es256VerificationsPerSecond(cores, options.seconds / 4)) / 2);
    ratios.push_back(rates.back() / baselines.back());
  }
  Row row = AtLeast("audit of a local log, all cores", Median(rates), Median(baselines),
                    "per second", 0.6, 0.85);
  row.ratio = Median(ratios);
  row.met = row.ratio >= 0.6;
  row.note = "events against ES256 verifications on " + std::to_string(cores) + " cores; " +
             std::to_string(events) + " events, replayed " + std::to_string(kRuns) + " times";
  return std::vector<Row>{row};
}

}  // namespace bonafide::bench
