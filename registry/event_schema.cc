#include "registry/event_schema.h"

#include <utility>

#include "certs/reason.h"
#include "registry/schema/claims.h"
#include "registry/schema/envelope.h"
#include "registry/schema/event_type.h"
#include "registry/schema/slots.h"

namespace bonafide::registry {
namespace {

using certs::Json;
using schema::Claims;

// A payload of the greatest size cannot hold more values than bytes, so that no count of them
// refuses what section 2 allows.
constexpr certs::JsonLimits kPayloadLimits = {kMaxTokenBytes, kMaxTokenBytes, 16};

// The type of the event; nullptr for one this version does not know.
const schema::EventType* ReadType(Claims& claims, std::string& vct) {
  const std::string* text = claims.Required("vct", schema::AnyStringForm());
  if (text == nullptr) return nullptr;
  if (!schema::IsVct(*text)) {
    claims.Fail("vct", "vct", "not of the form urn:bonafide:<type>:v<version>");
    return nullptr;
  }
  vct = *text;
  return schema::FindEventType(vct);
}

void CheckSubject(Claims& claims, const schema::EventType* type, const Event& event) {
  if (event.subject.has_value() != event.anchor.has_value()) {
    claims.Fail("sub", "sub", "sub and anchor stand together or not at all");
  } else if (type != nullptr && type->is_creation == event.subject.has_value()) {
    claims.Fail("sub", "sub",
                type->is_creation ? "a creation has no subject yet" : "missing, as is anchor");
  }
}

absl::Status ReadClaims(const Json& payload, std::string_view origin, Event& event) {
  absl::Status fault;
  Claims claims(payload, fault);
  event.issuer = schema::ReadIssuer(claims, origin);
  schema::CheckAudience(claims, origin);
  const schema::EventType* type = ReadType(claims, event.vct);
  event.jti = claims.Required("jti", schema::NonceForm());
  event.issued_at_s = claims.Required("iat", schema::IntegerForm());
  event.subject = claims.Optional("sub", schema::SubjectForm());
  event.anchor = claims.Optional("anchor", schema::EventIdForm());
  CheckSubject(claims, type, event);
  const std::string* sd_alg = claims.Optional("_sd_alg", schema::AnyStringForm()).value_or(nullptr);
  if (sd_alg != nullptr && *sd_alg != "sha-256") {
    claims.Fail("claim_range", "_sd_alg", "not sha-256");
  }
  if (!claims.ok()) return fault;
  if (type == nullptr) {
    event.body = UnknownEvent();
    event.slots = schema::ReadUnknownSlots(claims);
    schema::RefuseHiddenClaims(payload, claims);
    return fault;
  }
  event.body = type->read(claims);
  event.slots = schema::ReadSlots(claims, type->slots);
  schema::RequireSlots(event.body, event.slots, claims);
  const auto* version = event.As<SchemeVersion>();
  if (version != nullptr && version->rules != 1) {
    if (claims.Has("personal")) claims.Fail("claim_unknown", "personal", "a scheme has no slots");
    schema::RefuseHiddenClaims(payload, claims);
  }
  claims.Close();
  return fault;
}

}  // namespace

absl::StatusOr<Token> ParseToken(std::string_view jwt, std::string_view origin) {
  auto jws = certs::ParseJws(jwt, {.size_bytes = kMaxTokenBytes, .kid_required = true});
  if (!jws.ok()) return jws.status();
  if (jws->typ != kEventTyp) {
    return Malformed("token_typ", "typ: an event is of type dc+sd-jwt and no other");
  }
  const auto payload = certs::ParseJson(jws->payload, kPayloadLimits);
  if (!payload.ok()) return payload.status();
  if (!payload->IsObject()) return Malformed("claim_type", "payload: not an object");
  Event event{.id = {certs::Identity(*jws)},
              .key = *jws->kid,
              .issuer = {},
              .vct = {},
              .jti = {},
              .issued_at_s = 0,
              .subject = {},
              .anchor = {},
              .slots = {},
              .body = UnknownEvent()};
  if (absl::Status status = ReadClaims(*payload, origin, event); !status.ok()) return status;
  return Token{*std::move(jws), std::move(event)};
}

}  // namespace bonafide::registry
