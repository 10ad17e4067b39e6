// Where salts, seeds and identifiers get their bytes, as an argument: tests pass a fixed source.
#ifndef BONAFIDE_CERTS_RANDOM_H_
#define BONAFIDE_CERTS_RANDOM_H_

#include <cstddef>
#include <cstdint>
#include <string>

namespace bonafide::certs {

class Random {
 public:
  virtual ~Random() = default;
  // Fills `out` with `size_bytes` bytes. Cannot fail: a source without entropy must not return.
  virtual void Fill(uint8_t* out, size_t size_bytes) = 0;
};

// The operating system's generator through OpenSSL (RAND_bytes). Thread-safe; lives for ever;
// aborts the process when OpenSSL has no entropy, since a guessable salt or key is worse.
Random& SystemRandom();

// `size_bytes` bytes from `random`. Wipe them yourself if they are secret.
std::string RandomBytes(Random& random, size_t size_bytes);

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_RANDOM_H_
