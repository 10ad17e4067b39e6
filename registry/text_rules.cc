#include "registry/text_rules.h"

#include <algorithm>
#include <array>
#include <optional>

#include "certs/utf8.h"

namespace bonafide::registry {
namespace {

struct Range {
  char32_t first;
  char32_t last;
};

// Sorted, as docs/protocol.md lists them.
constexpr std::array kForbidden = std::to_array<Range>({
    {0x0000, 0x001F},     // controls
    {0x007F, 0x009F},     // controls
    {0x00AD, 0x00AD},     // soft hyphen
    {0x034F, 0x034F},     // grapheme joiner
    {0x061C, 0x061C},     // bidirectional control
    {0x115F, 0x1160},     // invisible letters
    {0x17B4, 0x17B5},     // invisible vowels
    {0x180B, 0x180F},     // variation selectors, zero width
    {0x200B, 0x200F},     // zero width, bidirectional controls
    {0x2028, 0x202E},     // line ends, bidirectional controls
    {0x2060, 0x206F},     // zero width, bidirectional and formatting controls
    {0x2800, 0x2800},     // empty pattern
    {0x3164, 0x3164},     // invisible letter
    {0xE000, 0xF8FF},     // private use
    {0xFDD0, 0xFDEF},     // never characters
    {0xFEFF, 0xFEFF},     // zero width
    {0xFFA0, 0xFFA0},     // invisible letter
    {0xFFF0, 0xFFFD},     // reserved, annotation, replacement
    {0x1BCA0, 0x1BCA3},   // formatting of shorthand
    {0x1D173, 0x1D17A},   // formatting of music
    {0xE0000, 0xE00FF},   // tags
    {0xE01F0, 0x10FFFF},  // reserved, private use
});

constexpr std::array kCombining = std::to_array<Range>({
    {0x0300, 0x036F},
    {0x0483, 0x0489},
    {0x0591, 0x05BD},
    {0x0610, 0x061A},
    {0x064B, 0x065F},
    {0x0E31, 0x0E31},
    {0x0E34, 0x0E3A},
    {0x0E47, 0x0E4E},
    {0x1AB0, 0x1AFF},
    {0x1DC0, 0x1DFF},
    {0x20D0, 0x20FF},
    {0xFE00, 0xFE0F},
    {0xFE20, 0xFE2F},
    {0xE0100, 0xE01EF},
});

constexpr std::array kSpaces = std::to_array<Range>({
    {0x0020, 0x0020},
    {0x00A0, 0x00A0},
    {0x1680, 0x1680},
    {0x2000, 0x200A},
    {0x202F, 0x202F},
    {0x205F, 0x205F},
    {0x3000, 0x3000},
});

template <size_t kSize>
bool IsIn(const std::array<Range, kSize>& ranges, char32_t code_point) {
  const auto after = std::ranges::upper_bound(ranges, code_point, {}, &Range::first);
  return after != ranges.begin() && code_point <= std::prev(after)->last;
}

bool IsUpperOrDigit(char c) { return (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9'); }
bool IsLower(char c) { return c >= 'a' && c <= 'z'; }
bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool IsForbidden(char32_t code_point) {
  return IsIn(kForbidden, code_point) || (code_point & 0xFFFE) == 0xFFFE;
}

bool IsCombining(char32_t code_point) { return IsIn(kCombining, code_point); }

bool IsSpace(char32_t code_point) { return IsIn(kSpaces, code_point); }

bool IsText(std::string_view text, size_t max_code_points) {
  size_t count = 0;
  size_t run = 0;
  char32_t last = 0;
  while (!text.empty()) {
    const std::optional<char32_t> next = certs::TakeCodePoint(text);
    if (!next || ++count > max_code_points) return false;
    last = *next;
    if (count == 1 && IsSpace(last)) return false;
    if (last >= 0x20 && last < 0x7F) {  // most of all text
      run = 0;
      continue;
    }
    if (IsForbidden(last)) return false;
    run = IsCombining(last) ? run + 1 : 0;
    if (run > kMaxCombiningRun) return false;
  }
  return count > 0 && !IsSpace(last);
}

bool IsCode(std::string_view text) {
  if (text.empty() || text.size() > 64 || !IsLower(text[0])) return false;
  return std::ranges::all_of(
      text, [](char c) { return IsLower(c) || IsDigit(c) || c == '_' || c == '.' || c == '-'; });
}

bool IsRecognition(std::string_view text) {
  if (text.empty() || text.size() > 32 || !IsUpperOrDigit(text[0])) return false;
  return std::ranges::all_of(
      text, [](char c) { return IsUpperOrDigit(c) || c == '.' || c == '/' || c == '-'; });
}

bool IsCurrency(std::string_view text) {
  return text.size() == 3 && std::ranges::all_of(text, [](char c) { return c >= 'A' && c <= 'Z'; });
}

bool IsNonce(std::string_view text) {
  if (text.size() < 22 || text.size() > 64) return false;
  return std::ranges::all_of(
      text, [](char c) { return IsLower(c) || IsUpperOrDigit(c) || c == '-' || c == '_'; });
}

}  // namespace bonafide::registry
