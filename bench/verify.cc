#include <filesystem>

#include "bench/load.h"
#include "bench/measures.h"
#include "bench/population.h"
#include "bench/same_size_service.h"
#include "bench/seeded_random.h"
#include "bench/served_register.h"
#include "bench/signed_events.h"
#include "bench/steady_writer.h"
#include "bench/stopwatch.h"
#include "bench/verify_request.h"

namespace bonafide::bench {
namespace {

constexpr double kEventsPerSecond = 100;
constexpr double kSliceSeconds = 2;
constexpr unsigned kConnections = 4;
constexpr unsigned kAtOnce = 32;

// One kind of call: what each of its slices gave.
struct Series {
  std::vector<double> rates, cpu_us;
  uint64_t answers = 0;
};

absl::Status RunSlice(const ServedRegister& served, Load& load, const std::string& method,
                      const std::function<std::string()>& next_request, Series& series,
                      size_t* mean_bytes) {
  const double cpu = served.CpuSeconds();
  const LoadOutcome outcome = load.Run(method, next_request, kSliceSeconds, kAtOnce);
  if (outcome.failures > 0) return absl::InternalError(method + ": " + outcome.failure);
  series.rates.push_back(outcome.Rate());
  series.cpu_us.push_back((served.CpuSeconds() - cpu) * 1e6 / static_cast<double>(outcome.answers));
  series.answers += outcome.answers;
  *mean_bytes = outcome.MeanBytes();
  return absl::OkStatus();
}

double MedianRatio(const std::vector<double>& figures, const std::vector<double>& baselines) {
  std::vector<double> ratios;
  for (size_t i = 0; i < figures.size(); ++i) ratios.push_back(figures[i] / baselines[i]);
  return Median(ratios);
}

}  // namespace

Rows MeasureVerify(const MeasureOptions& options) {
  const std::string directory = options.LargeDirectory();
  const auto population = Population::Open(directory, {options.practitioners, options.clinics, 3});
  if (!population.ok()) return population.status();
  const size_t pairs = std::max<size_t>(5, static_cast<size_t>(options.seconds / kSliceSeconds));
  const double most_seconds = 2 * kSliceSeconds * static_cast<double>(pairs + 2) + 10;
  auto events =
      SignedEvents(**population, static_cast<size_t>(kEventsPerSecond * most_seconds), 31);
  if (!events.ok()) return events.status();
  (*population)->Close();

  ReadFiles(directory);
  const auto served = ServedRegister::Start(directory);
  if (!served.ok()) return served.status();
  Load load((*served)->address(), (*served)->ca_pem(), kConnections);
  SeededRandom random(17);
  size_t request_bytes = 0, answer_bytes = 0, baseline_bytes = 0;
  const auto ask = [&] {
    std::string request =
        VerifyRequest((*population)->QuestionAbout(random.Below(options.practitioners)));
    request_bytes = request.size();
    return request;
  };
  const auto ask_for_nothing = [&] { return SameSizeRequest(answer_bytes, request_bytes); };

  SteadyWriter writer(**served, *std::move(events), kEventsPerSecond);
  Series warm, verify, baseline;
  absl::Status status = RunSlice(**served, load, kVerifyMethod, ask, warm, &answer_bytes);
  if (status.ok()) {
    status = RunSlice(**served, load, kSameSizeMethod, ask_for_nothing, warm, &baseline_bytes);
  }
  const int64_t read_before = (*served)->DiskReadBytes();
  for (size_t pair = 0; pair < pairs && status.ok(); ++pair) {
    status = RunSlice(**served, load, kVerifyMethod, ask, verify, &answer_bytes);
    if (!status.ok()) break;
    status = RunSlice(**served, load, kSameSizeMethod, ask_for_nothing, baseline, &baseline_bytes);
  }
  const int64_t read_bytes = (*served)->DiskReadBytes() - read_before;
  writer.Stop();
  if (status.ok() && writer.failed() > 0) status = absl::InternalError("events were not taken");
  if (!status.ok()) return status;

  Row rate = AtLeast("Verify over TLS, full evidence", Median(verify.rates), Median(baseline.rates),
                     "requests/s", 0.7, 0.9);
  rate.ratio = MedianRatio(verify.rates, baseline.rates);
  rate.met = rate.ratio >= 0.7;
  rate.note = "random among " + std::to_string(options.practitioners) + " practitioners and " +
              std::to_string(options.clinics) + " clinics; " + std::to_string(answer_bytes) +
              " bytes an answer; " + std::to_string(writer.acknowledged()) +
              " events written meanwhile at 100/s; " + std::to_string(pairs) +
              " pairs of slices; the server read " + std::to_string(read_bytes >> 10) +
              " KiB from disk for " + std::to_string(verify.answers) +
              " answers; the client in its own process, on the same cores";
  Row cpu = AtMost("the same, server CPU per request", Median(verify.cpu_us),
                   Median(baseline.cpu_us), "us of one core", 1.5, 1.1);
  cpu.ratio = MedianRatio(verify.cpu_us, baseline.cpu_us);
  cpu.met = cpu.ratio <= 1.5;
  cpu.note = "all threads of the server's process, the writing included on both sides";
  return std::vector<Row>{rate, cpu};
}

}  // namespace bonafide::bench
