#include "registry/qualification_number.h"

#include <cstddef>

namespace bonafide::registry {
namespace {

constexpr std::string_view kForm = "ddd/dddd/c";

bool IsDigit(char c) { return c >= '0' && c <= '9'; }

}  // namespace

bool HasSuspiciousCheckDigit(std::string_view number) {
  if (number.size() != kForm.size()) return false;
  int sum = 0;
  int weight = 8;
  for (size_t i = 0; i + 1 < kForm.size(); ++i) {
    if (kForm[i] == '/') {
      if (number[i] != '/') return false;
      continue;
    }
    if (!IsDigit(number[i])) return false;
    sum += weight * (number[i] - '0');
    --weight;
  }
  const char given = number.back();
  if (!IsDigit(given) && given != 'X') return false;
  const int expected = sum % 11;
  return given != (expected == 10 ? 'X' : static_cast<char>('0' + expected));
}

}  // namespace bonafide::registry
