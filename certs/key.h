// Public keys that verify and signers that sign: ES256 (ECDSA on P-256 with SHA-256, RFC 7518
// section 3.4) and Ed25519 (RFC 8032, RFC 9864). A key has one algorithm and one spelling.
#ifndef BONAFIDE_CERTS_KEY_H_
#define BONAFIDE_CERTS_KEY_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <memory>
#include <optional>
#include <string>
#include <string_view>

#include "certs/json.h"
#include "certs/key_id.h"
#include "certs/random.h"

namespace bonafide::certs {

enum class Algorithm { kEs256, kEd25519 };

// "ES256" or "Ed25519": the JWS `alg` value.
std::string_view AlgorithmName(Algorithm algorithm);
// The algorithm of exactly that name; nothing for every other spelling ("EdDSA", "none", "es256").
std::optional<Algorithm> AlgorithmNamed(std::string_view name);

// A public key that exists is valid: a point on its curve and, for Ed25519, canonically encoded and
// not of small order. Copies share one imported key. Thread-safe.
class PublicKey {
 public:
  static constexpr size_t kSignatureSizeBytes = 64;

  // Reads a JWK: kty "EC", crv "P-256", x, y; or kty "OKP", crv "Ed25519", x. May also carry `alg`
  // (must be this key's), `use` (must be "sig") and `kid` (must be the thumbprint). Errors:
  //   "jwk_private"    a private or symmetric part (d, k, p, q, ...): the message names the member
  //   "jwk_member"     not an object, a missing, unknown or wrongly typed member
  //   "jwk_algorithm"  another kty, crv, alg or use
  //   "jwk_kid"        kid is not the key's thumbprint
  //   "key_encoding"   coordinates not exactly 32 bytes in strict base64url, or not canonical
  //   "key_point"      not on the curve, the point at infinity, or of small order
  static absl::StatusOr<PublicKey> FromJwk(const Json& jwk);
  // The 32 bytes of RFC 8032. Errors: "key_encoding", "key_point" as above.
  static absl::StatusOr<PublicKey> FromEd25519Raw(std::string_view raw);
  // The coordinates x || y, 64 bytes. Errors: "key_encoding", "key_point" as above.
  static absl::StatusOr<PublicKey> FromP256Raw(std::string_view raw);

  // The required members of RFC 7638 section 3.2 in lexical order, nothing else.
  Json ToJwk() const;
  const KeyId& id() const;
  Algorithm algorithm() const;
  // Ed25519: the 32 bytes of RFC 8032. ES256: x || y, 64 bytes.
  const std::string& raw() const;

  // Whether `signature` is this key's signature of `message`. ES256: exactly r || s, 64 bytes, both
  // in 1..n-1; a high s is accepted, as RFC 7518 does, so signatures are malleable and must not
  // serve as identities. Ed25519: exactly 64 bytes, S < L, R canonical (RFC 8032 section 5.1.7).
  bool Verify(std::string_view message, std::string_view signature) const;

  // The same key, which is: the same thumbprint.
  friend bool operator==(const PublicKey& a, const PublicKey& b) { return a.id() == b.id(); }

 private:
  friend class PrivateKey;
  struct Imported;
  explicit PublicKey(std::shared_ptr<const Imported> imported) : imported_(std::move(imported)) {}

  std::shared_ptr<const Imported> imported_;
};

// Whatever can sign with one key: a key in memory or one held elsewhere.
class Signer {
 public:
  virtual ~Signer() = default;
  virtual const PublicKey& public_key() const = 0;
  // The 64-byte signature of `message` that public_key().Verify accepts. Thread-safe. Error:
  // reason "signing_failed" (kInternal) when the key cannot be used.
  virtual absl::StatusOr<std::string> Sign(std::string_view message) const = 0;
};

// A private key in memory; OpenSSL wipes it when the last copy goes. Copies share it. Thread-safe.
class PrivateKey : public Signer {
 public:
  static constexpr size_t kSeedSizeBytes = 32;

  // A new key whose secret is drawn from `random`: the same bytes give the same key.
  static PrivateKey Generate(Algorithm algorithm, Random& random = SystemRandom());
  // The secret key of RFC 8032. Error: "key_encoding" unless exactly 32 bytes.
  static absl::StatusOr<PrivateKey> FromEd25519Seed(std::string_view seed);
  // One unencrypted PKCS#8 block ("BEGIN PRIVATE KEY", RFC 5958) with a P-256 or Ed25519 key, and
  // nothing after it. Errors: "key_pem" (no such block, damaged, encrypted, text after it),
  // "key_algorithm" (another kind of key). Messages never contain key bytes.
  static absl::StatusOr<PrivateKey> FromPem(std::string_view pem);
  // The PKCS#8 block FromPem reads. Secret: wipe it.
  std::string ToPem() const;

  const PublicKey& public_key() const override { return public_key_; }
  absl::StatusOr<std::string> Sign(std::string_view message) const override;

 private:
  struct Secret;
  PrivateKey(std::shared_ptr<const Secret> secret, PublicKey public_key)
      : secret_(std::move(secret)), public_key_(std::move(public_key)) {}

  std::shared_ptr<const Secret> secret_;
  PublicKey public_key_;
};

// Overwrites the bytes of `secret` and empties it.
void Wipe(std::string& secret);

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_KEY_H_
