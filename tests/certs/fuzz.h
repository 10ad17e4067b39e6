// One entry per parser of this room, for fuzzers and for the property test beside them. Each takes
// any bytes, and aborts when the parser breaks its promise: what it accepts has one spelling, and
// what it refuses has a reason.
#ifndef BONAFIDE_TESTS_CERTS_FUZZ_H_
#define BONAFIDE_TESTS_CERTS_FUZZ_H_

#include <string_view>

namespace bonafide::certs {

void FuzzBase64(std::string_view bytes);
void FuzzJson(std::string_view bytes);
void FuzzJwk(std::string_view bytes);
void FuzzPem(std::string_view bytes);
void FuzzToken(std::string_view bytes);       // a compact JWS
void FuzzSdJwt(std::string_view bytes);       // a JWT with disclosures, through to its claims
void FuzzDisclosure(std::string_view bytes);  // one encoded disclosure
void FuzzNote(std::string_view bytes);
void FuzzVkey(std::string_view bytes);

}  // namespace bonafide::certs

#endif  // BONAFIDE_TESTS_CERTS_FUZZ_H_
