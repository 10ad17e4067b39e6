// UTF-8 as RFC 3629 defines it: no overlong forms, no surrogates, nothing above U+10FFFF.
#ifndef BONAFIDE_CERTS_UTF8_H_
#define BONAFIDE_CERTS_UTF8_H_

#include <cstddef>
#include <optional>
#include <string_view>

namespace bonafide::certs {

// Removes the first code point from `text` and returns it. Returns nothing, and leaves `text` as it
// was, when `text` is empty or does not begin with one well-formed code point.
std::optional<char32_t> TakeCodePoint(std::string_view& text);

// How many bytes of `text` come before the first malformed one; its size when there is none.
size_t WellFormedPrefixSize(std::string_view text);

// Whether all of `text` is well-formed UTF-8. The empty string is.
bool IsUtf8(std::string_view text);

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_UTF8_H_
