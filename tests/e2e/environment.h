// What the one who runs the tests chose by environment variables.
#ifndef BONAFIDE_TESTS_E2E_ENVIRONMENT_H_
#define BONAFIDE_TESTS_E2E_ENVIRONMENT_H_

#include <cstdint>
#include <cstdlib>

namespace bonafide::e2e {

// The number in the variable `name`, or `otherwise` where there is none.
inline uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_ENVIRONMENT_H_
