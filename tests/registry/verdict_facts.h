// The facts of a case: lines of the table, filed into a register in the order of their days.
#ifndef BONAFIDE_TESTS_REGISTRY_VERDICT_FACTS_H_
#define BONAFIDE_TESTS_REGISTRY_VERDICT_FACTS_H_

#include <memory>
#include <vector>

#include "tests/registry/verdict_line.h"
#include "tests/registry/verdict_register.h"

namespace bonafide::registry {

// A register with the cast, what is usual (docs/verdict.md, "The cases"), and `lines`: a line about
// the rules, registration, training or insurance takes the place of the usual one.
std::unique_ptr<VerdictRegister> FileFacts(const std::vector<VerdictLine>& lines);

}  // namespace bonafide::registry

#endif  // BONAFIDE_TESTS_REGISTRY_VERDICT_FACTS_H_
