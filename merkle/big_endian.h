// Unsigned integers as big-endian bytes, the one integer encoding of every format here.
#ifndef BONAFIDE_MERKLE_BIG_ENDIAN_H_
#define BONAFIDE_MERKLE_BIG_ENDIAN_H_

#include <cstddef>
#include <cstdint>
#include <string>
#include <string_view>

namespace bonafide::merkle {

inline void AppendU64(std::string& out, uint64_t value) {
  for (int shift = 56; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

// Precondition: bytes.size() >= 8.
inline uint64_t ReadU64(std::string_view bytes) {
  uint64_t value = 0;
  for (size_t i = 0; i < 8; ++i) value = value << 8 | static_cast<uint8_t>(bytes[i]);
  return value;
}

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_BIG_ENDIAN_H_
