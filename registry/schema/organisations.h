// Claims of the events that make organisations (docs/protocol.md, section 3.1).
#ifndef BONAFIDE_REGISTRY_SCHEMA_ORGANISATIONS_H_
#define BONAFIDE_REGISTRY_SCHEMA_ORGANISATIONS_H_

#include "certs/json.h"
#include "registry/event.h"
#include "registry/schema/claims.h"

namespace bonafide::registry::schema {

EventBody ReadGenesis(Claims& claims);
EventBody ReadOrganisation(Claims& claims);
EventBody ReadAccreditation(Claims& claims);
EventBody ReadAccreditationEnded(Claims& claims);
EventBody ReadKeyAdded(Claims& claims);
EventBody ReadKeyRevoked(Claims& claims);

void Write(const Genesis& body, Json::Members& members);
void Write(const OrganisationCreated& body, Json::Members& members);
void Write(const Accreditation& body, Json::Members& members);
void Write(const AccreditationEnded& body, Json::Members& members);
void Write(const KeyAdded& body, Json::Members& members);
void Write(const KeyRevoked& body, Json::Members& members);

}  // namespace bonafide::registry::schema

#endif  // BONAFIDE_REGISTRY_SCHEMA_ORGANISATIONS_H_
