#include "registry/entry.h"

#include "merkle/frame.h"
#include "tests/fuzz/require.h"

namespace bonafide::registry {
namespace {

void FuzzEntry(std::string_view bytes) {
  const auto entry = ParseEntry(bytes);
  const auto event = ParseEventEntry(bytes);
  const auto state = ParseStateEntry(bytes);
  Require(!(event.ok() && state.ok()), "an entry is of one kind");
  Require(Accepted(entry.status()) == (Accepted(event.status()) || Accepted(state.status())),
          "an entry is of one of its kinds");
  if (event.ok()) Require(EncodeEntry(*event) == bytes, "an event has one spelling");
  if (state.ok()) Require(EncodeEntry(*state) == bytes, "a state has one spelling");
}

void FuzzFrames(std::string_view bytes) {
  const auto frames = merkle::ParseFrames(bytes, 64);
  if (!Accepted(frames.status())) return;
  std::string again;
  for (std::string_view frame : *frames) {
    Require(merkle::AppendFrame(frame, again).ok(), "what was framed can be framed");
    FuzzEntry(frame);
  }
  Require(again == bytes, "frames have one spelling");
}

}  // namespace
}  // namespace bonafide::registry

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  bonafide::registry::FuzzEntry(bonafide::View(data, size));
  bonafide::registry::FuzzFrames(bonafide::View(data, size));
  return 0;
}
