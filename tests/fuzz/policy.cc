#include "merkle/policy.h"

#include "tests/fuzz/require.h"

namespace bonafide::merkle {
namespace {

void Fuzz(std::string_view text) {
  const auto policy = Policy::Parse(text);
  if (!Accepted(policy.status())) return;
  Require(policy->logs().size() <= Policy::kMaxOfEach &&
              policy->witnesses().size() <= Policy::kMaxOfEach,
          "a policy is not too large");
  certs::Note unsigned_note;
  unsigned_note.text = "register.example/log\n0\n47DEQpj8HBSa+/TImW+5JCeuQeRkm5NMpJWZG3hSuFU=\n";
  const auto result = policy->Evaluate(unsigned_note);
  Require(result.ok() && !result->quorum_time, "nobody has cosigned");
  const bool asks_nothing = policy->logs().empty() && !policy->requires_cosignatures();
  Require(result->satisfied == asks_nothing, "an unsigned note satisfies whoever asks for nothing");
}

}  // namespace
}  // namespace bonafide::merkle

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  bonafide::merkle::Fuzz(bonafide::View(data, size));
  return 0;
}
