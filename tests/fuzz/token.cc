// Events: a token as it is, or the payload of one.
#include <algorithm>
#include <string>

#include "certs/base64.h"
#include "registry/event_schema.h"
#include "tests/fuzz/require.h"

namespace bonafide::registry {
namespace {

constexpr char kOrigin[] = "register.example/demo";

// The payload as a token; a parser does not ask for the signature.
std::string TokenOf(std::string_view payload) {
  const std::string header =
      R"({"alg":"Ed25519","kid":")" + std::string(43, 'A') + R"(","typ":"dc+sd-jwt"})";
  return certs::Base64UrlEncode(header) + "." + certs::Base64UrlEncode(payload) + "." +
         certs::Base64UrlEncode(std::string(64, '\0'));
}

void Fuzz(std::string_view jwt) {
  const auto token = ParseToken(jwt, kOrigin);
  if (!Accepted(token.status())) return;
  const Event& event = token->event;
  Require(jwt.size() <= kMaxTokenBytes, "a token has a size");
  Require(event.id.digest == Sha256(jwt.substr(0, jwt.rfind('.'))), "an event is what was signed");
  Require(event.subject.has_value() == event.anchor.has_value(), "sub and anchor stand together");
  Require(event.slots.size() <= kMaxDisclosures, "slots can all be disclosed");
  const bool known = event.As<UnknownEvent>() == nullptr;
  const bool creates = event.As<Genesis>() || event.As<OrganisationCreated>() ||
                       event.As<SchemeCreated>() || event.As<PractitionerRegistered>();
  Require(!known || creates == event.IsCreation(), "creations have no subject");
  for (size_t i = 0; i < event.slots.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      Require(event.slots[i].digest != event.slots[j].digest, "a digest occurs once");
      Require(event.slots[i].name != event.slots[j].name, "a slot occurs once");
    }
  }
  Require(!ParseToken(jwt, "register.example/other").ok(), "a token is for one register");
}

}  // namespace
}  // namespace bonafide::registry

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = bonafide::View(data, size);
  const bool payload = bytes.starts_with('{');
  bonafide::registry::Fuzz(payload ? bonafide::registry::TokenOf(bytes) : std::string(bytes));
  return 0;
}
