// Base64 in the two alphabets of RFC 4648, strict: one byte string has exactly one spelling.
//
// Lenient decoding gives one signed document many spellings (the 86 characters of a 64-byte
// signature leave 4 spare bits, hence 16 spellings), so every decoder here refuses whitespace,
// foreign characters, spare bits that are not zero, and wrong padding.
#ifndef BONAFIDE_CERTS_BASE64_H_
#define BONAFIDE_CERTS_BASE64_H_

#include <absl/status/statusor.h>

#include <string>
#include <string_view>

namespace bonafide::certs {

// RFC 4648 section 5 without padding, as in JOSE (RFC 7515 section 2).
std::string Base64UrlEncode(std::string_view bytes);

// Error: reason "base64url" for anything but the output of Base64UrlEncode.
absl::StatusOr<std::string> Base64UrlDecode(std::string_view text);

// RFC 4648 section 4 with padding, as in C2SP signed notes.
std::string Base64Encode(std::string_view bytes);

// Error: reason "base64" for anything but the output of Base64Encode.
absl::StatusOr<std::string> Base64Decode(std::string_view text);

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_BASE64_H_
