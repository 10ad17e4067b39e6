// Wycheproof through the public verification function.
#include <gtest/gtest.h>

#include <nlohmann/json.hpp>

#include "certs/json.h"
#include "certs/key.h"
#include "tests/certs/vectors.h"

namespace bonafide::certs {
namespace {

struct Tally {
  int valid = 0;
  int invalid = 0;
};

// The published JWK carries kid "none", which is no thumbprint and is left out; a few groups have
// no JWK.
absl::StatusOr<PublicKey> KeyOf(const nlohmann::json& group) {
  if (!group.contains("publicKeyJwk")) {
    const std::string point = group["publicKey"]["uncompressed"];
    return PublicKey::FromP256Raw(FromHex(point.substr(2)));
  }
  nlohmann::json jwk = group["publicKeyJwk"];
  jwk.erase("kid");
  return PublicKey::FromJwk(*ParseJson(jwk.dump()));
}

// Every vector must be judged as published.
Tally RunGroups(const nlohmann::json& file) {
  Tally tally;
  for (const auto& group : file["testGroups"]) {
    const auto key = KeyOf(group);
    EXPECT_TRUE(key.ok()) << key.status();
    if (!key.ok()) continue;
    for (const auto& test : group["tests"]) {
      const bool expected = test["result"] == "valid";
      ++(expected ? tally.valid : tally.invalid);
      EXPECT_EQ(key->Verify(FromHex(test["msg"].get<std::string>()),
                            FromHex(test["sig"].get<std::string>())),
                expected)
          << "tcId " << test["tcId"] << ": " << test["comment"];
    }
  }
  return tally;
}

TEST(WycheproofTest, EcdsaP256WithRawSignatures) {
  READ_VECTORS_OR_SKIP(text, "wycheproof/ecdsa_secp256r1_sha256_p1363_test.json");
  const Tally tally = RunGroups(nlohmann::json::parse(*text));
  EXPECT_EQ(tally.valid, 173);
  EXPECT_EQ(tally.invalid, 89);
}

TEST(WycheproofTest, Ed25519) {
  READ_VECTORS_OR_SKIP(text, "wycheproof/ed25519_test.json");
  const Tally tally = RunGroups(nlohmann::json::parse(*text));
  EXPECT_EQ(tally.valid, 88);
  EXPECT_EQ(tally.invalid, 63);
}

}  // namespace
}  // namespace bonafide::certs
