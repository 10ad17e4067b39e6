// Claims of training records and insurance certificates (docs/protocol.md, section 3.3).
#ifndef BONAFIDE_REGISTRY_SCHEMA_RECORDS_H_
#define BONAFIDE_REGISTRY_SCHEMA_RECORDS_H_

#include "certs/json.h"
#include "registry/event.h"
#include "registry/schema/claims.h"

namespace bonafide::registry::schema {

EventBody ReadTraining(Claims& claims);
EventBody ReadInsurance(Claims& claims);

void Write(const Training& body, Json::Members& members);
void Write(const Insurance& body, Json::Members& members);

}  // namespace bonafide::registry::schema

#endif  // BONAFIDE_REGISTRY_SCHEMA_RECORDS_H_
