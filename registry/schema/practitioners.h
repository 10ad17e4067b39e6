// Claims of the events about practitioners, other than their records (docs/protocol.md, section
// 3.3).
#ifndef BONAFIDE_REGISTRY_SCHEMA_PRACTITIONERS_H_
#define BONAFIDE_REGISTRY_SCHEMA_PRACTITIONERS_H_

#include "certs/json.h"
#include "registry/event.h"
#include "registry/schema/claims.h"

namespace bonafide::registry::schema {

EventBody ReadPractitioner(Claims& claims);
EventBody ReadPractitionerAmended(Claims& claims);
EventBody ReadAffiliation(Claims& claims);
EventBody ReadAffiliationConfirmed(Claims& claims);
EventBody ReadWithdrawal(Claims& claims);
EventBody ReadSanction(Claims& claims);
EventBody ReadSamePerson(Claims& claims);
EventBody ReadDispute(Claims& claims);
EventBody ReadErasure(Claims& claims);

void Write(const PractitionerRegistered& body, Json::Members& members);
void Write(const PractitionerAmended& body, Json::Members& members);
void Write(const Affiliation& body, Json::Members& members);
void Write(const AffiliationConfirmed& body, Json::Members& members);
void Write(const Withdrawal& body, Json::Members& members);
void Write(const Sanction& body, Json::Members& members);
void Write(const SamePerson& body, Json::Members& members);
void Write(const Dispute& body, Json::Members& members);
void Write(const Erasure& body, Json::Members& members);

}  // namespace bonafide::registry::schema

#endif  // BONAFIDE_REGISTRY_SCHEMA_PRACTITIONERS_H_
