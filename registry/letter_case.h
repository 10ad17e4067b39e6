// Names compared without regard to capital letters.
#ifndef BONAFIDE_REGISTRY_LETTER_CASE_H_
#define BONAFIDE_REGISTRY_LETTER_CASE_H_

#include <string_view>

namespace bonafide::registry {

// Whether two texts are the same once each capital letter of ASCII, Latin-1 and Latin Extended-A is
// read as its small one (docs/verdict.md, `name_differs`, has the table). No tables of Unicode,
// which change, decide what a verdict says. Precondition: UTF-8.
bool EqualButForCase(std::string_view a, std::string_view b);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_LETTER_CASE_H_
