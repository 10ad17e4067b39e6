// Which 32 bytes may be an Ed25519 public key. Internal to this room.
#ifndef BONAFIDE_CERTS_ED25519_POINT_H_
#define BONAFIDE_CERTS_ED25519_POINT_H_

#include <string_view>

namespace bonafide::certs {

enum class Ed25519Point { kGood, kNotCanonical, kSmallOrder, kNotOnCurve };

// Judges an encoded point (RFC 8032 section 5.1.3) as a public key. OpenSSL 3.0 accepts any 32
// bytes; under the small-order key 0100...00 one constant signature fits every message.
// Precondition: `encoded` has 32 bytes.
Ed25519Point JudgeEd25519Point(std::string_view encoded);

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_ED25519_POINT_H_
