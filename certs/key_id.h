// The name of a key: its JWK thumbprint (RFC 7638 with SHA-256).
#ifndef BONAFIDE_CERTS_KEY_ID_H_
#define BONAFIDE_CERTS_KEY_ID_H_

#include <absl/status/statusor.h>

#include <cstddef>
#include <string>
#include <string_view>

#include "certs/digest.h"

namespace bonafide::certs {

// A thumbprint; a type of its own, so that it is not mistaken for any other digest. Value type.
class KeyId {
 public:
  explicit KeyId(const Digest& thumbprint) : thumbprint_(thumbprint) {}

  // Reads exactly what ToString writes. Error: reason "key_id" (a path, a name, a digest in
  // another encoding, spare bits).
  static absl::StatusOr<KeyId> Parse(std::string_view text);

  // base64url without padding, 43 characters.
  std::string ToString() const;
  const Digest& digest() const { return thumbprint_; }

  auto operator<=>(const KeyId&) const = default;

 private:
  Digest thumbprint_;
};

struct KeyIdHash {
  size_t operator()(const KeyId& id) const { return DigestHash()(id.digest()); }
};

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_KEY_ID_H_
