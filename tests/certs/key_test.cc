#include "certs/key.h"

#include <gtest/gtest.h>
#include <openssl/err.h>

#include <thread>

#include "certs/base64.h"
#include "certs/reason.h"
#include "tests/certs/fixed_random.h"
#include "tests/certs/vectors.h"

namespace bonafide::certs {
namespace {

// RFC 8037 appendix A.
constexpr char kRfc8037X[] = "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo";
constexpr char kRfc8037D[] = "nWGxne_9WmC6hEr0kuwsxERJxWl7MmkZcDusAxyuf2A";
constexpr char kRfc8037Thumbprint[] = "kPrK_qmxVWaYVA9wwBF6Iuo3vVzz7TxHCTwXBygrS4k";

// RFC 9901 appendix A.5; the thumbprint was computed independently.
constexpr char kP256Jwk[] =
    R"({"kty":"EC","crv":"P-256","x":"b28d4MwZMjw8-00CG4xfnn9SLMVMM19SlqZpVb_uNtQ",)"
    R"("y":"Xv5zWwuoaTgdS6hV43yI6gBwTnjukmFQQnJ_kCxzqk8"})";
constexpr char kP256Thumbprint[] = "Q5yTSREAbvZL131ynDBhalXJcF9fL0foJlMN8u6ldiY";

absl::StatusOr<PublicKey> FromText(const std::string& jwk) {
  return PublicKey::FromJwk(*ParseJson(jwk));
}

std::string OkpWith(const std::string& members) {
  return std::string(R"({"kty":"OKP","crv":"Ed25519","x":")") + kRfc8037X + "\"" + members + "}";
}

std::string EcWith(const std::string& members) {
  std::string jwk = kP256Jwk;
  jwk.pop_back();
  return jwk + members + "}";
}

std::string EcOf(std::string_view x_hex, std::string_view y_hex) {
  return R"({"kty":"EC","crv":"P-256","x":")" + Base64UrlEncode(FromHex(x_hex)) + R"(","y":")" +
         Base64UrlEncode(FromHex(y_hex)) + "\"}";
}

TEST(KeyTest, ThumbprintOfRfc8037) {
  const auto key = FromText(OkpWith(""));
  ASSERT_TRUE(key.ok()) << key.status();
  EXPECT_EQ(key->id().ToString(), kRfc8037Thumbprint);
  EXPECT_EQ(key->algorithm(), Algorithm::kEd25519);
  EXPECT_EQ(WriteJson(key->ToJwk()),
            std::string(R"({"crv":"Ed25519","kty":"OKP","x":")") + kRfc8037X + "\"}");
}

TEST(KeyTest, SignatureOfRfc8037) {
  const std::string input = "eyJhbGciOiJFZERTQSJ9.RXhhbXBsZSBvZiBFZDI1NTE5IHNpZ25pbmc";
  const std::string signature =
      "hgyY0il_MGCjP0JzlnLWG1PPOt7-09PGcvMg3AIbQR6dWbhijcNR4ki4iylGjg5BhVsPt9g7sVvpAr_MuM0KAg";
  const auto key = PrivateKey::FromEd25519Seed(*Base64UrlDecode(kRfc8037D));
  ASSERT_TRUE(key.ok());
  EXPECT_EQ(Base64UrlEncode(key->public_key().raw()), kRfc8037X);
  EXPECT_EQ(Base64UrlEncode(*key->Sign(input)), signature);
  EXPECT_TRUE(key->public_key().Verify(input, *Base64UrlDecode(signature)));
}

TEST(KeyTest, ThumbprintOfAP256Key) {
  const auto key = FromText(kP256Jwk);
  ASSERT_TRUE(key.ok()) << key.status();
  EXPECT_EQ(key->id().ToString(), kP256Thumbprint);
  EXPECT_EQ(key->algorithm(), Algorithm::kEs256);
  EXPECT_EQ(key->ToJwk(), *ParseJson(kP256Jwk));
}

TEST(KeyTest, OptionalMembersMustAgree) {
  EXPECT_TRUE(FromText(OkpWith(std::string(R"(,"alg":"Ed25519","use":"sig","kid":")") +
                               kRfc8037Thumbprint + "\""))
                  .ok());
  EXPECT_TRUE(FromText(EcWith(std::string(R"(,"alg":"ES256","use":"sig","kid":")") +
                              kP256Thumbprint + "\""))
                  .ok());
  const std::pair<std::string, std::string> kBad[] = {
      {OkpWith(R"(,"alg":"ES256")"), "jwk_algorithm"},
      {OkpWith(R"(,"alg":"EdDSA")"), "jwk_algorithm"},
      {EcWith(R"(,"alg":"es256")"), "jwk_algorithm"},
      {EcWith(R"(,"use":"enc")"), "jwk_algorithm"},
      {EcWith(std::string(R"(,"kid":")") + kRfc8037Thumbprint + "\""), "jwk_kid"},
      {OkpWith(R"(,"kid":"1")"), "jwk_kid"},
      {OkpWith(R"(,"use":1)"), "jwk_member"},
      {OkpWith(R"(,"key_ops":["verify"])"), "jwk_member"},
      {OkpWith(R"(,"y":"AA")"), "jwk_member"},
      {EcWith(R"(,"x5c":[])"), "jwk_member"},
  };
  for (const auto& [jwk, reason] : kBad) {
    EXPECT_EQ(ReasonOf(FromText(jwk).status()), reason) << jwk;
  }
}

TEST(KeyTest, APrivatePartIsRefusedWithoutRepeatingIt) {
  for (const std::string& jwk : {OkpWith(R"(,"d":"canary")"), EcWith(R"(,"d":"canary")"),
                                 EcWith(R"(,"k":"canary")"), OkpWith(R"(,"d":null)")}) {
    const absl::Status status = FromText(jwk).status();
    EXPECT_EQ(ReasonOf(status), "jwk_private") << jwk;
    EXPECT_EQ(std::string(status.message()).find("canary"), std::string::npos);
  }
}

TEST(KeyTest, OtherKindsOfKeyAreRefused) {
  for (const char* jwk :
       {R"({})", R"({"kty":"RSA","n":"AQAB","e":"AQAB"})", R"({"kty":"oct","k":"AA"})",
        R"({"kty":"EC","crv":"P-384","x":"AA","y":"AA"})",
        R"({"kty":"EC","crv":"secp256k1","x":"AA","y":"AA"})",
        R"({"kty":"OKP","crv":"X25519","x":"AA"})", R"({"kty":"OKP","crv":"Ed448","x":"AA"})",
        R"({"kty":"EC","crv":"Ed25519","x":"AA"})", R"({"kty":"ec","crv":"P-256"})"}) {
    EXPECT_EQ(ReasonOf(FromText(jwk).status()), "jwk_algorithm") << jwk;
  }
  EXPECT_EQ(ReasonOf(FromText("[]").status()), "jwk_member");
  EXPECT_EQ(ReasonOf(FromText(R"({"kty":"EC","crv":"P-256"})").status()), "jwk_member");
}

TEST(KeyTest, CoordinatesHaveExactlyOneSpelling) {
  const std::string x = kRfc8037X;
  for (const std::string& other :
       {x + "=", x.substr(1), x + "A", x.substr(0, 42) + "p", " " + x, std::string()}) {
    const std::string jwk = R"({"kty":"OKP","crv":"Ed25519","x":")" + other + "\"}";
    EXPECT_EQ(ReasonOf(FromText(jwk).status()), "key_encoding") << jwk;
  }
  const std::string with_zero = "00" + std::string(64, '1');
  EXPECT_EQ(ReasonOf(FromText(EcOf(with_zero, std::string(64, '1'))).status()), "key_encoding");
  EXPECT_EQ(ReasonOf(PublicKey::FromEd25519Raw(std::string(31, 'a')).status()), "key_encoding");
  EXPECT_EQ(ReasonOf(PublicKey::FromP256Raw(std::string(65, '\x04')).status()), "key_encoding");
}

TEST(KeyTest, P256PointsLieOnTheCurve) {
  const std::string zero(64, '0');
  const std::string y = "66485c780e2f83d72433bd5d84a06bb6541c2af31dae871728bf856a174f93f4";
  const std::string p = "ffffffff00000001000000000000000000000000ffffffffffffffffffffffff";
  EXPECT_TRUE(FromText(EcOf(zero, y)).ok());  // x = 0 is a point
  for (const std::string& jwk : {EcOf(p, y), EcOf(zero, zero), EcOf(zero, y.substr(0, 63) + "5"),
                                 EcOf(y, zero), EcOf(std::string(64, 'f'), std::string(64, 'f'))}) {
    EXPECT_EQ(ReasonOf(FromText(jwk).status()), "key_point") << jwk;
  }
}

TEST(KeyTest, SmallOrderEd25519KeysAreRefused) {
  for (std::string_view hex :
       {"0100000000000000000000000000000000000000000000000000000000000000",
        "0100000000000000000000000000000000000000000000000000000000000080",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff7f",
        "ecffffffffffffffffffffffffffffffffffffffffffffffffffffffffffffff",
        "0000000000000000000000000000000000000000000000000000000000000000",
        "0000000000000000000000000000000000000000000000000000000000000080",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc05",
        "26e8958fc2b227b045c3f489f2ef98f0d5dfac05d3c63339b13802886d53fc85",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac037a",
        "c7176a703d4dd84fba3c0b760d10670f2a2053fa2c39ccc64ec7fd7792ac03fa"}) {
    EXPECT_EQ(ReasonOf(PublicKey::FromEd25519Raw(FromHex(hex)).status()), "key_point") << hex;
  }
}

TEST(KeyTest, NonCanonicalEd25519KeysAreRefused) {
  // y = p .. 2^255 - 1, with and without the sign bit.
  for (int low = 0xed; low <= 0xff; ++low) {
    for (char high : {'\x7f', '\xff'}) {
      std::string raw(32, '\xff');
      raw.front() = static_cast<char>(low);
      raw.back() = high;
      EXPECT_EQ(ReasonOf(PublicKey::FromEd25519Raw(raw).status()), "key_encoding") << low;
    }
  }
}

TEST(KeyTest, Ed25519KeysLieOnTheCurve) {
  // Which small y have an x was computed independently.
  const std::pair<char, bool> kCases[] = {{2, false}, {3, true}, {4, true},
                                          {5, true},  {6, true}, {7, false}};
  for (const auto& [y, on_curve] : kCases) {
    for (char sign : {'\0', '\x80'}) {
      std::string raw(32, '\0');
      raw.front() = y;
      raw.back() = sign;
      const auto key = PublicKey::FromEd25519Raw(raw);
      EXPECT_EQ(key.ok(), on_curve) << static_cast<int>(y);
      if (!on_curve) {
        EXPECT_EQ(ReasonOf(key.status()), "key_point");
      }
    }
  }
}

class SigningTest : public testing::TestWithParam<Algorithm> {
 protected:
  const PrivateKey key_ = PrivateKey::Generate(GetParam());
};

INSTANTIATE_TEST_SUITE_P(Algorithms, SigningTest,
                         testing::Values(Algorithm::kEs256, Algorithm::kEd25519));

TEST_P(SigningTest, SignsWhatItVerifies) {
  for (const std::string& message : {std::string(), std::string("a"), std::string(100'000, 'x')}) {
    const auto signature = key_.Sign(message);
    ASSERT_TRUE(signature.ok());
    EXPECT_EQ(signature->size(), 64u);
    EXPECT_TRUE(key_.public_key().Verify(message, *signature));
    EXPECT_FALSE(key_.public_key().Verify(message + "x", *signature));
  }
}

TEST_P(SigningTest, EveryFlippedBitIsRefused) {
  const std::string signature = *key_.Sign("message");
  for (size_t bit = 0; bit < 8 * signature.size(); ++bit) {
    std::string other = signature;
    other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(key_.public_key().Verify("message", other)) << bit;
  }
}

TEST_P(SigningTest, OtherSizesAreRefused) {
  const std::string signature = *key_.Sign("message");
  for (const std::string& other : {std::string(), signature.substr(0, 63), signature.substr(1),
                                   signature + '\0', '\0' + signature, signature + signature,
                                   signature.substr(0, 32) + '\0' + signature.substr(32)}) {
    EXPECT_FALSE(key_.public_key().Verify("message", other));
  }
}

TEST_P(SigningTest, KeysDoNotMixOnOneThread) {
  const PrivateKey other = PrivateKey::Generate(GetParam());
  const std::string signature = *key_.Sign("message");
  EXPECT_TRUE(key_.public_key().Verify("message", signature));
  EXPECT_FALSE(other.public_key().Verify("message", signature));
  EXPECT_TRUE(other.public_key().Verify("message", *other.Sign("message")));
  EXPECT_TRUE(key_.public_key().Verify("message", signature));
}

TEST_P(SigningTest, ARefusalLeavesNoErrorForTlsToTripOver) {
  ERR_clear_error();
  EXPECT_FALSE(key_.public_key().Verify("message", std::string(64, '\0')));
  EXPECT_FALSE(key_.public_key().Verify("message", std::string(64, '\xff')));
  EXPECT_FALSE(PublicKey::FromP256Raw(std::string(64, '\1')).ok());
  EXPECT_FALSE(PrivateKey::FromPem("-----BEGIN PRIVATE KEY-----\nAAAA\n").ok());
  EXPECT_EQ(ERR_peek_error(), 0u);
}

TEST_P(SigningTest, PemReturnsTheSameKey) {
  const std::string pem = key_.ToPem();
  const auto read = PrivateKey::FromPem(pem);
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(read->public_key(), key_.public_key());
  EXPECT_TRUE(key_.public_key().Verify("message", *read->Sign("message")));
  EXPECT_EQ(read->ToPem(), pem);
}

TEST_P(SigningTest, JwkReturnsTheSameKey) {
  const auto read = PublicKey::FromJwk(key_.public_key().ToJwk());
  ASSERT_TRUE(read.ok()) << read.status();
  EXPECT_EQ(*read, key_.public_key());
  EXPECT_EQ(read->raw(), key_.public_key().raw());
}

TEST_P(SigningTest, OneSourceOfBytesGivesOneKey) {
  CountingRandom one(7), same(7), other(8);
  const PrivateKey key = PrivateKey::Generate(GetParam(), one);
  EXPECT_EQ(key.public_key(), PrivateKey::Generate(GetParam(), same).public_key());
  EXPECT_FALSE(key.public_key() == PrivateKey::Generate(GetParam(), other).public_key());
}

TEST_P(SigningTest, ThreadsShareAKey) {
  const std::string signature = *key_.Sign("message");
  std::vector<std::thread> threads;
  std::atomic<int> right = 0;
  for (int i = 0; i < 4; ++i) {
    threads.emplace_back([&] {
      for (int round = 0; round < 50; ++round) {
        const bool good = key_.public_key().Verify("message", signature);
        const bool bad = key_.public_key().Verify("massage", signature);
        right += good && !bad;
      }
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_EQ(right, 200);
}

TEST(KeyTest, AHighSIsAccepted) {
  // RFC 7518 does not ask for the low one: (r, n - s) verifies as well, so it is no identity.
  const PrivateKey key = PrivateKey::Generate(Algorithm::kEs256);
  const std::string signature = *key.Sign("message");
  const std::string n = FromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  std::string other = signature;
  int borrow = 0;
  for (size_t i = 32; i-- > 0;) {
    const int difference =
        static_cast<uint8_t>(n[i]) - static_cast<uint8_t>(signature[32 + i]) - borrow;
    borrow = difference < 0 ? 1 : 0;
    other[32 + i] = static_cast<char>(difference & 0xff);
  }
  EXPECT_NE(other, signature);
  EXPECT_TRUE(key.public_key().Verify("message", other));
}

TEST(KeyTest, RAndSLieBetweenOneAndTheOrder) {
  const PrivateKey key = PrivateKey::Generate(Algorithm::kEs256);
  const std::string signature = *key.Sign("message");
  const std::string zero(32, '\0');
  const std::string n = FromHex("ffffffff00000000ffffffffffffffffbce6faada7179e84f3b9cac2fc632551");
  for (const std::string& other :
       {zero + signature.substr(32), signature.substr(0, 32) + zero, zero + zero,
        n + signature.substr(32), signature.substr(0, 32) + n}) {
    EXPECT_FALSE(key.public_key().Verify("message", other));
  }
}

TEST(KeyTest, SeedsHave32Bytes) {
  EXPECT_EQ(ReasonOf(PrivateKey::FromEd25519Seed(std::string(31, 'a')).status()), "key_encoding");
  EXPECT_EQ(ReasonOf(PrivateKey::FromEd25519Seed(std::string(64, 'a')).status()), "key_encoding");
}

TEST(KeyTest, AlgorithmsHaveOneSpelling) {
  EXPECT_EQ(AlgorithmNamed("ES256"), Algorithm::kEs256);
  EXPECT_EQ(AlgorithmNamed("Ed25519"), Algorithm::kEd25519);
  for (std::string_view name : {"", "none", "None", "es256", "ES256 ", "EdDSA", "ed25519", "HS256",
                                "ES384", "ES256K", "RS256"}) {
    EXPECT_EQ(AlgorithmNamed(name), std::nullopt) << name;
  }
}

TEST(KeyIdTest, HasOneSpelling) {
  const std::string text = kP256Thumbprint;
  EXPECT_EQ(KeyId::Parse(text)->ToString(), text);
  for (const std::string& other :
       {std::string(), text + "=", text.substr(1), text + "A", text.substr(0, 42) + "Z",
        std::string("../../etc/passwd"), std::string("key-1"), std::string(64, 'a')}) {
    EXPECT_EQ(ReasonOf(KeyId::Parse(other).status()), "key_id") << other;
  }
}

TEST(WipeTest, EmptiesTheString) {
  std::string secret = "secret";
  Wipe(secret);
  EXPECT_TRUE(secret.empty());
}

}  // namespace
}  // namespace bonafide::certs
