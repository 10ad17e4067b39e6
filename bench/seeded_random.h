// Random bytes from a seed, so that a generated register is the same in every run. Not for secrets.
#ifndef BONAFIDE_BENCH_SEEDED_RANDOM_H_
#define BONAFIDE_BENCH_SEEDED_RANDOM_H_

#include <cstdint>
#include <random>

#include "certs/random.h"

namespace bonafide::bench {

// Not thread-safe.
class SeededRandom : public certs::Random {
 public:
  explicit SeededRandom(uint64_t seed) : engine_(seed) {}
  void Fill(uint8_t* out, size_t size_bytes) override {
    for (size_t i = 0; i < size_bytes; ++i) out[i] = static_cast<uint8_t>(engine_());
  }
  uint64_t Below(uint64_t bound) { return engine_() % bound; }

 private:
  std::mt19937_64 engine_;
};

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_SEEDED_RANDOM_H_
