// The published vectors that lie beside the repository, and strings of hexadecimal.
#ifndef BONAFIDE_TESTS_CERTS_VECTORS_H_
#define BONAFIDE_TESTS_CERTS_VECTORS_H_

#include <optional>
#include <string>
#include <string_view>

namespace bonafide::certs {

// The text of `name` in the vectors folder (BONAFIDE_VECTORS, else beside the repository). Nothing
// when it is not there.
std::optional<std::string> ReadVectors(const std::string& name);

// Whether absent vectors are a failure: CI=true.
bool VectorsAreRequired();

std::string FromHex(std::string_view hex);

}  // namespace bonafide::certs

// Skips the test without the file, fails it under CI.
#define READ_VECTORS_OR_SKIP(text, name)                                                \
  const auto text = ::bonafide::certs::ReadVectors(name);                               \
  if (!text && ::bonafide::certs::VectorsAreRequired()) FAIL() << name << " is absent"; \
  if (!text) GTEST_SKIP() << "skipped: no " << name

#endif  // BONAFIDE_TESTS_CERTS_VECTORS_H_
