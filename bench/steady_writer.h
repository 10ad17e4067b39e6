// Events that come in at a steady rate while something else is measured.
#ifndef BONAFIDE_BENCH_STEADY_WRITER_H_
#define BONAFIDE_BENCH_STEADY_WRITER_H_

#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

namespace bonafide::bench {

class ServedRegister;

// Files over the API from its construction to Stop. The events are signed before, so that what they
// cost here is little.
class SteadyWriter {
 public:
  SteadyWriter(const ServedRegister& served, std::vector<std::string> events,
               double events_per_second);
  ~SteadyWriter();

  // Ends it; the counts below are then final.
  void Stop();
  uint64_t acknowledged() const { return acknowledged_; }
  uint64_t failed() const { return failed_; }

 private:
  const std::vector<std::string> events_;
  std::atomic<bool> stopped_{false};
  std::atomic<uint64_t> next_{0}, acknowledged_{0}, failed_{0};
  std::vector<std::thread> threads_;
};

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_STEADY_WRITER_H_
