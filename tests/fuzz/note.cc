#include "tests/certs/fuzz.h"
#include "tests/fuzz/require.h"

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  const std::string_view bytes = bonafide::View(data, size);
  bonafide::certs::FuzzNote(bytes);
  bonafide::certs::FuzzVkey(bytes);
  return 0;
}
