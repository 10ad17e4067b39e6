#include <rocksdb/db.h>

#include <chrono>
#include <filesystem>
#include <memory>
#include <thread>

#include "bench/es256.h"
#include "bench/load.h"
#include "bench/measures.h"
#include "bench/population.h"
#include "bench/served_register.h"
#include "bench/signed_events.h"
#include "bench/stopwatch.h"
#include "bonafide/v1/submission.pb.h"

namespace bonafide::bench {
namespace {

constexpr char kMethod[] = "/bonafide.v1.SubmissionService/SubmitEvent";
constexpr unsigned kConnections = 4;
constexpr unsigned kWriters = 64;
constexpr int kSlices = 5;
// More than any machine this runs on takes.
constexpr double kMostPerSecond = 12'000;

std::string RequestOf(const std::string& framed) {
  v1::SubmitEventRequest request;
  request.set_sd_jwt(framed);
  return request.SerializeAsString();
}

// Waits until what a server does behind its answers (flushing, compacting) is over.
void WaitForQuiet(const ServedRegister& served) {
  constexpr double kIdleShare = 0.02;
  constexpr auto kLook = std::chrono::milliseconds(500);
  for (int looks = 0; looks < 60; ++looks) {
    const double cpu = served.CpuSeconds(), wall = WallSeconds();
    std::this_thread::sleep_for(kLook);
    if (served.CpuSeconds() - cpu < kIdleShare * (WallSeconds() - wall)) return;
  }
}

absl::StatusOr<Row> ManyWriters(const ServedRegister& served, Load& load,
                                const std::vector<std::string>& events, double seconds) {
  WaitForQuiet(served);
  size_t next = 0;
  const auto next_request = [&] { return RequestOf(events[next++ % events.size()]); };
  const double cpu = served.CpuSeconds();
  std::vector<double> verify_s;
  uint64_t answers = 0;
  double load_s = 0;
  for (int slice = 0; slice < kSlices; ++slice) {
    verify_s.push_back(Es256VerifySeconds(0.3));
    const LoadOutcome outcome = load.Run(kMethod, next_request, seconds / kSlices, kWriters);
    if (outcome.failures > 0) return absl::InternalError("submitting: " + outcome.failure);
    answers += outcome.answers;
    load_s += outcome.seconds;
  }
  WaitForQuiet(served);
  const double cpu_s = (served.CpuSeconds() - cpu) / static_cast<double>(answers);
  if (next > events.size()) return absl::InternalError("more events were taken than were signed");
  Row row = AtMost("submit, server CPU per acknowledged event, 64 writers", cpu_s * 1e6,
                   Median(verify_s) * 1e6, "us of one core", 4, 2.5);
  row.note = std::to_string(static_cast<int>(static_cast<double>(answers) / load_s)) +
             " events/s over TLS, fsync on, " + std::to_string(answers) +
             " events; all threads of the server's process, until its compactions were over; the "
             "writers in their own process, on the same cores; the baseline in slices between";
  return row;
}

absl::StatusOr<Row> OneWriter(Load& load, const std::vector<std::string>& events,
                              const std::string& scratch) {
  const std::string path = scratch + "/baseline";
  std::filesystem::remove_all(path);
  rocksdb::DB* opened = nullptr;
  rocksdb::Options database_options;
  database_options.create_if_missing = true;
  if (!rocksdb::DB::Open(database_options, path, &opened).ok()) {
    return absl::InternalError("the baseline database cannot be opened");
  }
  const std::unique_ptr<rocksdb::DB> database(opened);
  rocksdb::WriteOptions synced;
  synced.sync = true;
  std::vector<double> ours, theirs;
  for (size_t i = 0; i < events.size(); ++i) {
    const std::string request = RequestOf(events[i]);
    double start = WallSeconds();
    if (load.Once(kMethod, request).empty()) return absl::InternalError("a submission failed");
    ours.push_back(WallSeconds() - start);
    start = WallSeconds();
    if (!database->Put(synced, std::to_string(i), events[i]).ok()) {
      return absl::InternalError("a baseline write failed");
    }
    theirs.push_back(WallSeconds() - start);
  }
  Row row = AtMost("submit, one writer, median latency", Median(ours) * 1e6, Median(theirs) * 1e6,
                   "us", 4, 0);
  row.note = "over TLS, against one fsync'd RocksDB write of the same bytes, alternating; p99 " +
             std::to_string(static_cast<int>(Percentile(ours, 0.99) * 1e6)) + " us";
  return row;
}

}  // namespace

Rows MeasureSubmit(const MeasureOptions& options) {
  // A new register each time: every run makes it longer, and a longer one costs more to write to.
  const std::string directory = options.scratch + "/submit";
  std::filesystem::remove_all(directory);
  const auto population = Population::Open(directory, {20'000, 100, 2});
  if (!population.ok()) return population.status();
  const auto many_events =
      SignedEvents(**population, static_cast<size_t>(kMostPerSecond * options.seconds), 11);
  if (!many_events.ok()) return many_events.status();
  const auto one_events = SignedEvents(**population, static_cast<size_t>(60 * options.seconds), 23);
  if (!one_events.ok()) return one_events.status();
  (*population)->Close();

  const auto served = ServedRegister::Start(directory);
  if (!served.ok()) return served.status();
  Load load((*served)->address(), (*served)->ca_pem(), kConnections);
  const auto many = ManyWriters(**served, load, *many_events, options.seconds);
  if (!many.ok()) return many.status();
  const auto one = OneWriter(load, *one_events, options.scratch);
  if (!one.ok()) return one.status();
  return std::vector<Row>{*many, *one};
}

}  // namespace bonafide::bench
