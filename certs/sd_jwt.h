// Selective disclosure for JWTs (RFC 9901): splitting, disclosures, and the payload they give.
//
// This is the general algorithm of the RFC with every rejection it demands. Which claims may be
// disclosable is a profile and is decided elsewhere.
#ifndef BONAFIDE_CERTS_SD_JWT_H_
#define BONAFIDE_CERTS_SD_JWT_H_

#include <absl/status/statusor.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "certs/digest.h"
#include "certs/json.h"
#include "certs/random.h"

namespace bonafide::certs {

// Checked before anything is hashed or decoded.
struct SdJwtLimits {
  size_t disclosures = 16;
  size_t disclosure_size_bytes = 8 * 1024;  // encoded
};

// The parts of `<JWT>~<Disclosure>~...~`, still encoded. Views into the text that was split.
struct SdJwtParts {
  std::string_view jwt;
  std::vector<std::string_view> disclosures;
};

// Splits an SD-JWT (RFC 9901 section 4). Errors:
//   "sd_jwt_tilde"   no ~, or an empty JWT or disclosure (a doubled ~)
//   "sd_jwt_key_binding"  something stands after the last ~: SD-JWT+KB is not accepted here
//   "sd_jwt_limits"  too many disclosures, or one too large
absl::StatusOr<SdJwtParts> SplitSdJwt(std::string_view sd_jwt, const SdJwtLimits& limits = {});

// The inverse: `jwt` and every disclosure, each followed by ~.
std::string JoinSdJwt(std::string_view jwt, const std::vector<std::string>& disclosures);

// One disclosure (RFC 9901 section 4.2). Secret until its reader may see it: the salt protects the
// digest from guessing, so neither salt nor value belongs in a log line.
struct Disclosure {
  std::string encoded;  // the exact base64url text that is hashed
  Digest digest;        // SHA-256 of `encoded`
  std::string salt;
  std::optional<std::string> name;  // absent: the disclosure of an array element
  Json value;
};

// The digest of an encoded disclosure (RFC 9901 section 4.2.3), without parsing it.
Digest DisclosureDigest(std::string_view encoded);

// Parses one encoded disclosure. Errors:
//   "sd_jwt_limits"      larger than the limit
//   "base64url", "json_..."  not strict base64url of strict JSON
//   "disclosure_shape"   not [salt, name, value] or [salt, value] with string salt and name, or an
//                        empty salt
//   "disclosure_name"    the name is _sd, _sd_alg or ...
absl::StatusOr<Disclosure> ParseDisclosure(std::string_view encoded,
                                           const SdJwtLimits& limits = {});

// A new disclosure of an object member, with 128 bits of salt from `random`. Preconditions: `name`
// is UTF-8 and neither _sd, _sd_alg nor ...
Disclosure MakeDisclosure(Random& random, std::string_view name, const Json& value);

// The text of a digest in `_sd`: base64url, 43 characters.
std::string DigestText(const Digest& digest);

// The processed payload of RFC 9901 section 7.1, step 3: every digest that one of `disclosures`
// opens is replaced by its claim, recursively; other digests are taken for decoys or withheld
// claims and dropped; `_sd` and `_sd_alg` are removed. A disclosed member comes after the plain
// ones. Errors:
//   "sd_alg"             _sd_alg is present and not "sha-256"
//   "sd_digest"          _sd is not an array of 43-character digests, or ... stands anywhere but
//                        alone in an array element
//   "sd_digest_twice"    a digest occurs twice, in the payload or inside disclosures
//   "disclosure_twice"   the same disclosure is given twice
//   "disclosure_shape"   an array-element disclosure where a member is expected, or the reverse
//   "disclosure_claim_present"  the member already exists at that level
//   "disclosure_unreferenced"   no digest opens to it
//   "json_depth"         the result is nested deeper than 16
//   "sd_payload"         the payload is not an object
absl::StatusOr<Json> DisclosedPayload(const Json& payload,
                                      const std::vector<Disclosure>& disclosures);

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_SD_JWT_H_
