// Twins of the golden organisation events, each breaking one rule of docs/protocol.md, section 3.1.
#include <gtest/gtest.h>

#include "certs/note.h"
#include "tests/registry/golden_event.h"
#include "tests/registry/schema_twin.h"
#include "tests/registry/seeded_random.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

using certs::Json;

TEST(OrganisationSchema, NeedsItsClaims) {
  ExpectRequired("genesis", {"name", "keys", "origin", "log_key", "max_head_gap_s"});
  ExpectRequired("organisation", {"kind", "name", "keys"});
  ExpectRequired("accreditation", {"power", "scope", "delegable", "from"});
  ExpectRequired("accreditation-ended", {"target", "last_day"});
  ExpectRequired("key-added", {"key"});
  ExpectRequired("key-revoked", {"key", "reason"});
}

TEST(OrganisationSchema, MayLackOthers) {
  ExpectOptional("organisation", {"recognition"});
  ExpectOptional("accreditation", {"insurer", "until"});
  ExpectOptional("accreditation-ended", {"cut"});
  ExpectOptional("key-revoked", {"cut"});
}

TEST(OrganisationSchema, HasForms) {
  ExpectText("genesis", "name", 200);
  ExpectInteger("genesis", "max_head_gap_s", 1, 86'400);
  ExpectText("organisation", "name", 200);
  ExpectWord("organisation", "kind");
  ExpectRecognition("organisation", "recognition");
  ExpectWord("accreditation", "power");
  ExpectNumber("accreditation", "insurer");
  ExpectBoolean("accreditation", "delegable");
  ExpectDay("accreditation", "from");
  ExpectDay("accreditation", "until");
  ExpectEventId("accreditation-ended", "target");
  ExpectDay("accreditation-ended", "last_day");
  ExpectNumber("accreditation-ended", "cut");
  ExpectNumber("key-revoked", "cut");
  ExpectWord("key-revoked", "reason");
  ExpectEventId("key-revoked", "key");  // a thumbprint is spelled like an identity
}

TEST(OrganisationSchema, KeysAreValidDistinctAndFew) {
  for (std::string_view name : {"genesis", "organisation"}) {
    SCOPED_TRACE(name);
    EXPECT_EQ(RefusalWith(name, "keys", "[]"), "claim_range");
    EXPECT_EQ(RefusalWith(name, "keys", "{}"), "claim_type");
    EXPECT_EQ(RefusalWith(name, "keys", "[1]"), "jwk_member");
    EXPECT_EQ(RefusalWith(name, "keys.0.d", "\"AA\""), "jwk_private");
    EXPECT_EQ(RefusalWith(name, "keys.0.crv", "\"P-384\""), "jwk_algorithm");
    EXPECT_EQ(RefusalWith(name, "keys.0.x", "\"AQAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\""),
              "key_point");
    const Json& payload = Golden(name).payload;
    Json::Items keys = payload.Find("keys")->items();
    keys.push_back(keys[0]);
    EXPECT_EQ(RefusalOf(With(payload, "keys", Json::Array(keys))), "claim_conflict");
    keys.clear();
    for (int i = 0; i < 9; ++i) {
      if (i == 8) {
        EXPECT_EQ(RefusalOf(With(payload, "keys", Json::Array(keys))), "");
      }
      keys.push_back(SeededKey("key " + std::to_string(i)).public_key().ToJwk());
    }
    EXPECT_EQ(RefusalOf(With(payload, "keys", Json::Array(keys))), "claim_range");
  }
  EXPECT_EQ(RefusalWith("key-added", "key", "\"thumbprint\""), "jwk_member");
  EXPECT_EQ(RefusalWith("key-added", "key.kid", "\"x\""), "jwk_kid");
}

TEST(OrganisationSchema, GenesisNamesItsOwnOriginAndLogKey) {
  EXPECT_EQ(RefusalWith("genesis", "origin", "\"other.example\""), "claim_conflict");
  EXPECT_EQ(RefusalWith("genesis", "origin", "\"Register.example/demo\""), "claim_range");
  EXPECT_EQ(RefusalWith("genesis", "origin", "1"), "claim_type");
  EXPECT_EQ(RefusalWith("genesis", "log_key", "1"), "claim_type");
  EXPECT_EQ(RefusalWith("genesis", "log_key", "\"register.example/demo+00000000+AQ==\""),
            "note_vkey");
  const auto vkey = [](std::string name, certs::NoteKeyType type) {
    return Json::String(
        certs::NoteVerifier::Create(std::move(name), type, SeededKey("log").public_key())
            ->ToVkey());
  };
  const Json& payload = Golden("genesis").payload;
  EXPECT_EQ(RefusalOf(With(payload, "log_key", vkey(kGoldenOrigin, certs::NoteKeyType::kEd25519))),
            "");
  EXPECT_EQ(
      RefusalOf(With(payload, "log_key", vkey("other.example", certs::NoteKeyType::kEd25519))),
      "claim_conflict");
  EXPECT_EQ(
      RefusalOf(With(payload, "log_key", vkey(kGoldenOrigin, certs::NoteKeyType::kCosignature))),
      "claim_conflict");
  const Json elsewhere = With(payload, "origin", Json::String("other.example"));
  EXPECT_EQ(
      RefusalOf(With(elsewhere, "log_key", vkey("other.example", certs::NoteKeyType::kEd25519))),
      "claim_conflict")
      << "aud is another";
}

// The refusal of an accreditation of `power` for `scope`.
std::string ScopeRefusal(std::string_view power, std::string_view scope) {
  const Json plain = Without(Golden("accreditation").payload, "insurer");
  const Json with_power = With(plain, "power", Json::String(power));
  return RefusalOf(With(with_power, "scope", *certs::ParseJson(scope)));
}

TEST(OrganisationSchema, ScopesFitTheirPower) {
  EXPECT_EQ(ScopeRefusal("admit", R"(["clinic","registrar"])"), "");
  EXPECT_EQ(ScopeRefusal("admit", R"(["hospital"])"), "claim_range");
  EXPECT_EQ(ScopeRefusal("set_scheme", R"(["scalp_micropigmentation"])"), "");
  EXPECT_EQ(ScopeRefusal("set_scheme", R"(["Scalp"])"), "claim_range");
  EXPECT_EQ(ScopeRefusal("attest", R"(["document_seen"])"), "");
  EXPECT_EQ(ScopeRefusal("attest", R"(["issuer_confirmed"])"), "");
  EXPECT_EQ(ScopeRefusal("attest", R"(["issuer_signed"])"), "claim_range");
  EXPECT_EQ(ScopeRefusal("attest", R"(["self_declared","document_seen"])"), "claim_range");
  EXPECT_EQ(ScopeRefusal("issue_training", R"(["900/0001/8","RN1"])"), "");
  EXPECT_EQ(ScopeRefusal("issue_training", R"(["level four"])"), "claim_range");
  EXPECT_EQ(ScopeRefusal("issue_insurance", R"(["treatment_risk"])"), "");
  EXPECT_EQ(ScopeRefusal("issue_insurance", R"(["Treatment"])"), "claim_range");
  for (std::string_view power : {"register", "sanction", "erase"}) {
    EXPECT_EQ(ScopeRefusal(power, R"(["clinic"])"), "claim_range") << power;
  }
}

TEST(OrganisationSchema, TheStarStandsAloneInAnyScope) {
  for (std::string_view power : {"admit", "set_scheme", "register", "attest", "issue_training",
                                 "issue_insurance", "sanction", "erase"}) {
    SCOPED_TRACE(power);
    EXPECT_EQ(ScopeRefusal(power, R"(["*"])"), "");
    EXPECT_EQ(ScopeRefusal(power, R"([])"), "claim_range");
    EXPECT_EQ(ScopeRefusal(power, R"("*")"), "claim_type");
    EXPECT_EQ(ScopeRefusal(power, R"([1])"), "claim_type");
    EXPECT_EQ(ScopeRefusal(power, R"(["**"])"), "claim_range");
  }
  EXPECT_EQ(ScopeRefusal("admit", R"(["*","clinic"])"), "claim_conflict");
  EXPECT_EQ(ScopeRefusal("register", R"(["*","*"])"), "claim_conflict");
}

TEST(OrganisationSchema, ScopesAreDistinctAndAtMost256) {
  EXPECT_EQ(ScopeRefusal("admit", R"(["clinic","insurer","clinic"])"), "claim_conflict");
  std::string scope = "[\"c0\"";
  for (int i = 1; i < 256; ++i) scope += ",\"c" + std::to_string(i) + "\"";
  EXPECT_EQ(ScopeRefusal("set_scheme", scope + "]"), "");
  EXPECT_EQ(ScopeRefusal("set_scheme", scope + ",\"c256\"]"), "claim_range");
}

TEST(OrganisationSchema, OnlyIssueInsuranceNamesAnInsurer) {
  EXPECT_EQ(
      RefusalOf(With(With(Golden("accreditation").payload, "power", Json::String("set_scheme")),
                     "scope", Json::Strings({"x"}))),
      "claim_conflict");
}

TEST(OrganisationSchema, APeriodDoesNotEndBeforeItBegins) {
  ExpectOrder("accreditation", "from", "until");
}

}  // namespace
}  // namespace bonafide::registry
