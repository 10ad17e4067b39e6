// HMAC-SHA256 (RFC 2104) for what the server hands out and later takes back, such as page tokens.
#ifndef BONAFIDE_CERTS_MAC_H_
#define BONAFIDE_CERTS_MAC_H_

#include <string_view>

#include "certs/digest.h"

namespace bonafide::certs {

// The tag of `message` under `key`. Precondition: key has at least 32 bytes in real use (shorter
// ones compute, for the published vectors). Thread-safe.
Digest HmacSha256(std::string_view key, std::string_view message);

// Whether `a` and `b` are equal, in time that depends on their sizes only.
bool EqualInConstantTime(std::string_view a, std::string_view b);

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_MAC_H_
