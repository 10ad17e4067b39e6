#include "registry/request_token.h"

#include <gtest/gtest.h>

#include "certs/reason.h"
#include "registry/event_schema.h"
#include "tests/registry/golden_event.h"
#include "tests/registry/seeded_random.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

using certs::Json;

constexpr int64_t kNowS = 1'750'000'000;
constexpr char kMethod[] = "/example.v1.Papers/Fetch";
// Made by another program from the seed of SeededKey("issuer").
constexpr char kGoldenRequest[] =
    "eyJhbGciOiJFZDI1NTE5Iiwia2lkIjoiSDUtTXdzdkx2TnRwTEE4M2U2V3p6d3d4NnpiOXBwZVhXaE8yU2VXNnVZRS"
    "IsInR5cCI6ImJvbmFmaWRlLXJlcXVlc3Qrand0In0.eyJpc3MiOiJodHRwczovL3JlZ2lzdGVyLmV4YW1wbGUvZGVt"
    "by9vLzUiLCJhdWQiOiJyZWdpc3Rlci5leGFtcGxlL2RlbW8iLCJqdGkiOiJBQUVDQXdRRkJnY0lDUW9MREEwT0R3Ii"
    "wiaWF0IjoxNzUwMDAwMDAwLCJleHAiOjE3NTAwMDAzMDAsIm1ldGhvZCI6Ii9leGFtcGxlLnYxLlBhcGVycy9GZXRj"
    "aCIsImRpZ2VzdCI6IjM4MjYzNWM5MzI1YmYzMjczZDE5NWZmMWI4YTQ0ZTViMTFhZmQ3ZDk3YWRkZWI4ODYzZWEzNW"
    "ZlYjk4YzFhMDcifQ.FgE4I-9Ex_UBpuDRYzeCc2bjHjQrbzR9Avv1h5ZVJMJ6KwyFkMJDOpd9lzc3-ImRCUxPEcQqM"
    "e9_MVTh02ldBw";

Request GoldenRequest() { return {{5}, kNowS, kNowS + 300, kMethod, Sha256("paper")}; }

std::string Made(const Request& request) {
  SeededRandom random(1);
  const auto token = MakeRequestToken(request, kGoldenOrigin, SeededKey("issuer"), random);
  return token.ok() ? *token : "refused: " + ReasonOf(token.status());
}

std::string ReasonFor(std::string_view token) {
  const auto parsed = ParseRequestToken(token, kGoldenOrigin);
  return parsed.ok() ? "" : ReasonOf(parsed.status());
}

Json GoldenPayload() { return PayloadOf(kGoldenRequest); }

std::string RefusalOfRequest(const Json& payload) {
  const certs::PrivateKey key = SeededKey("issuer");
  return ReasonFor(ForgeToken(HeaderFor(key, kRequestTyp), payload, key));
}

std::string RefusalOfRequest(std::string_view path, std::string_view value) {
  return RefusalOfRequest(With(GoldenPayload(), path, *certs::ParseJson(value)));
}

TEST(RequestToken, TheGoldenOneIsRead) {
  const auto parsed = ParseRequestToken(kGoldenRequest, kGoldenOrigin);
  ASSERT_TRUE(parsed.ok()) << parsed.status();
  EXPECT_EQ(parsed->request.issuer, merkle::SubjectNumber{5});
  EXPECT_EQ(parsed->request.issued_at_s, kNowS);
  EXPECT_EQ(parsed->request.expires_at_s, kNowS + 300);
  EXPECT_EQ(parsed->request.method, kMethod);
  EXPECT_EQ(parsed->request.paper, Sha256("paper"));
  EXPECT_EQ(parsed->jti, "AAECAwQFBgcICQoLDA0ODw");
  EXPECT_TRUE(
      VerifyRequestToken(*parsed, SeededKey("issuer").public_key(), kMethod, Sha256("paper"), kNowS)
          .ok());
}

TEST(RequestToken, WhatIsMadeIsTheGoldenOneButForItsNonce) {
  EXPECT_EQ(certs::WriteJson(Without(PayloadOf(Made(GoldenRequest())), "jti")),
            certs::WriteJson(Without(GoldenPayload(), "jti")));
  Request plain = GoldenRequest();
  plain.paper.reset();
  const auto parsed = ParseRequestToken(Made(plain), kGoldenOrigin);
  ASSERT_TRUE(parsed.ok());
  EXPECT_FALSE(parsed->request.paper.has_value());
}

TEST(RequestToken, IsNoEventAndAnEventIsNoRequest) {
  EXPECT_EQ(ReasonFor(Golden("withdrawal").jwt), "token_typ");
  EXPECT_EQ(ReasonOf(ParseToken(kGoldenRequest, kGoldenOrigin).status()), "token_typ");
}

TEST(RequestToken, IsClosed) {
  for (std::string_view claim : {"iss", "aud", "jti", "iat", "exp", "method"}) {
    EXPECT_EQ(RefusalOfRequest(Without(GoldenPayload(), claim)), "claim_missing") << claim;
    EXPECT_EQ(RefusalOfRequest(claim, "null"), "claim_type") << claim;
  }
  for (std::string_view claim : {"sub", "nbf", "vct", "_sd_alg", "x"}) {
    EXPECT_EQ(RefusalOfRequest(claim, "1"), "claim_unknown") << claim;
  }
  EXPECT_EQ(RefusalOfRequest(Json::Array({GoldenPayload()})), "claim_type");
}

TEST(RequestToken, HasForms) {
  EXPECT_EQ(RefusalOfRequest("iss", "\"https://other.example/o/5\""), "iss");
  EXPECT_EQ(RefusalOfRequest("aud", "\"other.example\""), "aud");
  EXPECT_EQ(RefusalOfRequest("jti", "\"short\""), "claim_range");
  EXPECT_EQ(RefusalOfRequest("iat", "-1"), "claim_range");
  EXPECT_EQ(RefusalOfRequest("iat", "1750000000.5"), "claim_type");
  for (std::string_view method :
       {"\"\"", "\"example.v1.Papers/Fetch\"", "\"/example.v1.Papers\"", "\"/example.v1.Papers/\"",
        "\"//Fetch\"", "\"/a/b/c\"", "\"/a b/c\"", "\"/a/b.c\"", "\"/a/b?x\""}) {
    EXPECT_EQ(RefusalOfRequest("method", method), "claim_range") << method;
  }
  EXPECT_EQ(RefusalOfRequest("method", "\"/a/" + std::string(197, 'b') + "\""), "");
  EXPECT_EQ(RefusalOfRequest("method", "\"/a/" + std::string(198, 'b') + "\""), "claim_range");
  EXPECT_EQ(RefusalOfRequest("digest", "\"00\""), "claim_range");
  EXPECT_EQ(RefusalOfRequest("digest", "7"), "claim_type");
  EXPECT_EQ(ReasonFor(std::string(kMaxRequestTokenBytes + 1, 'a')), "token_size");
}

TEST(RequestToken, LivesAtMostFiveMinutes) {
  const auto refusal = [](int64_t life_s) {
    return RefusalOfRequest("exp", std::to_string(kNowS + life_s));
  };
  EXPECT_EQ(refusal(1), "");
  EXPECT_EQ(refusal(300), "");
  EXPECT_EQ(refusal(301), "claim_conflict");
  EXPECT_EQ(refusal(0), "claim_conflict");
  EXPECT_EQ(refusal(-1), "claim_conflict");
  Request request = GoldenRequest();
  request.expires_at_s += 1;
  EXPECT_EQ(Made(request), "refused: claim_conflict");
}

class VerifyRequest : public testing::Test {
 protected:
  std::string Refusal(std::string_view method, const std::optional<Digest>& paper, int64_t now_s,
                      const certs::PublicKey& key = SeededKey("issuer").public_key()) {
    return ReasonOf(VerifyRequestToken(token_, key, method, paper, now_s));
  }

  const RequestToken token_ = *ParseRequestToken(kGoldenRequest, kGoldenOrigin);
  const Digest paper_ = Sha256("paper");
};

TEST_F(VerifyRequest, CountsFromAMinuteBeforeUntilItExpires) {
  EXPECT_EQ(Refusal(kMethod, paper_, kNowS - 60), "");
  EXPECT_EQ(Refusal(kMethod, paper_, kNowS - 61), "request_early");
  EXPECT_EQ(Refusal(kMethod, paper_, kNowS + 299), "");
  EXPECT_EQ(Refusal(kMethod, paper_, kNowS + 300), "request_expired");
  EXPECT_EQ(Refusal(kMethod, paper_, kNowS + 100'000), "request_expired");
}

TEST_F(VerifyRequest, IsForOneMethodAndPaper) {
  EXPECT_EQ(Refusal("/example.v1.Papers/List", paper_, kNowS), "request_method");
  EXPECT_EQ(Refusal(kMethod, Sha256("other"), kNowS), "request_paper");
  EXPECT_EQ(Refusal(kMethod, std::nullopt, kNowS), "request_paper");
}

TEST_F(VerifyRequest, IsSignedByTheKeyItNames) {
  EXPECT_EQ(Refusal(kMethod, paper_, kNowS, SeededKey("other").public_key()), "token_key");
  std::string forged = kGoldenRequest;
  forged[forged.size() - 10] = forged[forged.size() - 10] == 'A' ? 'B' : 'A';
  const auto token = ParseRequestToken(forged, kGoldenOrigin);
  ASSERT_TRUE(token.ok());
  EXPECT_EQ(ReasonOf(VerifyRequestToken(*token, SeededKey("issuer").public_key(), kMethod, paper_,
                                        kNowS)),
            "token_signature_wrong");
}

}  // namespace
}  // namespace bonafide::registry
