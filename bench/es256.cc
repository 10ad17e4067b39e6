#include "bench/es256.h"

#include <algorithm>
#include <atomic>
#include <cstdint>
#include <string>
#include <thread>
#include <vector>

#include "bench/seeded_random.h"
#include "bench/stopwatch.h"
#include "certs/key.h"

namespace bonafide::bench {
namespace {

// How many were done until the wall clock shows `end`.
uint64_t VerifyUntil(double end) {
  SeededRandom random(5);
  const auto key = certs::PrivateKey::Generate(certs::Algorithm::kEs256, random);
  const std::string message(600, 'x');
  const std::string signature = *key.Sign(message);
  uint64_t checked = 0;
  while (WallSeconds() < end) {
    for (int i = 0; i < 100; ++i) checked += key.public_key().Verify(message, signature) ? 1 : 0;
  }
  return checked;
}

uint64_t VerifyOn(unsigned threads, double end) {
  std::atomic<uint64_t> checked = 0;
  std::vector<std::thread> workers;
  for (unsigned i = 0; i < threads; ++i) {
    workers.emplace_back([&checked, end] { checked += VerifyUntil(end); });
  }
  for (std::thread& worker : workers) worker.join();
  return checked;
}

}  // namespace

double Es256VerifySeconds(double seconds) {
  const double start = ProcessCpuSeconds();
  const uint64_t checked =
      VerifyOn(std::max(1U, std::thread::hardware_concurrency()), WallSeconds() + seconds);
  return (ProcessCpuSeconds() - start) / static_cast<double>(checked);
}

double Es256VerificationsPerSecond(unsigned threads, double seconds) {
  const double start = WallSeconds();
  const uint64_t checked = VerifyOn(threads, start + seconds);
  return static_cast<double>(checked) / (WallSeconds() - start);
}

}  // namespace bonafide::bench
