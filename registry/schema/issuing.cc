#include <utility>

#include "certs/base64.h"
#include "certs/reason.h"
#include "registry/event_schema.h"
#include "registry/issuer_url.h"
#include "registry/schema/event_type.h"
#include "registry/schema/member.h"
#include "registry/schema/slots.h"
#include "registry/vocabulary.h"

namespace bonafide::registry {
namespace {

using certs::Json;
using schema::Put;

constexpr size_t kJtiBytes = 16;

Json PersonalOf(const std::vector<OpenedSlot>& slots,
                const std::vector<certs::Disclosure>& disclosures) {
  Json::Members personal;
  for (size_t i = 0; i < slots.size(); ++i) {
    Json::Members slot;
    Put(slot, "_sd", Json::Strings({certs::DigestText(disclosures[i].digest)}));
    Put(personal, slots[i].name, Json::Object(std::move(slot)));
  }
  return Json::Object(std::move(personal));
}

Json PayloadOf(const EventDraft& draft, std::string_view origin,
               const std::vector<certs::Disclosure>& disclosures, certs::Random& random) {
  Json::Members claims;
  Put(claims, "iss", IssuerUrl(origin, draft.issuer));
  Put(claims, "aud", std::string(origin));
  Put(claims, "vct", VctOf(EventTypeOf(draft.body)));
  Put(claims, "jti", certs::Base64UrlEncode(certs::RandomBytes(random, kJtiBytes)));
  Put(claims, "iat", draft.issued_at_s);
  Put(claims, "sub", draft.subject);
  Put(claims, "anchor", draft.anchor);
  schema::WriteBody(draft.body, claims);
  if (!disclosures.empty()) {
    Put(claims, "personal", PersonalOf(draft.personal, disclosures));
    Put(claims, "_sd_alg", std::string("sha-256"));
  }
  return Json::Object(std::move(claims));
}

// What leaves here passes the register's own reading, disclosures included.
absl::Status CheckReadable(const SignedEvent& event, std::string_view origin) {
  const auto token = ParseToken(event.jwt, origin);
  if (!token.ok()) return token.status();
  std::vector<certs::Disclosure> disclosures;
  for (const std::string& encoded : event.disclosures) {
    auto disclosure = certs::ParseDisclosure(encoded);
    if (!disclosure.ok()) return disclosure.status();
    disclosures.push_back(*std::move(disclosure));
  }
  return OpenSlots(token->event, disclosures, /*all_required=*/true).status();
}

}  // namespace

std::string SignedEvent::Framed() const { return certs::JoinSdJwt(jwt, disclosures); }

absl::StatusOr<SignedEvent> SignEvent(const EventDraft& draft, std::string_view origin,
                                      const certs::Signer& signer, certs::Random& random) {
  if (std::holds_alternative<UnknownEvent>(draft.body)) {
    return Malformed("vct", "vct: an event of an unknown type cannot be issued");
  }
  if (draft.personal.size() > kMaxDisclosures) {
    return Malformed("sd_jwt_limits", "personal: more than 16 slots");
  }
  std::vector<certs::Disclosure> disclosures;
  SignedEvent event;
  for (const OpenedSlot& slot : draft.personal) {
    disclosures.push_back(certs::MakeDisclosure(random, schema::kDisclosureName, slot.value));
    event.disclosures.push_back(disclosures.back().encoded);
  }
  const Json payload = PayloadOf(draft, origin, disclosures, random);
  auto jwt = certs::SignJws(signer, kEventTyp, certs::WriteJson(payload));
  if (!jwt.ok()) return jwt.status();
  event.jwt = *std::move(jwt);
  if (absl::Status status = CheckReadable(event, origin); !status.ok()) return status;
  return event;
}

}  // namespace bonafide::registry
