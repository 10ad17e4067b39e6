// Unicode normalisation form C, which the register demands of text at intake.
#ifndef BONAFIDE_STORAGE_NAMES_NAME_NORMAL_FORM_H_
#define BONAFIDE_STORAGE_NAMES_NAME_NORMAL_FORM_H_

#include <string_view>

namespace bonafide::storage {

// Whether `text` is UTF-8 in form NFC (UAX #15) by the tables of the ICU this was built with.
// Verifiers do not ask (docs/protocol.md, section 2): tables differ by version. False for what is
// not UTF-8. Thread-safe.
bool IsNfc(std::string_view text);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_NAMES_NAME_NORMAL_FORM_H_
