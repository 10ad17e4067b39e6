#include "registry/schema/envelope.h"

#include "registry/issuer_url.h"

namespace bonafide::registry::schema {

SubjectNumber ReadIssuer(Claims& claims, std::string_view origin) {
  const std::string* iss = claims.Required("iss", AnyStringForm());
  if (iss == nullptr) return {};
  const auto number = ParseIssuerUrl(*iss, origin);
  if (number.ok()) return *number;
  claims.Fail("iss", "iss", "not https://<origin>/o/<number> of this register");
  return {};
}

void CheckAudience(Claims& claims, std::string_view origin) {
  const std::string* aud = claims.Required("aud", AnyStringForm());
  if (aud != nullptr && *aud != origin)
    claims.Fail("aud", "aud", "not the origin of this register");
}

}  // namespace bonafide::registry::schema
