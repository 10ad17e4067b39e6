#include "certs/digest.h"

#include <openssl/evp.h>

#include <cstdlib>
#include <memory>

#include "certs/reason.h"

namespace bonafide {
namespace {

struct MdCtxFree {
  void operator()(EVP_MD_CTX* ctx) const { EVP_MD_CTX_free(ctx); }
};

const EVP_MD* FetchedSha256() {
  static const EVP_MD* const md = EVP_MD_fetch(nullptr, "SHA256", nullptr);
  return md;
}

int HexValue(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  return -1;
}

}  // namespace

Digest Sha256(std::initializer_list<std::string_view> parts) {
  thread_local const std::unique_ptr<EVP_MD_CTX, MdCtxFree> ctx(EVP_MD_CTX_new());
  Digest out;
  unsigned int size_bytes = 0;
  bool ok = EVP_DigestInit_ex2(ctx.get(), FetchedSha256(), nullptr) == 1;
  for (std::string_view part : parts) {
    ok = ok && EVP_DigestUpdate(ctx.get(), part.data(), part.size()) == 1;
  }
  ok = ok && EVP_DigestFinal_ex(ctx.get(), out.bytes.data(), &size_bytes) == 1;
  // SHA-256 of memory fails only when OpenSSL itself is broken; no answer is safer than a wrong
  // one.
  if (!ok || size_bytes != Digest::kSizeBytes) std::abort();
  return out;
}

std::string Digest::Hex() const {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  hex.reserve(2 * kSizeBytes);
  for (uint8_t byte : bytes) {
    hex += kDigits[byte >> 4];
    hex += kDigits[byte & 15];
  }
  return hex;
}

absl::StatusOr<Digest> Digest::FromBytes(std::string_view raw) {
  if (raw.size() != kSizeBytes) {
    return Malformed("digest_size",
                     "a SHA-256 digest has 32 bytes, not " + std::to_string(raw.size()));
  }
  Digest digest;
  std::memcpy(digest.bytes.data(), raw.data(), kSizeBytes);
  return digest;
}

absl::StatusOr<Digest> Digest::FromHex(std::string_view hex) {
  if (hex.size() != 2 * kSizeBytes) {
    return Malformed("digest_hex", "a SHA-256 digest is written as 64 hexadecimal characters");
  }
  Digest digest;
  for (size_t i = 0; i < kSizeBytes; ++i) {
    const int high = HexValue(hex[2 * i]);
    const int low = HexValue(hex[2 * i + 1]);
    if (high < 0 || low < 0) {
      return Malformed("digest_hex", "only 0-9 and a-f may stand in a digest");
    }
    digest.bytes[i] = static_cast<uint8_t>(high << 4 | low);
  }
  return digest;
}

}  // namespace bonafide
