// The SD-JWTs of another implementation, from signature to disclosed claims.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "certs/json.h"
#include "certs/jws.h"
#include "certs/key.h"
#include "certs/reason.h"
#include "certs/sd_jwt.h"
#include "tests/certs/vectors.h"

namespace bonafide::certs {
namespace {

// They carry no kid, and typ "example+sd-jwt".
constexpr JwsProfile kForeignProfile = {.kid_required = false};
constexpr std::string_view kForeignTyp = "example+sd-jwt";

absl::StatusOr<Json> Check(const std::string& sd_jwt, const PublicKey& key) {
  const auto parts = SplitSdJwt(sd_jwt, {.disclosures = 64});
  if (!parts.ok()) return parts.status();
  const auto jws = ParseJws(parts->jwt, kForeignProfile);
  if (!jws.ok()) return jws.status();
  if (absl::Status status = VerifyJws(*jws, key, kForeignTyp); !status.ok()) return status;
  const auto payload = ParseJson(jws->payload);
  if (!payload.ok()) return payload;
  std::vector<Disclosure> disclosures;
  for (std::string_view encoded : parts->disclosures) {
    auto disclosure = ParseDisclosure(encoded);
    if (!disclosure.ok()) return disclosure.status();
    disclosures.push_back(*std::move(disclosure));
  }
  return DisclosedPayload(*payload, disclosures);
}

TEST(SdJwtVectorsTest, EveryCaseGivesThePublishedClaims) {
  READ_VECTORS_OR_SKIP(text, "sd-jwt/testcases.json");
  const auto file = nlohmann::json::parse(*text);
  const auto key = PublicKey::FromJwk(*ParseJson(file["issuer_public_jwk"].dump()));
  ASSERT_TRUE(key.ok()) << key.status();
  int cases = 0;
  for (const auto& test : file["cases"]) {
    SCOPED_TRACE(test["name"]);
    ++cases;
    std::string presentation = test["presentation"];
    if (!presentation.ends_with('~')) {
      // One case has a key-binding JWT, which this register refuses. Without it, it is an SD-JWT.
      EXPECT_EQ(ReasonOf(Check(presentation, *key).status()), "sd_jwt_key_binding");
      presentation.resize(presentation.rfind('~') + 1);
    }
    const auto claims = Check(presentation, *key);
    ASSERT_TRUE(claims.ok()) << claims.status();
    EXPECT_EQ(*claims, *ParseJson(test["verified"].dump())) << WriteJson(*claims);
    EXPECT_TRUE(Check(test["issuance"].get<std::string>(), *key).ok());
  }
  EXPECT_EQ(cases, 14);
}

}  // namespace
}  // namespace bonafide::certs
