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
  const auto value = [&](size_t at) { return uint32_t{values[Byte(text, at)]}; };
  bytes.resize(text.size() * 3 / 4);
  char* out = bytes.data();
  uint32_t seen = 0;  // all values, or'ed: only a foreign character sets the highest bits
  size_t i = 0;
  for (; i + 4 <= text.size(); i += 4) {
    const uint32_t a = value(i), b = value(i + 1), c = value(i + 2), d = value(i + 3);
    seen |= a | b | c | d;
    const uint32_t group = a << 18 | b << 12 | c << 6 | d;
    *out++ = static_cast<char>(group >> 16 & 0xff);
    *out++ = static_cast<char>(group >> 8 & 0xff);
    *out++ = static_cast<char>(group & 0xff);
  }
  uint32_t spare = 0;
  if (text.size() - i >= 2) {
    const uint32_t a = value(i), b = value(i + 1);
    const uint32_t c = text.size() - i == 3 ? value(i + 2) : 0;
    seen |= a | b | c;
    const uint32_t group = a << 18 | b << 12 | c << 6;
    *out++ = static_cast<char>(group >> 16 & 0xff);
    if (text.size() - i == 3) *out++ = static_cast<char>(group >> 8 & 0xff);
    spare = text.size() - i == 3 ? group & 0xff : group & 0xffff;
  }
  if (seen > 63) return "a character outside the alphabet, white space or padding";
  if (spare != 0) return "spare bits that are not zero";
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
