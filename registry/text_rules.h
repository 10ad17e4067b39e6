// Which strings may stand in a token (docs/protocol.md, section 2): the forms text, code,
// recognition and their like. Every rule is a fixed list of code points, so that two verifiers
// never differ by the version of their Unicode tables.
#ifndef BONAFIDE_REGISTRY_TEXT_RULES_H_
#define BONAFIDE_REGISTRY_TEXT_RULES_H_

#include <cstddef>
#include <string_view>

namespace bonafide::registry {

inline constexpr size_t kMaxCombiningRun = 8;

// Whether `text` is UTF-8 of 1 to `max_code_points` code points without any that cannot be seen or
// that changes how others are seen, without a space at either end, and with at most
// kMaxCombiningRun combining marks in a row.
bool IsText(std::string_view text, size_t max_code_points);

// [a-z][a-z0-9_.-]{0,63}
bool IsCode(std::string_view text);
// [A-Z0-9][A-Z0-9./-]{0,31}: recognition numbers, and the numbers of qualifications.
bool IsRecognition(std::string_view text);
// [A-Z]{3}
bool IsCurrency(std::string_view text);
// 22 to 64 characters of base64url: identifiers and salts of at least 128 bits.
bool IsNonce(std::string_view text);

// Whether the code point cannot stand in a text at all.
bool IsForbidden(char32_t code_point);
// Whether it counts towards a run of combining marks.
bool IsCombining(char32_t code_point);
// Whether it may not stand at the beginning or end of a text.
bool IsSpace(char32_t code_point);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_TEXT_RULES_H_
