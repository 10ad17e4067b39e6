// SHA-256 digests as a type of their own, and the hash function behind every tree and thumbprint.
#ifndef BONAFIDE_CERTS_DIGEST_H_
#define BONAFIDE_CERTS_DIGEST_H_

#include <absl/status/statusor.h>

#include <array>
#include <compare>
#include <cstddef>
#include <cstdint>
#include <cstring>
#include <initializer_list>
#include <string>
#include <string_view>

namespace bonafide {

// 32 bytes of SHA-256 (FIPS 180-4). A value type; comparison is byte-wise and not constant-time,
// because digests here are public.
struct Digest {
  static constexpr size_t kSizeBytes = 32;
  std::array<uint8_t, kSizeBytes> bytes{};

  auto operator<=>(const Digest&) const = default;

  std::string_view view() const {
    return {reinterpret_cast<const char*>(bytes.data()), bytes.size()};
  }
  // Lower-case hexadecimal, 64 characters.
  std::string Hex() const;

  // The digest whose raw bytes are `raw`. Error: reason "digest_size" unless exactly 32 bytes.
  static absl::StatusOr<Digest> FromBytes(std::string_view raw);
  // Reads exactly 64 lower-case hexadecimal characters. Error: reason "digest_hex".
  static absl::StatusOr<Digest> FromHex(std::string_view hex);
};

// SHA-256 of the concatenation of `parts`. Thread-safe; keeps one context per thread, since
// fetching the algorithm at each call costs more than hashing 64 bytes.
Digest Sha256(std::initializer_list<std::string_view> parts);
inline Digest Sha256(std::string_view data) { return Sha256({data}); }

// For hash tables keyed by digests (the first bytes of a digest are already uniform).
struct DigestHash {
  size_t operator()(const Digest& digest) const {
    size_t value;
    std::memcpy(&value, digest.bytes.data(), sizeof value);
    return value;
  }
};

}  // namespace bonafide

#endif  // BONAFIDE_CERTS_DIGEST_H_
