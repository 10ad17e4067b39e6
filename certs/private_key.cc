#include <openssl/core_names.h>
#include <openssl/ecdsa.h>
#include <openssl/pem.h>

#include <cstdlib>

#include "certs/key.h"
#include "certs/openssl_ptr.h"
#include "certs/reason.h"

namespace bonafide::certs {
namespace {

constexpr size_t kScalarSizeBytes = 32;
constexpr std::string_view kPemBegin = "-----BEGIN PRIVATE KEY-----";

using EcdsaSigPtr = OpensslPtr<ECDSA_SIG, ECDSA_SIG_free>;

absl::Status NotPem(std::string_view what) {
  return Malformed("key_pem", "private key: " + std::string(what));
}

// A scalar in 1..n-1, drawn until one falls into the range.
BnPtr DrawScalar(Random& random, const EC_GROUP* group) {
  unsigned char bytes[kScalarSizeBytes];
  BnPtr scalar(BN_secure_new());
  do {
    random.Fill(bytes, sizeof bytes);
    if (BN_bin2bn(bytes, sizeof bytes, scalar.get()) == nullptr) std::abort();
  } while (BN_is_zero(scalar.get()) || BN_cmp(scalar.get(), EC_GROUP_get0_order(group)) >= 0);
  OPENSSL_cleanse(bytes, sizeof bytes);
  return scalar;
}

PkeyPtr GenerateP256(Random& random) {
  EcGroupPtr group(EC_GROUP_new_by_curve_name(NID_X9_62_prime256v1));
  BnPtr scalar = DrawScalar(random, group.get());
  EcPointPtr point(EC_POINT_new(group.get()));
  unsigned char encoded[1 + 2 * kScalarSizeBytes];
  ParamBuilderPtr builder(OSSL_PARAM_BLD_new());
  PkeyCtxPtr ctx(EVP_PKEY_CTX_new_from_name(nullptr, "EC", nullptr));
  EVP_PKEY* key = nullptr;
  bool ok = EC_POINT_mul(group.get(), point.get(), scalar.get(), nullptr, nullptr, nullptr) == 1 &&
            EC_POINT_point2oct(group.get(), point.get(), POINT_CONVERSION_UNCOMPRESSED, encoded,
                               sizeof encoded, nullptr) == sizeof encoded &&
            OSSL_PARAM_BLD_push_utf8_string(builder.get(), OSSL_PKEY_PARAM_GROUP_NAME, "prime256v1",
                                            0) == 1 &&
            OSSL_PARAM_BLD_push_octet_string(builder.get(), OSSL_PKEY_PARAM_PUB_KEY, encoded,
                                             sizeof encoded) == 1 &&
            OSSL_PARAM_BLD_push_BN(builder.get(), OSSL_PKEY_PARAM_PRIV_KEY, scalar.get()) == 1;
  ParamsPtr params(ok ? OSSL_PARAM_BLD_to_param(builder.get()) : nullptr);
  ok = params != nullptr && EVP_PKEY_fromdata_init(ctx.get()) == 1 &&
       EVP_PKEY_fromdata(ctx.get(), &key, EVP_PKEY_KEYPAIR, params.get()) == 1;
  if (!ok) std::abort();
  return PkeyPtr(key);
}

PkeyPtr ImportEd25519(const unsigned char* seed) {
  return PkeyPtr(EVP_PKEY_new_raw_private_key_ex(nullptr, "ED25519", nullptr, seed,
                                                 PrivateKey::kSeedSizeBytes));
}

std::string RawPublicP256(EVP_PKEY* key) {
  std::string raw(2 * kScalarSizeBytes, '\0');
  BIGNUM* x = nullptr;
  BIGNUM* y = nullptr;
  const bool ok =
      EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_EC_PUB_X, &x) == 1 &&
      EVP_PKEY_get_bn_param(key, OSSL_PKEY_PARAM_EC_PUB_Y, &y) == 1 &&
      BN_bn2binpad(x, Octets(raw.data()), kScalarSizeBytes) == kScalarSizeBytes &&
      BN_bn2binpad(y, Octets(raw.data()) + kScalarSizeBytes, kScalarSizeBytes) == kScalarSizeBytes;
  BN_free(x);
  BN_free(y);
  return ok ? raw : std::string();
}

absl::StatusOr<PublicKey> PublicPart(EVP_PKEY* key) {
  if (EVP_PKEY_is_a(key, "ED25519") == 1) {
    std::string raw(kScalarSizeBytes, '\0');
    size_t size_bytes = raw.size();
    if (EVP_PKEY_get_raw_public_key(key, Octets(raw.data()), &size_bytes) != 1) {
      return NotPem("its public part cannot be computed");
    }
    return PublicKey::FromEd25519Raw(raw);
  }
  char group[32] = "";
  size_t group_size = 0;
  int is_explicit = 0;
  const bool is_p256 = EVP_PKEY_is_a(key, "EC") == 1 &&
                       EVP_PKEY_get_group_name(key, group, sizeof group, &group_size) == 1 &&
                       std::string_view(group) == "prime256v1" &&
                       EVP_PKEY_get_int_param(key, OSSL_PKEY_PARAM_EC_DECODED_FROM_EXPLICIT_PARAMS,
                                              &is_explicit) == 1 &&
                       is_explicit == 0;
  if (!is_p256) {
    return Malformed("key_algorithm",
                     "private key: neither P-256 (as a named curve) nor Ed25519; make one with "
                     "bonafide keygen");
  }
  PkeyCtxPtr ctx(EVP_PKEY_CTX_new_from_pkey(nullptr, key, nullptr));
  if (EVP_PKEY_pairwise_check(ctx.get()) != 1) {
    return NotPem("its private and public part do not belong together");
  }
  return PublicKey::FromP256Raw(RawPublicP256(key));
}

// r || s of a DER signature, or nothing.
std::string RawSignature(const unsigned char* der, size_t size_bytes) {
  EcdsaSigPtr parsed(d2i_ECDSA_SIG(nullptr, &der, static_cast<long>(size_bytes)));
  std::string raw(PublicKey::kSignatureSizeBytes, '\0');
  const bool ok =
      parsed != nullptr &&
      BN_bn2binpad(ECDSA_SIG_get0_r(parsed.get()), Octets(raw.data()), kScalarSizeBytes) ==
          kScalarSizeBytes &&
      BN_bn2binpad(ECDSA_SIG_get0_s(parsed.get()), Octets(raw.data()) + kScalarSizeBytes,
                   kScalarSizeBytes) == kScalarSizeBytes;
  return ok ? raw : std::string();
}

// The DER inside the one PEM block of `pem`, parsed as PKCS#8.
absl::StatusOr<Pkcs8Ptr> ReadPkcs8(std::string_view pem) {
  if (pem.starts_with("-----BEGIN EC PRIVATE KEY-----")) {
    return NotPem("a SEC 1 block; convert it with openssl pkcs8 -topk8 -nocrypt");
  }
  if (pem.starts_with("-----BEGIN ENCRYPTED PRIVATE KEY-----")) {
    return NotPem("encrypted; decrypt it with openssl pkcs8 and keep the file mode at 0600");
  }
  if (!pem.starts_with(kPemBegin)) return NotPem("does not begin with " + std::string(kPemBegin));
  BioPtr bio(BIO_new_mem_buf(pem.data(), static_cast<int>(pem.size())));
  char* name = nullptr;
  char* header = nullptr;
  unsigned char* der = nullptr;
  long der_size = 0;
  if (PEM_read_bio(bio.get(), &name, &header, &der, &der_size) != 1) {
    return NotPem("the PEM block is damaged");
  }
  const bool has_header = *header != '\0';
  const unsigned char* rest = der;
  Pkcs8Ptr pkcs8(d2i_PKCS8_PRIV_KEY_INFO(nullptr, &rest, der_size));
  const bool complete = pkcs8 != nullptr && rest == der + der_size;
  OPENSSL_free(name);
  OPENSSL_free(header);
  OPENSSL_clear_free(der, static_cast<size_t>(der_size));
  const char* after = nullptr;
  const long after_size = BIO_get_mem_data(bio.get(), &after);
  const bool text_after =
      std::string_view(after, static_cast<size_t>(after_size)).find_first_not_of(" \t\r\n") !=
      std::string_view::npos;
  if (has_header) return NotPem("encrypted; decrypt it first");
  if (!complete) return NotPem("the PEM block holds no PKCS#8 key");
  if (text_after) return NotPem("text after the PEM block; one file holds one key");
  return pkcs8;
}

}  // namespace

struct PrivateKey::Secret {
  PkeyPtr key;
};

PrivateKey PrivateKey::Generate(Algorithm algorithm, Random& random) {
  if (algorithm == Algorithm::kEs256) {
    PkeyPtr key = GenerateP256(random);
    auto public_key = PublicPart(key.get());
    if (!public_key.ok()) std::abort();
    return PrivateKey(std::make_shared<const Secret>(Secret{std::move(key)}),
                      *std::move(public_key));
  }
  std::string seed = RandomBytes(random, kSeedSizeBytes);
  auto made = FromEd25519Seed(seed);
  Wipe(seed);
  if (!made.ok()) std::abort();
  return *std::move(made);
}

absl::StatusOr<PrivateKey> PrivateKey::FromEd25519Seed(std::string_view seed) {
  if (seed.size() != kSeedSizeBytes) {
    return Malformed("key_encoding",
                     "an Ed25519 seed has 32 bytes, not " + std::to_string(seed.size()));
  }
  const OpensslErrorScope errors;
  PkeyPtr key = ImportEd25519(Octets(seed.data()));
  if (key == nullptr) std::abort();  // every 32 bytes are a seed
  auto public_key = PublicPart(key.get());
  if (!public_key.ok()) return public_key.status();
  return PrivateKey(std::make_shared<const Secret>(Secret{std::move(key)}), *std::move(public_key));
}

absl::StatusOr<PrivateKey> PrivateKey::FromPem(std::string_view pem) {
  const OpensslErrorScope errors;
  const auto pkcs8 = ReadPkcs8(pem);
  if (!pkcs8.ok()) return pkcs8.status();
  PkeyPtr key(EVP_PKCS82PKEY(pkcs8->get()));
  if (key == nullptr) return NotPem("the PEM block holds no key this build of OpenSSL reads");
  auto public_key = PublicPart(key.get());
  if (!public_key.ok()) return public_key.status();
  return PrivateKey(std::make_shared<const Secret>(Secret{std::move(key)}), *std::move(public_key));
}

std::string PrivateKey::ToPem() const {
  BioPtr bio(BIO_new(BIO_s_secmem()));
  if (PEM_write_bio_PKCS8PrivateKey(bio.get(), secret_->key.get(), nullptr, nullptr, 0, nullptr,
                                    nullptr) != 1) {
    std::abort();
  }
  const char* data = nullptr;
  const long size_bytes = BIO_get_mem_data(bio.get(), &data);
  return std::string(data, static_cast<size_t>(size_bytes));
}

absl::StatusOr<std::string> PrivateKey::Sign(std::string_view message) const {
  const OpensslErrorScope errors;
  const bool is_p256 = public_key_.algorithm() == Algorithm::kEs256;
  MdCtxPtr ctx(EVP_MD_CTX_new());
  unsigned char signature[80];  // a DER signature on P-256 has at most 72 bytes
  size_t size_bytes = sizeof signature;
  std::string raw;
  if (ctx != nullptr &&
      EVP_DigestSignInit_ex(ctx.get(), nullptr, is_p256 ? "SHA256" : nullptr, nullptr, nullptr,
                            secret_->key.get(), nullptr) == 1 &&
      EVP_DigestSign(ctx.get(), signature, &size_bytes, Octets(message.data()), message.size()) ==
          1) {
    raw = is_p256 ? RawSignature(signature, size_bytes)
                  : std::string(reinterpret_cast<const char*>(signature), size_bytes);
  }
  if (raw.size() != PublicKey::kSignatureSizeBytes) {
    return Refusal(absl::StatusCode::kInternal, "signing_failed", "OpenSSL did not sign");
  }
  return raw;
}

}  // namespace bonafide::certs
