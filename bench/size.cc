#include <fstream>

#include "bench/measures.h"
#include "bench/population.h"
#include "bench/seeded_random.h"
#include "bench/stopwatch.h"

namespace bonafide::bench {
namespace {

// Of this process now, from the kernel.
int64_t ResidentBytes() {
  std::ifstream statm("/proc/self/statm");
  int64_t pages = 0, resident = 0;
  statm >> pages >> resident;
  return resident * 4096;
}

// Microseconds to assemble evidence about random practitioners.
absl::StatusOr<std::vector<double>> AssemblyTimes(Population& population, double seconds,
                                                  double* proof_bytes) {
  SeededRandom random(3);
  std::vector<double> times;
  double bytes = 0;
  const double end = WallSeconds() + seconds;
  while (WallSeconds() < end) {
    const auto question = population.QuestionAbout(random.Below(population.size().practitioners));
    const auto view = population.store().Newest();
    if (!view.ok()) return view.status();
    const double start = WallSeconds();
    const auto evidence = (*view)->AssembleEvidence(question, {}, storage::Audience());
    times.push_back((WallSeconds() - start) * 1e6);
    if (!evidence.ok()) return evidence.status();
    for (const registry::SubjectEvidence& subject : evidence->evidence.subjects) {
      bytes += static_cast<double>(subject.entries.size() + subject.proof.size() +
                                   subject.disclosures.size());
    }
  }
  *proof_bytes = bytes / static_cast<double>(times.size());
  return times;
}

}  // namespace

Rows MeasureSize(const MeasureOptions& options) {
  double small_bytes = 0, large_bytes = 0;
  double small_p99 = 0;
  {
    const auto small = Population::Open(options.scratch + "/small", {1000, 50, 1});
    if (!small.ok()) return small.status();
    const auto times = AssemblyTimes(**small, options.seconds, &small_bytes);
    if (!times.ok()) return times.status();
    small_p99 = Percentile(*times, 0.99);
  }
  {
    // Made first, so that what is opened below is opened as after any restart.
    const auto made =
        Population::Open(options.scratch + "/large", {options.practitioners, options.clinics, 3});
    if (!made.ok()) return made.status();
  }
  const int64_t before = ResidentBytes();
  const auto large =
      Population::Open(options.scratch + "/large", {options.practitioners, options.clinics, 3});
  if (!large.ok()) return large.status();
  const double opened_s = (*large)->open_seconds();
  const auto times = AssemblyTimes(**large, options.seconds, &large_bytes);
  if (!times.ok()) return times.status();
  const auto view = (*large)->store().Newest();
  if (!view.ok()) return view.status();
  const double events = static_cast<double>((*view)->size().value);
  std::vector<Row> rows;
  Row open = AtMost("large register: open", opened_s, 0, "s", 3, 0);
  open.note = std::to_string((*view)->subject_count()) + " subjects, " +
              std::to_string((*view)->size().value) + " entries";
  rows.push_back(open);
  rows.push_back(AtMost("large register: resident after reads",
                        static_cast<double>(ResidentBytes() - before) / (1 << 30), 0, "GiB", 1, 0));
  rows.push_back(AtMost("large register: evidence assembled, p99", Percentile(*times, 0.99),
                        small_p99, "us", 2, 0));
  rows.push_back(Reported("large register: disk bytes per entry",
                          static_cast<double>((*large)->store().counters().disk_bytes) / events,
                          "bytes"));
  rows.push_back(Reported("evidence, bytes (small register)", small_bytes, "bytes"));
  rows.push_back(Reported("evidence, bytes (large register)", large_bytes, "bytes"));
  return rows;
}

}  // namespace bonafide::bench
