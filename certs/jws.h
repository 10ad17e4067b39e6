// Signed tokens: JWS in compact serialisation (RFC 7515 section 7.1) under the rules of RFC 8725,
// cut down to one closed header. The header never chooses a key and never causes a fetch.
#ifndef BONAFIDE_CERTS_JWS_H_
#define BONAFIDE_CERTS_JWS_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

#include "certs/digest.h"
#include "certs/key.h"

namespace bonafide::certs {

// What a token may look like.
struct JwsProfile {
  size_t size_bytes = 32'768;  // of the whole token
  // False admits a header without `kid`, as in the published SD-JWT vectors; bonafide's own tokens
  // always carry one.
  bool kid_required = true;
};

// A token that was parsed but not verified. Only VerifyJws says whether anybody signed it.
struct Jws {
  std::string token;                    // as given: header.payload.signature
  size_t signing_input_size_bytes = 0;  // up to, without, the second dot
  Algorithm algorithm = Algorithm::kEs256;
  std::optional<KeyId> kid;  // always present unless the profile says otherwise
  std::string typ;
  std::string payload;    // decoded bytes; hand them to ParseJson once
  std::string signature;  // 64 bytes

  // What the signature covers (RFC 7515 section 5.1); lives as long as this object.
  std::string_view signing_input() const {
    return std::string_view(token).substr(0, signing_input_size_bytes);
  }
};

// Parses `token` strictly. Errors:
//   "token_size"     longer than the profile allows
//   "token_parts"    not exactly three parts, or an empty one
//   "base64url"      a part is not strict base64url (the message says which)
//   "json_..."       the header is not strict JSON
//   "token_header"   the header has other members than exactly alg, kid, typ, or wrong types;
//                    crit, b64, jwk, jku, x5u, x5c and others are named in the message
//   "token_alg"      alg is not exactly "ES256" or "Ed25519"
//   "token_kid"      kid is not a well-formed thumbprint
//   "token_signature_size"  the signature is not 64 bytes (ES256 in DER, for example)
absl::StatusOr<Jws> ParseJws(std::string_view token, const JwsProfile& profile = {});

// Checks that `jws` is of type `typ` and was signed by `key`. Errors:
//   "token_typ"              another typ; compared exactly, so no token passes as another kind
//   "token_key"              kid names another key, or alg is not the key's algorithm
//   "token_signature_wrong"  the signature does not verify
absl::Status VerifyJws(const Jws& jws, const PublicKey& key, std::string_view typ);

// A token of type `typ` over `payload` (usually WriteJson of an object), signed by `signer`, with
// the header {"alg","kid","typ"} in this order. Error: "signing_failed".
absl::StatusOr<std::string> SignJws(const Signer& signer, std::string_view typ,
                                    std::string_view payload);

// The identity of a token: SHA-256 of its signing input. Signing again, or malleating the
// signature, does not change it.
Digest Identity(const Jws& jws);

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_JWS_H_
