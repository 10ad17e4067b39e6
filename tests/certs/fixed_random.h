// A source of bytes that tests can predict.
#ifndef BONAFIDE_TESTS_CERTS_FIXED_RANDOM_H_
#define BONAFIDE_TESTS_CERTS_FIXED_RANDOM_H_

#include "certs/random.h"

namespace bonafide::certs {

// Counts upwards from `first`, one byte after the other.
class CountingRandom : public Random {
 public:
  explicit CountingRandom(uint8_t first = 0) : next_(first) {}
  void Fill(uint8_t* out, size_t size_bytes) override {
    for (size_t i = 0; i < size_bytes; ++i) out[i] = next_++;
  }

 private:
  uint8_t next_;
};

}  // namespace bonafide::certs

#endif  // BONAFIDE_TESTS_CERTS_FIXED_RANDOM_H_
