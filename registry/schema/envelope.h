// The claims that address a token: from whom, to which register (docs/protocol.md, section 2).
#ifndef BONAFIDE_REGISTRY_SCHEMA_ENVELOPE_H_
#define BONAFIDE_REGISTRY_SCHEMA_ENVELOPE_H_

#include <string_view>

#include "registry/event.h"
#include "registry/schema/claims.h"

namespace bonafide::registry::schema {

// The number in `iss`. Fault: "iss" unless it names an organisation of the register `origin`.
SubjectNumber ReadIssuer(Claims& claims, std::string_view origin);

// Fault: "aud" unless `aud` is `origin`, byte by byte.
void CheckAudience(Claims& claims, std::string_view origin);

}  // namespace bonafide::registry::schema

#endif  // BONAFIDE_REGISTRY_SCHEMA_ENVELOPE_H_
