// A file of evidence, for the register whose file is in the corpus.
#include "proto/evidence_file.h"
#include "tests/fuzz/require.h"
#include "tests/registry/example_register.h"

namespace bonafide::registry {
namespace {

void Fuzz(std::string_view bytes) {
  static const ExampleRegister& example = *new ExampleRegister();
  static const std::string& checkpoint = *new std::string(example.scratch.checkpoint());
  const auto file = proto::ParseEvidenceFile(bytes);
  if (!Accepted(file.status())) return;
  Require(proto::WriteEvidenceFile(*file) == bytes, "a file has one spelling");
  const auto proven = VerifyEvidence(example.scratch.anchors(), file->evidence, file->question,
                                     example.scratch.now_ms(), Freshness::kSaved);
  if (!Accepted(proven.status())) return;
  Require(file->evidence.checkpoint == checkpoint, "only what the register signed is accepted");
  Require(proven->world->Find(SubjectNumber{0}) != nullptr, "the first regulator is always there");
}

}  // namespace
}  // namespace bonafide::registry

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  bonafide::registry::Fuzz(bonafide::View(data, size));
  return 0;
}
