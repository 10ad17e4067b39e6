// The check digit of regulated qualification numbers, as a hint.
#ifndef BONAFIDE_REGISTRY_QUALIFICATION_NUMBER_H_
#define BONAFIDE_REGISTRY_QUALIFICATION_NUMBER_H_

#include <string_view>

namespace bonafide::registry {

// Whether `number` has the form ddd/dddd/c and c is not its check digit: the sum of the seven
// digits weighted 8 to 2, modulo 11, with X for 10. A few genuine numbers break the rule, so it may
// only ever warn. Numbers of another form are never suspicious.
bool HasSuspiciousCheckDigit(std::string_view number);

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_QUALIFICATION_NUMBER_H_
