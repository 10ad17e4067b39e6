#include "registry/schema/practitioners.h"

#include "registry/schema/member.h"

namespace bonafide::registry::schema {
namespace {

constexpr Count kTreatmentCount = {1, 128};

}  // namespace

EventBody ReadPractitioner(Claims&) { return PractitionerRegistered(); }

void Write(const PractitionerRegistered&, Json::Members&) {}

EventBody ReadPractitionerAmended(Claims& claims) {
  return PractitionerAmended{claims.Required("from", DayForm())};
}

void Write(const PractitionerAmended& body, Json::Members& members) {
  Put(members, "from", body.from);
}

EventBody ReadAffiliation(Claims& claims) {
  Affiliation body;
  body.clinic = claims.Required("clinic", SubjectForm());
  body.from = claims.Required("from", DayForm());
  body.until = claims.Optional("until", DayForm());
  claims.RequireOrder("until", body.from, body.until);
  return body;
}

void Write(const Affiliation& body, Json::Members& members) {
  Put(members, "clinic", body.clinic);
  Put(members, "from", body.from);
  Put(members, "until", body.until);
}

EventBody ReadAffiliationConfirmed(Claims& claims) {
  return AffiliationConfirmed{claims.Required("target", EventIdForm())};
}

void Write(const AffiliationConfirmed& body, Json::Members& members) {
  Put(members, "target", body.target);
}

EventBody ReadWithdrawal(Claims& claims) {
  Withdrawal body;
  body.target = claims.Required("target", EventIdForm());
  body.from = claims.Optional("from", DayForm());
  body.reason = claims.Required("reason", WordForm<WithdrawalReason>());
  return body;
}

void Write(const Withdrawal& body, Json::Members& members) {
  Put(members, "target", body.target);
  Put(members, "from", body.from);
  Put(members, "reason", body.reason);
}

EventBody ReadSanction(Claims& claims) {
  Sanction body;
  body.kind = claims.Required("kind", WordForm<SanctionKind>());
  body.from = claims.Required("from", DayForm());
  body.until = claims.Optional("until", DayForm());
  claims.RequireOrder("until", body.from, body.until);
  body.barred = claims.OptionalArray("barred", kTreatmentCount, CodeForm());
  if (!body.barred.empty() && body.kind != SanctionKind::kConditions) {
    claims.Fail("claim_conflict", "barred", "only with conditions");
  }
  return body;
}

void Write(const Sanction& body, Json::Members& members) {
  Put(members, "kind", body.kind);
  Put(members, "from", body.from);
  Put(members, "until", body.until);
  PutUnlessEmpty(members, "barred", body.barred);
}

EventBody ReadSamePerson(Claims& claims) {
  SamePerson body;
  body.other = claims.Required("other", SubjectForm());
  body.other_anchor = claims.Required("other_anchor", EventIdForm());
  return body;
}

void Write(const SamePerson& body, Json::Members& members) {
  Put(members, "other", body.other);
  Put(members, "other_anchor", body.other_anchor);
}

EventBody ReadDispute(Claims& claims) { return Dispute{claims.Required("target", EventIdForm())}; }

void Write(const Dispute& body, Json::Members& members) { Put(members, "target", body.target); }

EventBody ReadErasure(Claims& claims) { return Erasure{claims.Optional("target", EventIdForm())}; }

void Write(const Erasure& body, Json::Members& members) { Put(members, "target", body.target); }

}  // namespace bonafide::registry::schema
