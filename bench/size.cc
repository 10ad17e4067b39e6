#include <filesystem>

#include "bench/load.h"
#include "bench/measures.h"
#include "bench/population.h"
#include "bench/seeded_random.h"
#include "bench/served_register.h"
#include "bench/stopwatch.h"
#include "bench/verify_request.h"

namespace bonafide::bench {
namespace {

constexpr double kSliceSeconds = 1;
constexpr unsigned kAtOnce = 2;  // latency, not throughput

uint64_t BytesIn(const std::string& directory) {
  uint64_t bytes = 0;
  for (const auto& file : std::filesystem::recursive_directory_iterator(directory)) {
    if (file.is_regular_file()) bytes += file.file_size();
  }
  return bytes;
}

// A population served, and how long its answers take.
struct Subject {
  std::unique_ptr<Population> population;
  std::unique_ptr<ServedRegister> served;
  std::unique_ptr<Load> load;
  uint64_t entries = 0;
  std::vector<double> latencies_us;

  absl::Status Start(const std::string& directory, const PopulationSize& size) {
    auto opened = Population::Open(directory, size);
    if (!opened.ok()) return opened.status();
    population = *std::move(opened);
    const auto view = population->store().Newest();
    if (!view.ok()) return view.status();
    entries = (*view)->size().value;
    return absl::OkStatus();
  }
  absl::Status Serve(const std::string& directory) {
    population->Close();
    auto started = ServedRegister::Start(directory);
    if (!started.ok()) return started.status();
    served = *std::move(started);
    load = std::make_unique<Load>(served->address(), served->ca_pem(), 1);
    return absl::OkStatus();
  }
  std::string Ask(SeededRandom& random) const {
    return VerifyRequest(population->QuestionAbout(random.Below(population->size().practitioners)));
  }
  absl::Status RunSlice(SeededRandom& random) {
    const LoadOutcome outcome = load->Run(
        kVerifyMethod, [&] { return Ask(random); }, kSliceSeconds, kAtOnce);
    if (outcome.failures > 0) return absl::InternalError(outcome.failure);
    latencies_us.insert(latencies_us.end(), outcome.latencies_us.begin(),
                        outcome.latencies_us.end());
    return absl::OkStatus();
  }
};

// What of an answer proves that it is in the state and in the log.
size_t ProofBytes(const v1::VerifyResponse& answer) {
  size_t bytes = answer.evidence().state_inclusion().size();
  for (const auto& subject : answer.evidence().subjects()) bytes += subject.proof().size();
  return bytes;
}

}  // namespace

Rows MeasureSize(const MeasureOptions& options) {
  const std::string small_path = options.scratch + "/small", large_path = options.LargeDirectory();
  Subject small, large;
  absl::Status status = small.Start(small_path, {1000, 50, 1});
  if (status.ok()) {
    status = large.Start(large_path, {options.practitioners, options.clinics, 3});
  }
  if (status.ok()) status = small.Serve(small_path);
  if (status.ok()) status = large.Serve(large_path);
  SeededRandom random(3);
  if (status.ok()) status = small.RunSlice(random);  // warms up
  if (status.ok()) status = large.RunSlice(random);
  small.latencies_us.clear();
  large.latencies_us.clear();
  std::vector<double> ratios;
  const auto slices = std::max<size_t>(5, static_cast<size_t>(options.seconds / 2));
  for (size_t i = 0; i < slices && status.ok(); ++i) {
    const size_t small_from = small.latencies_us.size(), large_from = large.latencies_us.size();
    status = small.RunSlice(random);
    if (status.ok()) status = large.RunSlice(random);
    if (!status.ok()) break;
    const auto p99 = [](const std::vector<double>& all, size_t from) {
      return Percentile({all.begin() + static_cast<std::ptrdiff_t>(from), all.end()}, 0.99);
    };
    ratios.push_back(p99(large.latencies_us, large_from) / p99(small.latencies_us, small_from));
  }
  if (!status.ok()) return status;
  v1::VerifyResponse answer;
  if (!answer.ParseFromString(large.load->Once(kVerifyMethod, large.Ask(random)))) {
    return absl::InternalError("an answer cannot be read");
  }

  std::vector<Row> rows;
  rows.push_back(
      AtMost("large register: open, until it serves", large.served->open_seconds(), 0, "s", 3, 0));
  rows.back().note = std::to_string(options.practitioners) + " practitioners, " +
                     std::to_string(options.clinics) + " clinics, " +
                     std::to_string(large.entries) + " entries";
  rows.push_back(AtMost("large register: server resident after reads",
                        static_cast<double>(large.served->ResidentBytes()) / (1 << 30), 0, "GiB", 1,
                        0));
  rows.push_back(AtMost("large register: Verify over TLS, p99",
                        Percentile(large.latencies_us, 0.99), Percentile(small.latencies_us, 0.99),
                        "us", 2, 0));
  rows.back().ratio = Median(ratios);
  rows.back().met = rows.back().ratio <= 2;
  rows.back().note = "against a register of 1,000 practitioners, slices alternated; medians " +
                     std::to_string(static_cast<int>(Median(large.latencies_us))) + " and " +
                     std::to_string(static_cast<int>(Median(small.latencies_us))) +
                     " us; the server read " + std::to_string(large.served->DiskReadBytes() >> 20) +
                     " MiB from disk";
  rows.push_back(Reported(
      "large register: disk bytes per entry",
      static_cast<double>(BytesIn(large_path + "/db")) / static_cast<double>(large.entries),
      "bytes"));
  rows.push_back(
      Reported("large register: an answer", static_cast<double>(answer.ByteSizeLong()), "bytes"));
  rows.push_back(
      Reported("large register: proofs in it", static_cast<double>(ProofBytes(answer)), "bytes"));
  return rows;
}

}  // namespace bonafide::bench
