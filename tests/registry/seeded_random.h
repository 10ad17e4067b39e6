// Random bytes that are the same in every run: SHA-256 of a seed and a counter.
#ifndef BONAFIDE_TESTS_REGISTRY_SEEDED_RANDOM_H_
#define BONAFIDE_TESTS_REGISTRY_SEEDED_RANDOM_H_

#include <algorithm>
#include <cstdint>
#include <cstring>
#include <string>

#include "certs/digest.h"
#include "certs/key.h"
#include "certs/random.h"

namespace bonafide::registry {

// Not for secrets. Not thread-safe.
class SeededRandom : public certs::Random {
 public:
  explicit SeededRandom(uint64_t seed) : seed_(seed) {}

  void Fill(uint8_t* out, size_t size_bytes) override {
    while (size_bytes > 0) {
      const Digest block = Sha256(std::to_string(seed_) + ":" + std::to_string(counter_++));
      const size_t taken = std::min(size_bytes, Digest::kSizeBytes);
      std::memcpy(out, block.bytes.data(), taken);
      out += taken;
      size_bytes -= taken;
    }
  }

 private:
  uint64_t seed_;
  uint64_t counter_ = 0;
};

// The Ed25519 key whose seed is the SHA-256 of `name`. Signatures by it are reproducible.
inline certs::PrivateKey SeededKey(const std::string& name) {
  return *certs::PrivateKey::FromEd25519Seed(Sha256(name).view());
}

}  // namespace bonafide::registry

#endif  // BONAFIDE_TESTS_REGISTRY_SEEDED_RANDOM_H_
