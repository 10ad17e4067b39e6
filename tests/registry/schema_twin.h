// Invalid twins of golden events by the form of a claim: each function changes one claim in every
// way its form forbids, and expects the reason; and in ways at its bounds, and expects none.
#ifndef BONAFIDE_TESTS_REGISTRY_SCHEMA_TWIN_H_
#define BONAFIDE_TESTS_REGISTRY_SCHEMA_TWIN_H_

#include <cstddef>
#include <cstdint>
#include <initializer_list>
#include <string_view>

namespace bonafide::registry {

// Without the claim: "claim_missing"; with null: "claim_type" (or a reason of the JWK reader).
void ExpectRequired(std::string_view event, std::initializer_list<std::string_view> paths);
// Without the claim: still an event. With null: refused.
void ExpectOptional(std::string_view event, std::initializer_list<std::string_view> paths);

void ExpectText(std::string_view event, std::string_view path, size_t max_code_points);
void ExpectCode(std::string_view event, std::string_view path);
void ExpectRecognition(std::string_view event, std::string_view path);
void ExpectCurrency(std::string_view event, std::string_view path);
void ExpectWord(std::string_view event, std::string_view path);
void ExpectBoolean(std::string_view event, std::string_view path);
void ExpectInteger(std::string_view event, std::string_view path, int64_t least, int64_t most);
void ExpectNumber(std::string_view event, std::string_view path);  // 0 to 2^53 - 1
void ExpectDay(std::string_view event, std::string_view path);
void ExpectEventId(std::string_view event, std::string_view path);

// An array of `least` to `most` distinct codes.
void ExpectCodes(std::string_view event, std::string_view path, size_t most);
// An array of at most `most` objects: the first of the golden ones is repeated with member `key`
// numbered, so that it is distinct.
void ExpectObjects(std::string_view event, std::string_view path, std::string_view key,
                   size_t most);
// Day `later` may be day `earlier`, not the day before.
void ExpectOrder(std::string_view event, std::string_view earlier, std::string_view later);

}  // namespace bonafide::registry

#endif  // BONAFIDE_TESTS_REGISTRY_SCHEMA_TWIN_H_
