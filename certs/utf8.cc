#include "certs/utf8.h"

#include <cstddef>
#include <cstdint>
#include <cstring>

namespace bonafide::certs {
namespace {

// Documents here are nearly all ASCII: eight bytes at a time.
size_t AsciiPrefixSize(std::string_view text) {
  constexpr uint64_t kHighBits = 0x8080808080808080;
  size_t size = 0;
  for (uint64_t word; size + sizeof word <= text.size(); size += sizeof word) {
    std::memcpy(&word, text.data() + size, sizeof word);
    if ((word & kHighBits) != 0) break;
  }
  while (size < text.size() && static_cast<uint8_t>(text[size]) < 0x80) ++size;
  return size;
}

}  // namespace

std::optional<char32_t> TakeCodePoint(std::string_view& text) {
  if (text.empty()) return std::nullopt;
  const auto byte = [&text](size_t at) { return static_cast<uint8_t>(text[at]); };
  const uint8_t first = byte(0);
  if (first < 0x80) {
    text.remove_prefix(1);
    return first;
  }
  size_t size = 0;
  char32_t code_point = 0;
  char32_t least = 0;  // anything smaller would be an overlong form
  if (first >= 0xc2 && first <= 0xdf) {
    size = 2, code_point = first & 0x1f, least = 0x80;
  } else if (first >= 0xe0 && first <= 0xef) {
    size = 3, code_point = first & 0x0f, least = 0x800;
  } else if (first >= 0xf0 && first <= 0xf4) {
    size = 4, code_point = first & 0x07, least = 0x10000;
  } else {
    return std::nullopt;
  }
  if (text.size() < size) return std::nullopt;
  for (size_t i = 1; i < size; ++i) {
    if ((byte(i) & 0xc0) != 0x80) return std::nullopt;
    code_point = code_point << 6 | (byte(i) & 0x3f);
  }
  const bool surrogate = code_point >= 0xd800 && code_point <= 0xdfff;
  if (code_point < least || surrogate || code_point > 0x10ffff) return std::nullopt;
  text.remove_prefix(size);
  return code_point;
}

bool IsUtf8(std::string_view text) { return WellFormedPrefixSize(text) == text.size(); }

size_t WellFormedPrefixSize(std::string_view text) {
  std::string_view rest = text;
  while (!rest.empty()) {
    rest.remove_prefix(AsciiPrefixSize(rest));
    if (!rest.empty() && !TakeCodePoint(rest)) break;
  }
  return text.size() - rest.size();
}

}  // namespace bonafide::certs
