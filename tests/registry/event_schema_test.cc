// The framing, header and envelope of events: every rule has a token that breaks only it.
#include "registry/event_schema.h"

#include <gtest/gtest.h>

#include "certs/base64.h"
#include "certs/reason.h"
#include "tests/registry/golden_event.h"
#include "tests/registry/seeded_random.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

using certs::Json;

constexpr char kPlain[] = "withdrawal";

std::string ReasonFor(const std::string& jwt, std::string_view origin = kGoldenOrigin) {
  const auto token = ParseToken(jwt, origin);
  return token.ok() ? "" : ReasonOf(token.status());
}

std::string ReasonForHeader(std::string_view header) {
  return ReasonFor(
      ForgeToken(*certs::ParseJson(header), Golden(kPlain).payload, SeededKey("issuer")));
}

std::string ReasonForPayload(std::string_view payload) {
  const certs::PrivateKey key = SeededKey("issuer");
  return ReasonFor(ForgeToken(HeaderFor(key), payload, key));
}

TEST(EventFraming, RefusesWhatIsNoToken) {
  const std::string jwt = Golden(kPlain).jwt;
  EXPECT_EQ(ReasonFor(jwt), "");
  EXPECT_EQ(ReasonFor(""), "token_parts");
  EXPECT_EQ(ReasonFor(jwt + "."), "token_parts");
  EXPECT_EQ(ReasonFor(jwt.substr(0, jwt.rfind('.'))), "token_parts");
  EXPECT_EQ(ReasonFor(jwt + "~"), "base64url") << "framed with its disclosures";
  EXPECT_EQ(ReasonFor(jwt + "="), "base64url");
  EXPECT_EQ(ReasonFor(" " + jwt), "base64url");
  EXPECT_EQ(ReasonFor(jwt.substr(0, jwt.size() - 1)), "base64url") << "63 bytes and spare bits";
  EXPECT_EQ(ReasonFor(jwt + "AA"), "token_signature_size");
}

TEST(EventFraming, HasAtMost32768Bytes) {
  EXPECT_EQ(ReasonFor(std::string(kMaxTokenBytes + 1, 'a')), "token_size");
  EXPECT_NE(ReasonFor(std::string(kMaxTokenBytes, 'a')), "token_size");
}

TEST(EventHeader, IsExactlyAlgKidTyp) {
  const Json header = HeaderFor(SeededKey("issuer"));
  const std::string kid = *header.FindString("kid");
  const auto with = [&](std::string_view alg, std::string_view typ, std::string_view more) {
    return "{\"alg\":\"" + std::string(alg) + "\",\"kid\":\"" + kid + "\",\"typ\":\"" +
           std::string(typ) + "\"" + std::string(more) + "}";
  };
  EXPECT_EQ(ReasonForHeader(with("Ed25519", "dc+sd-jwt", "")), "");
  for (std::string_view typ :
       {"vc+sd-jwt", "JWT", "DC+SD-JWT", "dc+sd-jwt ", "", "bonafide-request+jwt"}) {
    EXPECT_EQ(ReasonForHeader(with("Ed25519", typ, "")), "token_typ") << typ;
  }
  for (std::string_view alg : {"none", "HS256", "EdDSA", "es256", "RS256"}) {
    EXPECT_EQ(ReasonForHeader(with(alg, "dc+sd-jwt", "")), "token_alg") << alg;
  }
  for (std::string_view more :
       {",\"crit\":[\"b64\"]", ",\"b64\":false", ",\"jku\":\"https://x.example\"", ",\"x5u\":\"x\"",
        ",\"x5c\":[]", ",\"jwk\":{}", ",\"cty\":\"x\"", ",\"exp\":1"}) {
    EXPECT_EQ(ReasonForHeader(with("Ed25519", "dc+sd-jwt", more)), "token_header") << more;
  }
  EXPECT_EQ(ReasonForHeader("{\"alg\":\"Ed25519\",\"typ\":\"dc+sd-jwt\"}"), "token_header");
  EXPECT_EQ(ReasonForHeader("{\"alg\":\"Ed25519\",\"kid\":\"../key\",\"typ\":\"dc+sd-jwt\"}"),
            "token_kid");
}

TEST(EventPayload, IsStrictJson) {
  const std::string good = certs::WriteJson(Golden(kPlain).payload);
  EXPECT_EQ(ReasonForPayload(good), "");
  EXPECT_EQ(ReasonForPayload(good + "x"), "json_syntax");
  EXPECT_EQ(ReasonForPayload("[" + good + "]"), "claim_type");
  EXPECT_EQ(ReasonForPayload("\"text\""), "claim_type");
  const std::string open = good.substr(0, good.size() - 1);
  EXPECT_EQ(ReasonForPayload(open + ",\"reason\":\"fraud\"}"), "json_duplicate_name");
  EXPECT_EQ(ReasonForPayload(open + ",\"re\\u0061son\":\"fraud\"}"), "json_duplicate_name");
  EXPECT_EQ(ReasonForPayload(open + ",\"x\":1e400}"), "json_number");
  EXPECT_EQ(ReasonForPayload(open + ",\"x\":\"\\ud800\"}"), "json_utf8");
  EXPECT_EQ(ReasonForPayload(open + ",\"x\":" + std::string(20, '[') + std::string(20, ']') + "}"),
            "json_depth");
}

TEST(EventPayload, HasNoLimitOnValuesButItsSize) {
  std::string many = "{\"beam\":[1";
  for (int i = 0; i < 9'000; ++i) many += ",1";
  Json payload = With(Golden("unknown").payload, "beam",
                      *certs::ParseJson(many.substr(8) + "]", {.values = 10'000}));
  EXPECT_EQ(RefusalOf(payload), "");
}

TEST(EventEnvelope, NeedsEveryClaim) {
  for (std::string_view claim : {"iss", "aud", "vct", "jti", "iat"}) {
    EXPECT_EQ(RefusalWithout(kPlain, claim), "claim_missing") << claim;
    EXPECT_EQ(RefusalWith(kPlain, claim, "null"), "claim_type") << claim;
    EXPECT_EQ(RefusalWith(kPlain, claim, "[\"x\"]"), "claim_type") << claim;
  }
}

TEST(EventEnvelope, IsForThisRegisterAndNoOther) {
  EXPECT_EQ(RefusalWith(kPlain, "iss", "\"https://other.example/o/1\""), "iss");
  EXPECT_EQ(RefusalWith(kPlain, "iss", "\"https://register.example/demo/o/01\""), "iss");
  EXPECT_EQ(RefusalWith(kPlain, "iss", "\"https://register.example/demo/o/1/\""), "iss");
  EXPECT_EQ(RefusalWith(kPlain, "aud", "\"other.example\""), "aud");
  EXPECT_EQ(RefusalWith(kPlain, "aud", "\"register.example/demo/\""), "aud");
  EXPECT_EQ(RefusalWith(kPlain, "aud", "\"Register.example/demo\""), "aud");
  EXPECT_EQ(ReasonFor(Golden(kPlain).jwt, "test.register.example/demo"), "iss");
}

TEST(EventEnvelope, HasANonce) {
  EXPECT_EQ(RefusalWith(kPlain, "jti", "\"0123456789012345678901\""), "");
  EXPECT_EQ(RefusalWith(kPlain, "jti", "\"012345678901234567890\""), "claim_range");
  EXPECT_EQ(RefusalWith(kPlain, "jti", "\"" + std::string(65, 'a') + "\""), "claim_range");
  EXPECT_EQ(RefusalWith(kPlain, "jti", "\"01234567890123456789+/\""), "claim_range");
}

TEST(EventEnvelope, IsDatedInWholeSeconds) {
  EXPECT_EQ(RefusalWith(kPlain, "iat", "0"), "");
  EXPECT_EQ(RefusalWith(kPlain, "iat", "9007199254740991"), "");
  EXPECT_EQ(RefusalWith(kPlain, "iat", "9007199254740992"), "claim_range");
  EXPECT_EQ(RefusalWith(kPlain, "iat", "-1"), "claim_range");
  EXPECT_EQ(RefusalWith(kPlain, "iat", "\"1750000000\""), "claim_type");
  EXPECT_EQ(RefusalWith(kPlain, "iat", "1750000000.0"), "claim_type");
  EXPECT_EQ(RefusalWith(kPlain, "iat", "1.75e9"), "claim_type");
}

TEST(EventEnvelope, NamesASubjectWithItsAnchor) {
  EXPECT_EQ(RefusalWithout(kPlain, "sub"), "sub");
  EXPECT_EQ(RefusalWithout(kPlain, "anchor"), "sub");
  EXPECT_EQ(RefusalOf(Without(Without(Golden(kPlain).payload, "sub"), "anchor")), "sub");
  EXPECT_EQ(RefusalWith(kPlain, "sub", "9007199254740991"), "");
  EXPECT_EQ(RefusalWith(kPlain, "sub", "9007199254740992"), "claim_range");
  EXPECT_EQ(RefusalWith(kPlain, "sub", "-1"), "claim_range");
  EXPECT_EQ(RefusalWith(kPlain, "sub", "\"7\""), "claim_type");
  EXPECT_EQ(RefusalWith(kPlain, "anchor", "\"short\""), "claim_range");
  EXPECT_EQ(RefusalWith(kPlain, "anchor", "7"), "claim_type");
}

TEST(EventEnvelope, OfACreationHasNoSubject) {
  const std::string anchor = *Golden(kPlain).payload.FindString("anchor");
  for (std::string_view name : {"genesis", "organisation", "scheme", "practitioner"}) {
    SCOPED_TRACE(name);
    EXPECT_EQ(RefusalWith(name, "sub", "7"), "sub");
    const Json with_sub = With(Golden(name).payload, "sub", Json::Integer(7));
    EXPECT_EQ(RefusalOf(With(with_sub, "anchor", Json::String(anchor))), "sub");
    EXPECT_EQ(RefusalOf(With(Golden(name).payload, "anchor", Json::String(anchor))), "sub");
  }
}

TEST(EventEnvelope, IsClosed) {
  for (const GoldenEvent& golden : GoldenEvents()) {
    const bool is_open = golden.name == "unknown" || golden.name == "scheme-version-rules-2";
    for (std::string_view claim : {"exp", "nbf", "cnf", "status", "x", "Name", "_sd_alg2"}) {
      const std::string refusal = RefusalWith(golden.name, claim, "1750000000");
      EXPECT_EQ(refusal, is_open ? "" : "claim_unknown") << golden.name << " " << claim;
    }
  }
}

TEST(EventEnvelope, IsClosedHoweverManyMembersThereAre) {
  Json payload = Golden(kPlain).payload;
  for (int i = 0; i < 100; ++i) payload = With(payload, "x" + std::to_string(i), Json::Null());
  EXPECT_EQ(RefusalOf(payload), "claim_unknown");
}

TEST(EventEnvelope, HashesDigestsWithSha256) {
  EXPECT_EQ(RefusalWith(kPlain, "_sd_alg", "\"sha-256\""), "");
  EXPECT_EQ(RefusalWith(kPlain, "_sd_alg", "\"sha-512\""), "claim_range");
  EXPECT_EQ(RefusalWith(kPlain, "_sd_alg", "256"), "claim_type");
}

TEST(EventType, IsAUrn) {
  for (std::string_view vct :
       {"\"\"", "\"withdrawal\"", "\"urn:bonafide:withdrawal\"", "\"urn:bonafide::v1\"",
        "\"urn:bonafide:v1\"", "\"urn:bonafide:withdrawal:v\"", "\"urn:bonafide:withdrawal:v1000\"",
        "\"urn:bonafide:Withdrawal:v1\"", "\"urn:bonafide:with_drawal:v1\"",
        "\"urn:bonafide:withdrawal:1\"", "\"urn:bonafide:withdrawal:v1 \"",
        "\"urn:bonafide:a:b:v1\"", "\"URN:bonafide:withdrawal:v1\"", "\"urn:other:withdrawal:v1\"",
        "\"urn:bonafide:aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa:v1\""}) {
    EXPECT_EQ(RefusalWith(kPlain, "vct", vct), "vct") << vct;
  }
}

TEST(EventType, OfAnotherEventDoesNotFitTheClaims) {
  EXPECT_EQ(RefusalWith("insurance", "vct", "\"urn:bonafide:training:v1\""), "claim_missing");
  EXPECT_EQ(RefusalWith("dispute", "vct", "\"urn:bonafide:affiliation-confirmed:v1\""),
            "claim_unknown");
}

TEST(UnknownType, IsReadAsFarAsItsEnvelope) {
  for (std::string_view vct : {"\"urn:bonafide:withdrawal:v2\"", "\"urn:bonafide:withdrawal:v01\"",
                               "\"urn:bonafide:-:v999\"", "\"urn:bonafide:training:v0\""}) {
    const auto token =
        ParseToken(ForgeToken(With(Golden(kPlain).payload, "vct", *certs::ParseJson(vct)),
                              SeededKey("issuer")),
                   kGoldenOrigin);
    ASSERT_TRUE(token.ok()) << vct << token.status();
    EXPECT_TRUE(token->event.As<UnknownEvent>() != nullptr);
    EXPECT_EQ(token->event.subject, SubjectNumber{7});
  }
  const Json creation = Without(Without(Golden("unknown").payload, "sub"), "anchor");
  EXPECT_EQ(RefusalOf(creation), "") << "it may be a creation";
}

TEST(UnknownType, StillHasTheRightEnvelope) {
  EXPECT_EQ(RefusalWith("unknown", "iss", "\"https://other.example/o/1\""), "iss");
  EXPECT_EQ(RefusalWith("unknown", "aud", "\"other.example\""), "aud");
  EXPECT_EQ(RefusalWithout("unknown", "jti"), "claim_missing");
  EXPECT_EQ(RefusalWithout("unknown", "sub"), "sub");
  EXPECT_EQ(RefusalWithout("unknown", "anchor"), "sub");
  EXPECT_EQ(RefusalWith("unknown", "_sd_alg", "\"sha-512\""), "claim_range");
  EXPECT_EQ(RefusalWith("unknown", "personal", "{\"Slot\":{\"_sd\":[]}}"), "slot_unknown");
  EXPECT_EQ(RefusalWith("unknown", "personal.from_where", "\"x\""), "slot_digest");
  EXPECT_EQ(RefusalWith("unknown", "personal", "[]"), "claim_type");
}

TEST(UnknownType, HidesNoClaims) {
  EXPECT_EQ(RefusalWith("unknown", "_sd", "[]"), "slot_digest");
  Json::Members members = Golden("unknown").payload.members();
  members.push_back({"...", Json::String("x")});
  EXPECT_EQ(RefusalOf(Json::Object(members)), "slot_digest");
  EXPECT_EQ(RefusalWith("unknown", "beam.deep.1.x", "{\"_sd\":[]}"), "slot_digest");
  EXPECT_EQ(RefusalWith("unknown", "beam", "[[{\"...\":\"x\"}]]"), "slot_digest");
  EXPECT_EQ(RefusalWith("unknown", "beam", "{\"personal\":{\"_sd\":[]}}"), "slot_digest");
  EXPECT_EQ(RefusalWith("unknown", "beam", "\"_sd\""), "") << "a value is no name";
}

TEST(EventMessages, NameTheClaimByItsPath) {
  const auto message = [](std::string_view name, std::string_view path, std::string_view value) {
    const Json payload = With(Golden(name).payload, path, *certs::ParseJson(value));
    const auto token = ParseToken(ForgeToken(payload, SeededKey("issuer")), kGoldenOrigin);
    return std::string(token.status().message());
  };
  EXPECT_EQ(message("scheme-version", "training.0.any_of.1.level", "9").substr(0, 27),
            "training[0].any_of[1].level");
  EXPECT_EQ(message("insurance", "territories.1", "3"), "territories[1]: not a string");
  EXPECT_EQ(message("training", "issuer.x", "1"), "issuer.x: not in this schema");
  EXPECT_EQ(message("training", "Secret <b>", "1"), "?: not in this schema");
}

}  // namespace
}  // namespace bonafide::registry
