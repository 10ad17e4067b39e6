#include "registry/letter_case.h"

#include "certs/utf8.h"

namespace bonafide::registry {
namespace {

char32_t Small(char32_t c) {
  const auto within = [c](char32_t first, char32_t last) { return c >= first && c <= last; };
  if (within('A', 'Z') || (within(0xC0, 0xDE) && c != 0xD7)) return c + 32;
  const bool even = c % 2 == 0;
  if (even && (within(0x100, 0x12E) || within(0x132, 0x136) || within(0x14A, 0x176))) return c + 1;
  if (!even && (within(0x139, 0x147) || within(0x179, 0x17D))) return c + 1;
  return c == 0x178 ? 0xFF : c;
}

}  // namespace

bool EqualButForCase(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    const auto one = certs::TakeCodePoint(a);
    const auto other = certs::TakeCodePoint(b);
    if (!one || !other || Small(*one) != Small(*other)) return false;
  }
  return a.empty() && b.empty();
}

}  // namespace bonafide::registry
