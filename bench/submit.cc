#include <rocksdb/db.h>

#include <atomic>
#include <filesystem>
#include <memory>
#include <semaphore>
#include <thread>

#include "bench/es256.h"
#include "bench/measures.h"
#include "bench/population.h"
#include "bench/signed_events.h"
#include "bench/stopwatch.h"

namespace bonafide::bench {
namespace {

// One submission, waited for.
bool SubmitAndWait(storage::Register& store, const std::string& framed) {
  auto checked = store.Check(framed);
  if (!checked.ok()) return false;
  std::binary_semaphore done(0);
  bool ok = false;
  store.Submit(*std::move(checked), [&](absl::StatusOr<storage::Receipt> receipt) {
    ok = receipt.ok();
    done.release();
  });
  done.acquire();
  return ok;
}

absl::StatusOr<Row> ManyWriters(Population& population, const MeasureOptions& options) {
  constexpr size_t kWriters = 64;
  const size_t count = static_cast<size_t>(2000 * options.seconds);
  const auto events = SignedEvents(population, count, 11);
  if (!events.ok()) return events.status();
  const double verify_s = Es256VerifySeconds(1);
  std::atomic<size_t> next = 0, failed = 0;
  const double cpu = ProcessCpuSeconds(), wall = WallSeconds();
  std::vector<std::thread> writers;
  for (size_t writer = 0; writer < kWriters; ++writer) {
    writers.emplace_back([&] {
      for (size_t i = next++; i < count; i = next++) {
        if (!SubmitAndWait(population.store(), (*events)[i])) ++failed;
      }
    });
  }
  for (std::thread& writer : writers) writer.join();
  const double cpu_s = (ProcessCpuSeconds() - cpu) / static_cast<double>(count);
  const double rate = static_cast<double>(count) / (WallSeconds() - wall);
  if (failed > 0) return absl::InternalError(std::to_string(failed) + " submissions failed");
  Row row = AtMost("submit, CPU per acknowledged event, 64 writers", cpu_s * 1e6, verify_s * 1e6,
                   "us of one core", 4, 2.5);
  row.note = std::to_string(static_cast<int>(rate)) + " events/s, fsync on, " +
             std::to_string(count) + " events; all threads of the process, in process (no gRPC)";
  return row;
}

absl::StatusOr<Row> OneWriter(Population& population, const MeasureOptions& options) {
  const size_t count = static_cast<size_t>(60 * options.seconds);
  const auto events = SignedEvents(population, count, 23);
  if (!events.ok()) return events.status();
  const std::string path = options.scratch + "/baseline";
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
  for (size_t i = 0; i < count; ++i) {
    double start = WallSeconds();
    if (!SubmitAndWait(population.store(), (*events)[i])) {
      return absl::InternalError("a submission failed");
    }
    ours.push_back(WallSeconds() - start);
    start = WallSeconds();
    if (!database->Put(synced, std::to_string(i), (*events)[i]).ok()) {
      return absl::InternalError("a baseline write failed");
    }
    theirs.push_back(WallSeconds() - start);
  }
  Row row = AtMost("submit, one writer, median latency", Median(ours) * 1e6, Median(theirs) * 1e6,
                   "us", 4, 0);
  row.note = "against one fsync'd RocksDB write of the same bytes, alternating; p99 " +
             std::to_string(static_cast<int>(Percentile(ours, 0.99) * 1e6)) + " us";
  return row;
}

}  // namespace

Rows MeasureSubmit(const MeasureOptions& options) {
  const auto population = Population::Open(options.scratch + "/submit", {20'000, 100, 2});
  if (!population.ok()) return population.status();
  const auto many = ManyWriters(**population, options);
  if (!many.ok()) return many.status();
  const auto one = OneWriter(**population, options);
  if (!one.ok()) return one.status();
  return std::vector<Row>{*many, *one};
}

}  // namespace bonafide::bench
