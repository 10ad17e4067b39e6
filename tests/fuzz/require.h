// How a fuzz target says that a promise was broken.
#ifndef BONAFIDE_TESTS_FUZZ_REQUIRE_H_
#define BONAFIDE_TESTS_FUZZ_REQUIRE_H_

#include <absl/status/status.h>

#include <cstddef>
#include <cstdint>
#include <cstdio>
#include <cstdlib>
#include <string_view>

#include "certs/reason.h"

namespace bonafide {

inline void Require(bool holds, const char* promise) {
  if (holds) return;
  std::fprintf(stderr, "broken promise: %s\n", promise);
  std::abort();
}

// Whether something was accepted; what is refused has a reason.
inline bool Accepted(const absl::Status& status) {
  Require(status.ok() || !ReasonOf(status).empty(), "a refusal has a reason");
  return status.ok();
}

inline std::string_view View(const uint8_t* data, size_t size) {
  return {reinterpret_cast<const char*>(data), size};
}

}  // namespace bonafide

#endif  // BONAFIDE_TESTS_FUZZ_REQUIRE_H_
