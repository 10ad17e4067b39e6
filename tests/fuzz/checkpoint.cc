// The text of a checkpoint; what is one is signed and cosigned, and must open again.
#include "merkle/checkpoint.h"

#include <memory>
#include <string>

#include "merkle/cosignature.h"
#include "tests/fuzz/require.h"

namespace bonafide::merkle {
namespace {

constexpr char kOrigin[] = "register.example/log";

certs::NoteSigner SignerOf(char seed, const std::string& name, certs::NoteKeyType type) {
  auto key = certs::PrivateKey::FromEd25519Seed(std::string(32, seed));
  return *certs::NoteSigner::Create(name, type, std::make_shared<certs::PrivateKey>(*key));
}

void Fuzz(std::string_view text) {
  static const auto& log =
      *new certs::NoteSigner(SignerOf(1, kOrigin, certs::NoteKeyType::kEd25519));
  static const auto& witness =
      *new certs::NoteSigner(SignerOf(2, "witness.example", certs::NoteKeyType::kCosignature));
  if (const auto opened = OpenCheckpoint(text, log.verifier()); Accepted(opened.status())) {
    Require(opened->checkpoint.origin == kOrigin, "a checkpoint is of the log that signed it");
  }
  const auto checkpoint = ParseCheckpoint(text);
  if (!Accepted(checkpoint.status())) return;
  Require(FormatCheckpoint(*checkpoint) == text, "a checkpoint has one spelling");
  const auto note = SignCheckpoint(*checkpoint, log);
  Require(note.ok() == (checkpoint->origin == kOrigin), "a log signs only its own checkpoints");
  if (!note.ok()) return;
  const auto opened = OpenCheckpoint(*note, log.verifier());
  Require(opened.ok() && opened->checkpoint == *checkpoint, "what was signed opens");
  const CosignatureTime time{1 + checkpoint->size.value / 2};
  certs::Note cosigned = opened->note;
  cosigned.signatures.push_back(*Cosign(cosigned.text, time, witness));
  const auto verified = VerifyCosignature(cosigned, witness.verifier());
  Require(verified.ok() && *verified == time, "what was cosigned verifies, with its time");
}

}  // namespace
}  // namespace bonafide::merkle

extern "C" int LLVMFuzzerTestOneInput(const uint8_t* data, size_t size) {
  bonafide::merkle::Fuzz(bonafide::View(data, size));
  return 0;
}
