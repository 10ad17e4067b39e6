// Claims of the events that make schemes (docs/protocol.md, section 3.2).
#ifndef BONAFIDE_REGISTRY_SCHEMA_SCHEMES_H_
#define BONAFIDE_REGISTRY_SCHEMA_SCHEMES_H_

#include "certs/json.h"
#include "registry/event.h"
#include "registry/schema/claims.h"

namespace bonafide::registry::schema {

EventBody ReadScheme(Claims& claims);
// Where `rules` is not 1, nothing else is read and every other member is let be.
EventBody ReadSchemeVersion(Claims& claims);

void Write(const SchemeCreated& body, Json::Members& members);
void Write(const SchemeVersion& body, Json::Members& members);

}  // namespace bonafide::registry::schema

#endif  // BONAFIDE_REGISTRY_SCHEMA_SCHEMES_H_
