#include "registry/registration_number.h"

#include <algorithm>

#include "certs/reason.h"
#include "registry/issuer_url.h"

namespace bonafide::registry {
namespace {

constexpr size_t kGroupDigits = 4;
constexpr size_t kLeastDigits = 8;
constexpr size_t kCheckDigits = 2;
constexpr size_t kMostDigits = 16;  // of 2^53 - 1

// `number` in decimal with zeros on the left, without its check digits.
std::string Padded(uint64_t number) {
  const std::string digits = std::to_string(number);
  const size_t groups = (digits.size() + kGroupDigits - 1) / kGroupDigits;
  const size_t width = std::max(kLeastDigits, groups * kGroupDigits);
  return std::string(width - digits.size(), '0') + digits;
}

// 2 to 98.
uint64_t CheckOf(uint64_t number) { return 98 - number % 97 * 100 % 97; }

absl::Status NotANumber() {
  return Malformed("registration_number",
                   "a registration number has groups of four digits and two check digits, "
                   "for example 0000-4711-30");
}

}  // namespace

std::string RegistrationNumber(merkle::SubjectNumber number) {
  std::string out;
  for (char digit : Padded(number.value)) {
    if (out.size() % (kGroupDigits + 1) == kGroupDigits) out += '-';
    out += digit;
  }
  const uint64_t check = CheckOf(number.value);
  out += '-';
  out += static_cast<char>('0' + check / 10);
  out += static_cast<char>('0' + check % 10);
  return out;
}

absl::StatusOr<merkle::SubjectNumber> ParseRegistrationNumber(std::string_view text) {
  std::string digits;
  for (char c : text) {
    if (c == '-' || c == ' ') continue;
    if (c < '0' || c > '9' || digits.size() == kMostDigits + kCheckDigits) return NotANumber();
    digits += c;
  }
  if (digits.size() < kLeastDigits + kCheckDigits) return NotANumber();
  const size_t width = digits.size() - kCheckDigits;
  uint64_t number = 0;
  for (char c : digits.substr(0, width)) number = number * 10 + static_cast<uint64_t>(c - '0');
  if (number > static_cast<uint64_t>(kMaxNumber) || Padded(number).size() != width) {
    return NotANumber();
  }
  const uint64_t check = static_cast<uint64_t>(digits[width] - '0') * 10 +
                         static_cast<uint64_t>(digits[width + 1] - '0');
  if (check != CheckOf(number)) {
    return Malformed("registration_number_check",
                     "the check digits do not fit: a digit is mistyped, or two are swapped");
  }
  return merkle::SubjectNumber{number};
}

}  // namespace bonafide::registry
