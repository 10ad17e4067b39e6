// Papers to file with events.
#ifndef BONAFIDE_TESTS_E2E_EXAMPLE_PAPER_H_
#define BONAFIDE_TESTS_E2E_EXAMPLE_PAPER_H_

#include <string>
#include <string_view>
#include <vector>

#include "certs/digest.h"
#include "certs/json.h"
#include "registry/event_schema.h"

namespace bonafide::e2e {

// A PDF of at least `size_bytes` with `text` in it.
inline std::string ExamplePdf(std::string_view text, size_t size_bytes = 100) {
  return "%PDF-1.4\n% " + std::string(text) + "\n" + std::string(size_bytes, 'x') +
         "\ntrailer\n<< >>\n%%EOF\n";
}

// The slot `name` ("papers", "public_papers") that names this PDF.
inline registry::OpenedSlot PaperSlot(std::string name, std::string_view pdf) {
  return {std::move(name), certs::Json::Array({certs::Json::Object(
                               {{"sha256", certs::Json::String(Sha256(pdf).Hex())},
                                {"type", certs::Json::String("application/pdf")}})})};
}

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_EXAMPLE_PAPER_H_
