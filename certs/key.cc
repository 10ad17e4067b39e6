#include "certs/key.h"

#include <openssl/core_names.h>
#include <openssl/crypto.h>

#include <array>
#include <cstdlib>

#include "certs/base64.h"
#include "certs/ed25519_point.h"
#include "certs/openssl_ptr.h"
#include "certs/reason.h"

namespace bonafide::certs {
namespace {

constexpr size_t kCoordinateSizeBytes = 32;

// The DER form of r || s, which is what OpenSSL verifies (RFC 3279 section 2.2.3). Ranges are
// checked there: r and s outside 1..n-1 do not verify.
struct DerSignature {
  std::array<unsigned char, 2 + 2 * (2 + 1 + kCoordinateSizeBytes)> bytes;
  size_t size_bytes = 0;

  explicit DerSignature(std::string_view r_s) {
    size_bytes = 2;
    AppendInteger(r_s.substr(0, kCoordinateSizeBytes));
    AppendInteger(r_s.substr(kCoordinateSizeBytes));
    bytes[0] = 0x30;
    bytes[1] = static_cast<unsigned char>(size_bytes - 2);
  }

 private:
  void AppendInteger(std::string_view big_endian) {
    while (big_endian.size() > 1 && big_endian.front() == '\0') big_endian.remove_prefix(1);
    const bool looks_negative = (big_endian.front() & 0x80) != 0;
    bytes[size_bytes++] = 0x02;
    bytes[size_bytes++] = static_cast<unsigned char>(big_endian.size() + looks_negative);
    if (looks_negative) bytes[size_bytes++] = 0;
    for (char c : big_endian) bytes[size_bytes++] = static_cast<unsigned char>(c);
  }
};

PkeyPtr ImportP256(std::string_view x_y) {
  std::string point = "\x04";  // uncompressed (SEC 1 section 2.3.3)
  point += x_y;
  char group[] = "prime256v1";
  OSSL_PARAM params[] = {
      OSSL_PARAM_construct_utf8_string(OSSL_PKEY_PARAM_GROUP_NAME, group, 0),
      OSSL_PARAM_construct_octet_string(OSSL_PKEY_PARAM_PUB_KEY, point.data(), point.size()),
      OSSL_PARAM_construct_end(),
  };
  PkeyCtxPtr ctx(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  if (ctx == nullptr || EVP_PKEY_fromdata_init(ctx.get()) != 1 ||
      EVP_PKEY_fromdata(ctx.get(), &key, EVP_PKEY_PUBLIC_KEY, params) != 1) {
    return nullptr;
  }
  return PkeyPtr(key);
}

// Strict base64url of exactly 32 bytes.
absl::StatusOr<std::string> Coordinate(const Json& jwk, std::string_view name) {
  const std::string* text = jwk.FindString(name);
  if (text == nullptr) {
    return Malformed("jwk_member", "JWK: member " + std::string(name) + " is missing or no string");
  }
  auto bytes = Base64UrlDecode(*text);
  if (!bytes.ok() || bytes->size() != kCoordinateSizeBytes) {
    return Malformed("key_encoding",
                     "JWK: member " + std::string(name) + " is not 32 bytes in strict base64url");
  }
  return bytes;
}

bool IsSecretMember(std::string_view name) {
  for (std::string_view secret : {"d", "p", "q", "dp", "dq", "qi", "oth", "k"}) {
    if (name == secret) return true;
  }
  return false;
}

absl::Status CheckMembers(const Json& jwk, Algorithm algorithm) {
  for (const Json::Member& member : jwk.members()) {
    if (IsSecretMember(member.name)) {
      return Malformed("jwk_private", "JWK: carries the secret member " + member.name +
                                          "; send the public key only, and replace this one");
    }
  }
  for (const Json::Member& member : jwk.members()) {
    const bool known = member.name == "kty" || member.name == "crv" || member.name == "x" ||
                       (member.name == "y" && algorithm == Algorithm::kEs256) ||
                       member.name == "alg" || member.name == "use" || member.name == "kid";
    if (!known) return Malformed("jwk_member", "JWK: unknown member");
    if (!member.value.IsString()) {
      return Malformed("jwk_member", "JWK: member " + member.name + " is no string");
    }
  }
  const std::string* alg = jwk.FindString("alg");
  if (alg != nullptr && *alg != AlgorithmName(algorithm)) {
    return Malformed("jwk_algorithm", "JWK: alg is not that of the curve, which is " +
                                          std::string(AlgorithmName(algorithm)));
  }
  const std::string* use = jwk.FindString("use");
  if (use != nullptr && *use != "sig") {
    return Malformed("jwk_algorithm", "JWK: use is not sig");
  }
  return absl::OkStatus();
}

Json Jwk(Algorithm algorithm, std::string_view raw) {
  const auto coordinate = [raw](size_t at) {
    return Json::String(Base64UrlEncode(raw.substr(at, kCoordinateSizeBytes)));
  };
  if (algorithm == Algorithm::kEd25519) {
    return Json::Object(
        {{"crv", Json::String("Ed25519")}, {"kty", Json::String("OKP")}, {"x", coordinate(0)}});
  }
  return Json::Object({{"crv", Json::String("P-256")},
                       {"kty", Json::String("EC")},
                       {"x", coordinate(0)},
                       {"y", coordinate(kCoordinateSizeBytes)}});
}

}  // namespace

struct PublicKey::Imported {
  Algorithm algorithm;
  std::string raw;
  KeyId id;
  PkeyPtr key;
  // ES256 only: a context ready to verify. Duplicating it is cheaper than initialising one anew,
  // and does not change it, so threads share it.
  PkeyCtxPtr verify_template;

  Imported(Algorithm of, std::string_view raw_bytes, PkeyPtr imported)
      : algorithm(of),
        raw(raw_bytes),
        id(Sha256(WriteJson(Jwk(of, raw_bytes)))),  // RFC 7638 section 3
        key(std::move(imported)) {
    if (of != Algorithm::kEs256) return;
    verify_template.reset(EVP_PKEY_CTX_new_from_pkey(nullptr, key.get(), nullptr));
    if (EVP_PKEY_verify_init(verify_template.get()) != 1) std::abort();
  }
};

std::string_view AlgorithmName(Algorithm algorithm) {
  return algorithm == Algorithm::kEs256 ? "ES256" : "Ed25519";
}

std::optional<Algorithm> AlgorithmNamed(std::string_view name) {
  for (Algorithm algorithm : {Algorithm::kEs256, Algorithm::kEd25519}) {
    if (name == AlgorithmName(algorithm)) return algorithm;
  }
  return std::nullopt;
}

absl::StatusOr<PublicKey> PublicKey::FromJwk(const Json& jwk) {
  if (!jwk.IsObject()) return Malformed("jwk_member", "JWK: not an object");
  const std::string* kty = jwk.FindString("kty");
  const std::string* crv = jwk.FindString("crv");
  const bool is_p256 = kty != nullptr && crv != nullptr && *kty == "EC" && *crv == "P-256";
  const bool is_ed25519 = kty != nullptr && crv != nullptr && *kty == "OKP" && *crv == "Ed25519";
  if (!is_p256 && !is_ed25519) {
    return Malformed("jwk_algorithm", "JWK: only EC with P-256 and OKP with Ed25519 are keys here");
  }
  const Algorithm algorithm = is_p256 ? Algorithm::kEs256 : Algorithm::kEd25519;
  if (absl::Status status = CheckMembers(jwk, algorithm); !status.ok()) return status;
  auto raw = Coordinate(jwk, "x");
  if (!raw.ok()) return raw.status();
  if (is_p256) {
    const auto y = Coordinate(jwk, "y");
    if (!y.ok()) return y.status();
    *raw += *y;
  }
  auto key = is_p256 ? FromP256Raw(*raw) : FromEd25519Raw(*raw);
  if (!key.ok()) return key;
  const std::string* kid = jwk.FindString("kid");
  if (kid != nullptr && *kid != key->id().ToString()) {
    return Malformed("jwk_kid", "JWK: kid is not the key's thumbprint");
  }
  return key;
}

absl::StatusOr<PublicKey> PublicKey::FromEd25519Raw(std::string_view raw) {
  if (raw.size() != kCoordinateSizeBytes) {
    return Malformed("key_encoding",
                     "an Ed25519 public key has 32 bytes, not " + std::to_string(raw.size()));
  }
  switch (JudgeEd25519Point(raw)) {
    case Ed25519Point::kGood:
      break;
    case Ed25519Point::kNotCanonical:
      return Malformed("key_encoding", "the Ed25519 public key is not encoded canonically");
    case Ed25519Point::kSmallOrder:
      return Malformed("key_point", "the Ed25519 public key has small order: anybody can sign");
    case Ed25519Point::kNotOnCurve:
      return Malformed("key_point", "the Ed25519 public key is no point of the curve");
  }
  const OpensslErrorScope errors;
  PkeyPtr key(
      EVP_PKEY_new_raw_public_key_ex(nullptr, "ED25519", nullptr, Octets(raw.data()), raw.size()));
  if (key == nullptr) return Malformed("key_point", "the Ed25519 public key is not usable");
  return PublicKey(std::make_shared<const Imported>(Algorithm::kEd25519, raw, std::move(key)));
}

absl::StatusOr<PublicKey> PublicKey::FromP256Raw(std::string_view raw) {
  if (raw.size() != 2 * kCoordinateSizeBytes) {
    return Malformed("key_encoding",
                     "a P-256 public key has 64 bytes, not " + std::to_string(raw.size()));
  }
  // The import checks that both coordinates are below p and that the point is on the curve; the
  // point at infinity has no coordinates.
  const OpensslErrorScope errors;
  PkeyPtr key = ImportP256(raw);
  if (key == nullptr) {
    return Malformed("key_point", "the public key is no point of the curve P-256");
  }
  return PublicKey(std::make_shared<const Imported>(Algorithm::kEs256, raw, std::move(key)));
}

Json PublicKey::ToJwk() const { return Jwk(imported_->algorithm, imported_->raw); }
const KeyId& PublicKey::id() const { return imported_->id; }
Algorithm PublicKey::algorithm() const { return imported_->algorithm; }
const std::string& PublicKey::raw() const { return imported_->raw; }

bool PublicKey::Verify(std::string_view message, std::string_view signature) const {
  if (signature.size() != kSignatureSizeBytes) return false;
  const OpensslErrorScope errors;
  if (imported_->algorithm == Algorithm::kEs256) {
    const Digest digest = Sha256(message);
    const DerSignature der(signature);
    const PkeyCtxPtr ctx(EVP_PKEY_CTX_dup(imported_->verify_template.get()));
    return ctx != nullptr && EVP_PKEY_verify(ctx.get(), der.bytes.data(), der.size_bytes,
                                             digest.bytes.data(), digest.bytes.size()) == 1;
  }
  // A context that served another key must not be initialised again for this one: OpenSSL 3.0 then
  // keeps the former key.
  const MdCtxPtr ctx(EVP_MD_CTX_new());
  return EVP_DigestVerifyInit_ex(ctx.get(), nullptr, nullptr, nullptr, nullptr,
                                 imported_->key.get(), nullptr) == 1 &&
         EVP_DigestVerify(ctx.get(), Octets(signature.data()), signature.size(),
                          Octets(message.data()), message.size()) == 1;
}

void Wipe(std::string& secret) {
  OPENSSL_cleanse(secret.data(), secret.size());
  secret.clear();
}

}  // namespace bonafide::certs
