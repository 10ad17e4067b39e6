#include "certs/jws.h"

#include <gtest/gtest.h>

#include "certs/base64.h"
#include "certs/json.h"
#include "certs/reason.h"
#include "tests/certs/vectors.h"

namespace bonafide::certs {
namespace {

constexpr std::string_view kTyp = "dc+sd-jwt";
constexpr std::string_view kPayload = R"({"iss":"https://register.example/o/1"})";

// The key of RFC 8037 appendix A; Ed25519 signs deterministically, so whole tokens can be golden.
const PrivateKey& Ed25519Key() {
  static const PrivateKey key =
      *PrivateKey::FromEd25519Seed(*Base64UrlDecode("nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A"));
  return key;
}

const PrivateKey& P256Key() {
  static const PrivateKey key = PrivateKey::Generate(Algorithm::kEs256);
  return key;
}

// A token with that header, signed by `key` as it stands.
std::string TokenWith(const std::string& header, const Signer& key) {
  std::string token = Base64UrlEncode(header) + '.' + Base64UrlEncode(kPayload);
  return token + '.' + Base64UrlEncode(*key.Sign(token));
}

std::string HeaderWith(const std::string& more, const PrivateKey& key) {
  return R"({"alg":")" + std::string(AlgorithmName(key.public_key().algorithm())) + R"(","kid":")" +
         key.public_key().id().ToString() + R"(","typ":"dc+sd-jwt")" + more + "}";
}

absl::Status Check(const std::string& token, const PublicKey& key) {
  const auto jws = ParseJws(token);
  if (!jws.ok()) return jws.status();
  return VerifyJws(*jws, key, kTyp);
}

std::string Reason(const std::string& token) {
  return ReasonOf(Check(token, Ed25519Key().public_key()));
}

TEST(JwsTest, GoldenToken) {
  const std::string token = *SignJws(Ed25519Key(), kTyp, kPayload);
  EXPECT_EQ(
      token,
      "eyJhbGciOiJFZDI1NTE5Iiwia2lkIjoia1ByS19xbXhWV2FZVkE5d3dCRjZJdW8zdlZ6ejdUeEhDVHdYQnlnclM0"
      "ayIsInR5cCI6ImRjK3NkLWp3dCJ9."
      "eyJpc3MiOiJodHRwczovL3JlZ2lzdGVyLmV4YW1wbGUvby8xIn0."
      "Vt7rFLmEp08_y1nyQ9sEvYUYNd5mYrdFV5pV3egQ9VO2WXkcr5AFb89zM37iHUAQOQGZ_402qmLwPwyxp-2OCA");
  const auto jws = ParseJws(token);
  ASSERT_TRUE(jws.ok()) << jws.status();
  EXPECT_EQ(jws->algorithm, Algorithm::kEd25519);
  EXPECT_EQ(jws->kid, Ed25519Key().public_key().id());
  EXPECT_EQ(jws->typ, kTyp);
  EXPECT_EQ(jws->payload, kPayload);
  EXPECT_EQ(jws->signature.size(), 64u);
  EXPECT_EQ(jws->signing_input(), token.substr(0, token.rfind('.')));
  EXPECT_TRUE(VerifyJws(*jws, Ed25519Key().public_key(), kTyp).ok());
}

TEST(JwsTest, BothAlgorithmsReturn) {
  for (const PrivateKey* key : {&Ed25519Key(), &P256Key()}) {
    const std::string token = *SignJws(*key, kTyp, kPayload);
    EXPECT_TRUE(Check(token, key->public_key()).ok());
    EXPECT_TRUE(Check(TokenWith(HeaderWith("", *key), *key), key->public_key()).ok());
  }
}

TEST(JwsTest, AMovedTokenKeepsItsSigningInput) {
  Jws jws = *ParseJws(*SignJws(P256Key(), kTyp, kPayload));
  const std::string before(jws.signing_input());
  const Jws moved = std::move(jws);
  EXPECT_EQ(moved.signing_input(), before);
}

TEST(JwsTest, PartsAreThree) {
  const std::string token = *SignJws(Ed25519Key(), kTyp, kPayload);
  const size_t last = token.rfind('.');
  for (const std::string& bad :
       {std::string(), std::string("."), std::string(".."), std::string("a.b"), token + ".",
        token + ".a", "." + token, token.substr(0, last), token.substr(0, last + 1),
        token.substr(token.find('.')), std::string("....")}) {
    EXPECT_EQ(Reason(bad), "token_parts") << bad;
  }
}

TEST(JwsTest, OtherSerialisationsAndKindsAreRefused) {
  EXPECT_EQ(Reason(R"({"payload":"e30","signatures":[]})"), "token_parts");
  EXPECT_EQ(Reason("register.example\n1\nAAAA=\n\n\xe2\x80\x94 register.example AAAA\n"),
            "base64url");
  const std::string token = *SignJws(Ed25519Key(), kTyp, kPayload);
  EXPECT_EQ(Reason(token + "~"), "base64url");
  EXPECT_EQ(Reason(token + "\n"), "base64url");
  EXPECT_EQ(Reason(" " + token), "base64url");
  EXPECT_EQ(Reason(token + "=="), "base64url");
}

TEST(JwsTest, SpareBitsOfTheSignatureAreRefused) {
  std::string token = *SignJws(Ed25519Key(), kTyp, kPayload);
  ASSERT_NE(std::string("AQgw").find(token.back()), std::string::npos);
  ++token.back();
  EXPECT_EQ(Reason(token), "base64url");
}

TEST(JwsTest, HeaderIsClosed) {
  for (std::string_view name : {"crit", "b64", "jwk", "jku", "x5u", "x5c"}) {
    for (std::string_view value : {"[]", "true", "{}", "\"https://attacker.example/\""}) {
      const std::string more = ",\"" + std::string(name) + "\":" + std::string(value);
      const absl::Status status =
          Check(TokenWith(HeaderWith(more, Ed25519Key()), Ed25519Key()), Ed25519Key().public_key());
      EXPECT_EQ(ReasonOf(status), "token_header");
      EXPECT_NE(std::string(status.message()).find(name), std::string::npos) << status;
    }
  }
  const absl::Status status = Check(
      TokenWith(HeaderWith(R"(,"canary":1)", Ed25519Key()), Ed25519Key()), P256Key().public_key());
  EXPECT_EQ(ReasonOf(status), "token_header");
  EXPECT_EQ(std::string(status.message()).find("canary"), std::string::npos);
}

TEST(JwsTest, HeaderIsComplete) {
  const std::string kid = Ed25519Key().public_key().id().ToString();
  const std::pair<std::string, std::string> kBad[] = {
      {"{}", "token_header"},
      {"[]", "token_header"},
      {"null", "token_header"},
      {R"({"alg":"Ed25519","kid":")" + kid + "\"}", "token_header"},
      {R"({"alg":"Ed25519","typ":"dc+sd-jwt"})", "token_header"},
      {R"({"kid":")" + kid + R"(","typ":"dc+sd-jwt"})", "token_header"},
      {R"({"alg":"Ed25519","kid":")" + kid + R"(","typ":null})", "token_header"},
      {R"({"alg":["Ed25519"],"kid":")" + kid + R"(","typ":"dc+sd-jwt"})", "token_header"},
      {R"({"alg":"Ed25519","alg":"none","kid":")" + kid + R"(","typ":"dc+sd-jwt"})",
       "json_duplicate_name"},
      {R"({"alg":"Ed25519","\u0061lg":"none","kid":")" + kid + R"(","typ":"dc+sd-jwt"})",
       "json_duplicate_name"},
      {HeaderWith("", Ed25519Key()) + "{}", "json_syntax"},
      {HeaderWith("", Ed25519Key()) + std::string(1, '\0'), "json_syntax"},
      {"\xef\xbb\xbf" + HeaderWith("", Ed25519Key()), "json_utf8"},
      {HeaderWith(",\"x\":[[[]]]", Ed25519Key()), "json_depth"},
      {HeaderWith("", Ed25519Key()) + std::string(2000, ' '), "json_size"},
  };
  for (const auto& [header, reason] : kBad) {
    EXPECT_EQ(Reason(TokenWith(header, Ed25519Key())), reason) << header;
  }
}

TEST(JwsTest, AlgorithmsAreTwo) {
  const std::string kid = Ed25519Key().public_key().id().ToString();
  for (const char* alg : {"none", "None", "nOnE", "", "HS256", "ES384", "ES256K", "EdDSA", "es256",
                          "ED25519", "Ed25519 ", "RS256"}) {
    EXPECT_EQ(Reason(TokenWith(std::string(R"({"alg":")") + alg + R"(","kid":")" + kid +
                                   R"(","typ":"dc+sd-jwt"})",
                               Ed25519Key())),
              "token_alg")
        << alg;
  }
}

TEST(JwsTest, KidIsAThumbprint) {
  const std::string kid = Ed25519Key().public_key().id().ToString();
  for (const std::string& bad : {std::string(), std::string("1"), kid + "=", kid.substr(1),
                                 std::string("../../../etc/passwd"), "https://a.example/" + kid}) {
    EXPECT_EQ(Reason(TokenWith(R"({"alg":"Ed25519","kid":")" + bad + R"(","typ":"dc+sd-jwt"})",
                               Ed25519Key())),
              "token_kid")
        << bad;
  }
}

TEST(JwsTest, AlgAndKidMustBeTheKeys) {
  // Another issuer's kid over one's own signature, and the other way round.
  const std::string foreign_kid = TokenWith(HeaderWith("", P256Key()), Ed25519Key());
  EXPECT_EQ(Reason(foreign_kid), "token_key");
  EXPECT_EQ(ReasonOf(Check(foreign_kid, P256Key().public_key())), "token_signature_wrong");
  const PrivateKey other = PrivateKey::Generate(Algorithm::kEd25519);
  EXPECT_EQ(Reason(TokenWith(HeaderWith("", other), Ed25519Key())), "token_key");
  const std::string foreign_alg =
      TokenWith(R"({"alg":"ES256","kid":")" + Ed25519Key().public_key().id().ToString() +
                    R"(","typ":"dc+sd-jwt"})",
                Ed25519Key());
  EXPECT_EQ(Reason(foreign_alg), "token_key");
}

TEST(JwsTest, TypIsExact) {
  for (std::string_view typ : {"", "JWT", "vc+sd-jwt", "DC+SD-JWT", "dc+sd-jwt ", "kb+jwt",
                               "application/dc+sd-jwt", "dc+sd-jw"}) {
    EXPECT_EQ(Reason(*SignJws(Ed25519Key(), typ, kPayload)), "token_typ") << typ;
  }
}

TEST(JwsTest, SignaturesHave64Bytes) {
  const std::string token = *SignJws(P256Key(), kTyp, kPayload);
  const std::string input = token.substr(0, token.rfind('.') + 1);
  const std::string raw = *Base64UrlDecode(token.substr(input.size()));
  const std::string der = "\x30\x44\x02\x20" + raw.substr(0, 32) + "\x02\x20" + raw.substr(32);
  for (const std::string& bad : {raw.substr(1), raw + raw[0], der, std::string(1, 'a')}) {
    EXPECT_EQ(ReasonOf(Check(input + Base64UrlEncode(bad), P256Key().public_key())),
              "token_signature_size");
  }
  EXPECT_EQ(ReasonOf(Check(input + Base64UrlEncode(std::string(64, '\0')), P256Key().public_key())),
            "token_signature_wrong");
}

TEST(JwsTest, EveryChangedCharacterIsRefused) {
  for (const PrivateKey* key : {&Ed25519Key(), &P256Key()}) {
    const std::string token = *SignJws(*key, kTyp, kPayload);
    for (size_t at = 0; at < token.size(); ++at) {
      for (char c : {'A', 'b', '.', '~', '=', '\0'}) {
        std::string other = token;
        other[at] = c;
        if (other != token) {
          EXPECT_FALSE(Check(other, key->public_key()).ok()) << at;
        }
      }
      EXPECT_FALSE(Check(token.substr(0, at), key->public_key()).ok()) << at;
    }
  }
}

TEST(JwsTest, SizeIsCapped) {
  const std::string token = *SignJws(Ed25519Key(), kTyp, std::string(24'000, ' '));
  EXPECT_TRUE(ParseJws(token).ok());
  EXPECT_EQ(ReasonOf(ParseJws(token, {.size_bytes = token.size() - 1}).status()), "token_size");
  EXPECT_EQ(Reason(*SignJws(Ed25519Key(), kTyp, std::string(25'000, ' '))), "token_size");
}

TEST(JwsTest, IdentityIsThatOfTheSigningInput) {
  const Jws first = *ParseJws(*SignJws(P256Key(), kTyp, kPayload));
  const Jws again = *ParseJws(*SignJws(P256Key(), kTyp, kPayload));
  EXPECT_NE(first.token, again.token);  // ECDSA draws a new nonce
  EXPECT_EQ(Identity(first), Identity(again));
  EXPECT_EQ(Identity(first), Sha256(first.signing_input()));
  EXPECT_NE(Identity(first), Identity(*ParseJws(*SignJws(P256Key(), kTyp, "{}"))));
}

TEST(JwsTest, AHeaderWithoutKidNeedsTheProfile) {
  const std::string token = TokenWith(R"({"alg":"Ed25519","typ":"dc+sd-jwt"})", Ed25519Key());
  EXPECT_EQ(Reason(token), "token_header");
  const auto jws = ParseJws(token, {.kid_required = false});
  ASSERT_TRUE(jws.ok()) << jws.status();
  EXPECT_FALSE(jws->kid.has_value());
  EXPECT_TRUE(VerifyJws(*jws, Ed25519Key().public_key(), kTyp).ok());
  EXPECT_EQ(ReasonOf(VerifyJws(*jws, P256Key().public_key(), kTyp)), "token_key");
}

}  // namespace
}  // namespace bonafide::certs
