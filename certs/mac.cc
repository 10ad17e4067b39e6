#include "certs/mac.h"

#include <openssl/crypto.h>
#include <openssl/evp.h>

#include <cstdlib>

#include "certs/openssl_ptr.h"

namespace bonafide::certs {

Digest HmacSha256(std::string_view key, std::string_view message) {
  Digest tag;
  size_t size_bytes = 0;
  const unsigned char* computed = EVP_Q_mac(nullptr, "HMAC", nullptr, "SHA256", nullptr, key.data(),
                                            key.size(), Octets(message.data()), message.size(),
                                            tag.bytes.data(), tag.bytes.size(), &size_bytes);
  // As with SHA-256: fails only when OpenSSL itself is broken.
  if (computed == nullptr || size_bytes != Digest::kSizeBytes) std::abort();
  return tag;
}

bool EqualInConstantTime(std::string_view a, std::string_view b) {
  return a.size() == b.size() && CRYPTO_memcmp(a.data(), b.data(), a.size()) == 0;
}

}  // namespace bonafide::certs
