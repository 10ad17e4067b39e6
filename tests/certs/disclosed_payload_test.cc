// RFC 9901 section 7.1, step 3: what a payload becomes, and each case that must be refused.
#include <gtest/gtest.h>

#include "certs/base64.h"
#include "certs/reason.h"
#include "certs/sd_jwt.h"

namespace bonafide::certs {
namespace {

Disclosure Of(const std::string& json) { return *ParseDisclosure(Base64UrlEncode(json)); }

std::string Text(const Disclosure& disclosure) { return DigestText(disclosure.digest); }

// `payload` with every $0, $1 ... replaced by the digest of that disclosure.
absl::StatusOr<Json> Disclose(std::string payload, const std::vector<Disclosure>& disclosures) {
  for (size_t i = 0; i < disclosures.size(); ++i) {
    const std::string mark = "$" + std::to_string(i);
    for (size_t at = payload.find(mark); at != payload.npos; at = payload.find(mark)) {
      payload.replace(at, mark.size(), Text(disclosures[i]));
    }
  }
  const auto json = ParseJson(payload);
  EXPECT_TRUE(json.ok()) << json.status() << payload;
  return DisclosedPayload(*json, disclosures);
}

std::string Reason(const std::string& payload, const std::vector<Disclosure>& disclosures) {
  return ReasonOf(Disclose(payload, disclosures).status());
}

const Disclosure kName = Of(R"(["salt-1","name","Ana"])");
const Disclosure kTown = Of(R"(["salt-2","town","Exampleton"])");
const Disclosure kElement = Of(R"(["salt-3","DE"])");
const std::string kDecoy = std::string(42, 'D') + "A";

TEST(DisclosedPayloadTest, OpensMembersAndElements) {
  const auto claims =
      Disclose(R"({"iss":"x","_sd":["$1","$0"],"in":{"_sd":[]},"list":["FR",{"...":"$2"}],)"
               R"("_sd_alg":"sha-256"})",
               {kName, kTown, kElement});
  ASSERT_TRUE(claims.ok()) << claims.status();
  EXPECT_EQ(WriteJson(*claims),
            R"({"iss":"x","in":{},"list":["FR","DE"],"town":"Exampleton","name":"Ana"})");
}

TEST(DisclosedPayloadTest, UnopenedDigestsVanish) {
  const auto claims = Disclose(
      R"({"_sd":[")" + kDecoy + R"(","$0"],"list":[{"...":")" + std::string(42, 'E') + R"(A"},1]})",
      {kName});
  ASSERT_TRUE(claims.ok()) << claims.status();
  EXPECT_EQ(WriteJson(*claims), R"({"list":[1],"name":"Ana"})");
}

TEST(DisclosedPayloadTest, OpensDisclosuresInsideDisclosures) {
  const Disclosure outer = Of(R"(["salt-4","address",{"_sd":[")" + Text(kTown) +
                              R"("],"all":[{"...":")" + Text(kElement) + R"("}]}])");
  const auto claims = Disclose(R"({"_sd":["$0"]})", {outer, kTown, kElement});
  ASSERT_TRUE(claims.ok()) << claims.status();
  EXPECT_EQ(WriteJson(*claims), R"({"address":{"all":["DE"],"town":"Exampleton"}})");
  // Without the outer one nothing leads to the inner ones.
  EXPECT_EQ(ReasonOf(Disclose(R"({"_sd":[")" + Text(outer) + R"("]})", {kTown}).status()),
            "disclosure_unreferenced");
}

TEST(DisclosedPayloadTest, APresentClaimIsNeverOverwritten) {
  EXPECT_EQ(Reason(R"({"name":"Eve","_sd":["$0"]})", {kName}), "disclosure_claim_present");
  EXPECT_EQ(Reason(R"({"_sd":["$0"],"name":null})", {kName}), "disclosure_claim_present");
  const Disclosure other_name = Of(R"(["salt-5","name","Eve"])");
  EXPECT_EQ(Reason(R"({"_sd":["$0","$1"]})", {kName, other_name}), "disclosure_claim_present");
  // Another level is another claim.
  EXPECT_TRUE(Disclose(R"({"name":"Eve","in":{"_sd":["$0"]}})", {kName}).ok());
}

TEST(DisclosedPayloadTest, ADigestOccursOnce) {
  EXPECT_EQ(Reason(R"({"_sd":["$0","$0"]})", {kName}), "sd_digest_twice");
  EXPECT_EQ(Reason(R"({"_sd":["$0"],"in":{"_sd":["$0"]}})", {kName}), "sd_digest_twice");
  EXPECT_EQ(Reason(R"({"a":[{"...":"$0"},{"...":"$0"}]})", {kElement}), "sd_digest_twice");
  EXPECT_EQ(Reason(R"({"_sd":[")" + kDecoy + R"("],"in":{"_sd":[")" + kDecoy + R"("]}})", {}),
            "sd_digest_twice");
  const Disclosure outer = Of(R"(["salt-4","address",{"_sd":[")" + Text(kName) + R"("]}])");
  EXPECT_EQ(Reason(R"({"_sd":["$0","$1"]})", {outer, kName}), "sd_digest_twice");
}

TEST(DisclosedPayloadTest, EveryDisclosureIsReferenced) {
  EXPECT_EQ(Reason(R"({})", {kName}), "disclosure_unreferenced");
  EXPECT_EQ(Reason(R"({"_sd":["$0"]})", {kName, kTown}), "disclosure_unreferenced");
  EXPECT_EQ(Reason(R"({"note":"$0"})", {kName}), "disclosure_unreferenced");
}

TEST(DisclosedPayloadTest, ADisclosureIsGivenOnce) {
  EXPECT_EQ(Reason(R"({"_sd":["$0"]})", {kName, kName}), "disclosure_twice");
}

TEST(DisclosedPayloadTest, ArityFitsThePlace) {
  EXPECT_EQ(Reason(R"({"_sd":["$0"]})", {kElement}), "disclosure_shape");
  EXPECT_EQ(Reason(R"({"list":[{"...":"$0"}]})", {kName}), "disclosure_shape");
}

TEST(DisclosedPayloadTest, DigestsStandWhereTheyMay) {
  for (const char* payload :
       {R"({"_sd":"$0"})", R"({"_sd":{}})", R"({"_sd":null})", R"({"_sd":[1]})",
        R"({"_sd":["short"]})", R"({"_sd":["$0="]})", R"({"_sd":[["$0"]]})", R"({"...":"$0"})",
        R"({"in":{"...":"$0"}})", R"({"list":[{"...":"$0","x":1}]})", R"({"list":[{"...":1}]})",
        R"({"list":[{"...":{"...":"$0"}}]})"}) {
    EXPECT_EQ(Reason(payload, {kElement}), "sd_digest") << payload;
  }
  // A second spelling of a digest, with a spare bit set, must not pass for a decoy.
  std::string other = Text(kName);
  ++other.back();
  EXPECT_EQ(Reason(R"({"_sd":["$0",")" + other + R"("]})", {kName}), "sd_digest");
}

TEST(DisclosedPayloadTest, OnlySha256) {
  for (const char* alg : {R"("sha-512")", R"("SHA-256")", R"("")", "null", R"(["sha-256"])"}) {
    EXPECT_EQ(Reason(R"({"_sd_alg":)" + std::string(alg) + "}", {}), "sd_alg") << alg;
  }
  EXPECT_EQ(WriteJson(*Disclose(R"({"_sd_alg":"sha-256","a":1})", {})), R"({"a":1})");
}

TEST(DisclosedPayloadTest, ThePayloadIsAnObject) {
  EXPECT_EQ(Reason("[]", {}), "sd_payload");
  EXPECT_EQ(Reason("null", {}), "sd_payload");
}

TEST(DisclosedPayloadTest, TheResultIsNoDeeperThanADocumentMayBe) {
  const Disclosure inner =
      Of(R"(["salt-6","d",)" + std::string(10, '[') + std::string(10, ']') + "]");
  const auto nested = [](int depth) {
    std::string payload;
    for (int i = 1; i < depth; ++i) payload += R"({"x":)";
    return payload + R"({"_sd":["$0"]})" + std::string(static_cast<size_t>(depth - 1), '}');
  };
  EXPECT_TRUE(Disclose(nested(6), {inner}).ok());
  EXPECT_EQ(Reason(nested(7), {inner}), "json_depth");
}

}  // namespace
}  // namespace bonafide::certs
