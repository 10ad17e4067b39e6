// The number of a subject as people read and type it: with two check digits, so that a mistyped
// number is told from an unknown one (docs/protocol.md, section 11; ISO 7064 MOD 97-10).
#ifndef BONAFIDE_REGISTRY_REGISTRATION_NUMBER_H_
#define BONAFIDE_REGISTRY_REGISTRATION_NUMBER_H_

#include <absl/status/statusor.h>

#include <string>
#include <string_view>

#include "merkle/index.h"

namespace bonafide::registry {

// Groups of four digits and the check digits, `0000-4711-30`. Precondition: the number is at most
// 2^53 - 1.
std::string RegistrationNumber(merkle::SubjectNumber number);

// Reads the digits RegistrationNumber writes, with or without hyphens and spaces anywhere. Errors:
//   "registration_number"        other characters, another count of digits, or above 2^53 - 1
//   "registration_number_check"  the check digits are not those of the number: mistyped
absl::StatusOr<merkle::SubjectNumber> ParseRegistrationNumber(std::string_view text);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_REGISTRATION_NUMBER_H_
