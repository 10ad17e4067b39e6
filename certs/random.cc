#include "certs/random.h"

#include <openssl/rand.h>

#include <cstdlib>

namespace bonafide::certs {
namespace {

class OpensslRandom final : public Random {
 public:
  void Fill(uint8_t* out, size_t size_bytes) override {
    if (RAND_bytes_ex(nullptr, out, size_bytes, 256) != 1) std::abort();
  }
};

}  // namespace

Random& SystemRandom() {
  static OpensslRandom random;
  return random;
}

std::string RandomBytes(Random& random, size_t size_bytes) {
  std::string bytes(size_bytes, '\0');
  random.Fill(reinterpret_cast<uint8_t*>(bytes.data()), bytes.size());
  return bytes;
}

}  // namespace bonafide::certs
