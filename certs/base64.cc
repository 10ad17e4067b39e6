#include "certs/base64.h"

#include <array>
#include <cstddef>
#include <cstdint>

#include "certs/reason.h"

namespace bonafide::certs {
namespace {

constexpr std::string_view kUrlAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_";
constexpr std::string_view kStandardAlphabet =
    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

constexpr uint8_t kForeign = 0xff;

constexpr std::array<uint8_t, 256> ValuesOf(std::string_view alphabet) {
  std::array<uint8_t, 256> values{};
  for (uint8_t& value : values) value = kForeign;
  for (size_t i = 0; i < alphabet.size(); ++i) {
    values[static_cast<uint8_t>(alphabet[i])] = static_cast<uint8_t>(i);
  }
  return values;
}

constexpr std::array<uint8_t, 256> kUrlValues = ValuesOf(kUrlAlphabet);
constexpr std::array<uint8_t, 256> kStandardValues = ValuesOf(kStandardAlphabet);

uint32_t Byte(std::string_view bytes, size_t at) { return static_cast<uint8_t>(bytes[at]); }

std::string Encode(std::string_view bytes, std::string_view alphabet) {
  std::string text;
  text.reserve((bytes.size() + 2) / 3 * 4);
  size_t i = 0;
  for (; i + 3 <= bytes.size(); i += 3) {
    const uint32_t group = Byte(bytes, i) << 16 | Byte(bytes, i + 1) << 8 | Byte(bytes, i + 2);
    text += alphabet[group >> 18];
    text += alphabet[group >> 12 & 63];
    text += alphabet[group >> 6 & 63];
    text += alphabet[group & 63];
  }
  if (bytes.size() - i == 1) {
    text += alphabet[Byte(bytes, i) >> 2];
    text += alphabet[Byte(bytes, i) << 4 & 63];
  } else if (bytes.size() - i == 2) {
    const uint32_t group = Byte(bytes, i) << 8 | Byte(bytes, i + 1);
    text += alphabet[group >> 10];
    text += alphabet[group >> 4 & 63];
    text += alphabet[group << 2 & 63];
  }
  return text;
}

// Decodes unpadded text. On failure returns what was wrong, which is never the text itself.
const char* Decode(std::string_view text, const std::array<uint8_t, 256>& values,
                   std::string& bytes) {
  if (text.size() % 4 == 1) return "no byte string has an encoding of this length";
  bytes.reserve(text.size() / 4 * 3 + 2);
  uint32_t pending = 0;
  int pending_bits = 0;
  for (char c : text) {
    const uint8_t value = values[static_cast<uint8_t>(c)];
    if (value == kForeign) return "a character outside the alphabet, white space or padding";
    pending = pending << 6 | value;
    pending_bits += 6;
    if (pending_bits >= 8) {
      pending_bits -= 8;
      bytes += static_cast<char>(pending >> pending_bits & 0xff);
    }
  }
  if ((pending & ((1u << pending_bits) - 1)) != 0) return "spare bits that are not zero";
  return nullptr;
}

}  // namespace

std::string Base64UrlEncode(std::string_view bytes) { return Encode(bytes, kUrlAlphabet); }

absl::StatusOr<std::string> Base64UrlDecode(std::string_view text) {
  std::string bytes;
  if (const char* wrong = Decode(text, kUrlValues, bytes)) {
    return Malformed("base64url", std::string("base64url: ") + wrong);
  }
  return bytes;
}

std::string Base64Encode(std::string_view bytes) {
  std::string text = Encode(bytes, kStandardAlphabet);
  while (text.size() % 4 != 0) text += '=';
  return text;
}

absl::StatusOr<std::string> Base64Decode(std::string_view text) {
  if (text.size() % 4 != 0) {
    return Malformed("base64", "base64: the length is not a multiple of four, padding is missing");
  }
  for (int i = 0; i < 2 && text.ends_with('='); ++i) text.remove_suffix(1);
  std::string bytes;
  if (const char* wrong = Decode(text, kStandardValues, bytes)) {
    return Malformed("base64", std::string("base64: ") + wrong);
  }
  return bytes;
}

}  // namespace bonafide::certs
