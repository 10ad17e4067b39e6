#include "tests/certs/fuzz.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = bonafide::View(data, size);
  bonafide::certs::FuzzJson(bytes);
  bonafide::certs::FuzzJwk(bytes);
  bonafide::certs::FuzzBase64(bytes);
  return 0;
}
