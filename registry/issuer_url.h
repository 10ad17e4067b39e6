// The URL that names an organisation in a token (docs/protocol.md, section 2). Read purely as
// syntax: nothing is fetched from it.
#ifndef BONAFIDE_REGISTRY_ISSUER_URL_H_
#define BONAFIDE_REGISTRY_ISSUER_URL_H_

#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

#include "merkle/index.h"

namespace bonafide::registry {

inline constexpr size_t kMaxOriginBytes = 255;
// The greatest subject number, and the greatest integer that JSON readers in doubles keep exact.
inline constexpr int64_t kMaxNumber = (int64_t{1} << 53) - 1;

// Whether `text` may name a register:
// [a-z0-9]([a-z0-9.-]*[a-z0-9])?(:[0-9]{1,5})?(/[a-z0-9._~-]+)*, at most 255 bytes.
bool IsOrigin(std::string_view text);

// `https://<origin>/o/<number>`.
std::string IssuerUrl(std::string_view origin, merkle::SubjectNumber number);

// The number in exactly what IssuerUrl writes for `origin`. Error: "iss" (another scheme, origin or
// path, leading zeros, a number above 2^53 - 1, anything after it).
absl::StatusOr<merkle::SubjectNumber> ParseIssuerUrl(std::string_view url, std::string_view origin);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_ISSUER_URL_H_
