#include "merkle/cosignature.h"

#include <gtest/gtest.h>

#include "certs/reason.h"
#include "merkle/checkpoint.h"
#include "tests/merkle/golden_keys.h"

namespace bonafide::merkle {
namespace {

certs::Note Golden(const std::string& file) { return *certs::ParseNote(GoldenFile(file)); }

TEST(Cosignature, GoldenBytes) {
  certs::Note note = Golden("checkpoint.note");
  const auto line = Cosign(note.text, CosignatureTime{kGoldenTime}, GoldenCosigner());
  ASSERT_TRUE(line.ok()) << line.status();
  EXPECT_EQ(line->signature.size(), 72u);
  note.signatures.push_back(*line);
  EXPECT_EQ(certs::WriteNote(note), GoldenFile("cosigned.note"));

  const auto time = VerifyCosignature(Golden("cosigned.note"), GoldenCosigner().verifier());
  ASSERT_TRUE(time.ok()) << time.status();
  EXPECT_EQ(time->seconds, kGoldenTime);
  // The log's own signature is untouched by the lines that follow it.
  EXPECT_TRUE(OpenCheckpoint(GoldenFile("cosigned.note"), GoldenLog().verifier()).ok());
}

TEST(Cosignature, MessageCoversTheWholeText) {
  EXPECT_EQ(CosignatureMessage("a\n1\nroot\n", CosignatureTime{17}),
            "cosignature/v1\ntime 17\na\n1\nroot\n");
}

TEST(Cosignature, LimitsOfTime) {
  const std::string text = Golden("checkpoint.note").text;
  const uint64_t last = (uint64_t{1} << 63) - 1;
  for (uint64_t seconds : {uint64_t{1}, last}) {
    certs::Note note{text, {*Cosign(text, CosignatureTime{seconds}, GoldenCosigner())}};
    EXPECT_EQ(VerifyCosignature(note, GoldenCosigner().verifier())->seconds, seconds);
  }
  for (uint64_t seconds : {uint64_t{0}, last + 1, UINT64_MAX}) {
    EXPECT_EQ(ReasonOf(Cosign(text, CosignatureTime{seconds}, GoldenCosigner()).status()),
              "cosignature_time");
    // Even where the key has signed it.
    certs::NoteSignature line = *Cosign(text, CosignatureTime{1}, GoldenCosigner());
    for (int i = 0; i < 8; ++i) line.signature[i] = static_cast<char>(seconds >> (56 - 8 * i));
    line.signature.replace(
        8, 64, *GoldenCosigner().signer().Sign(CosignatureMessage(text, CosignatureTime{seconds})));
    EXPECT_EQ(ReasonOf(VerifyCosignature({text, {line}}, GoldenCosigner().verifier()).status()),
              "cosignature_time");
  }
}

TEST(Cosignature, RefusesWhatIsNotOne) {
  const certs::Note golden = Golden("cosigned.note");
  const certs::NoteVerifier cosigner = GoldenCosigner().verifier();
  const auto reason = [&](const certs::Note& note) {
    return ReasonOf(VerifyCosignature(note, cosigner).status());
  };
  const auto missing = VerifyCosignature(Golden("checkpoint.note"), cosigner);
  EXPECT_EQ(ReasonOf(missing.status()), "cosignature_missing");
  EXPECT_EQ(missing.status().code(), absl::StatusCode::kNotFound);
  EXPECT_EQ(ReasonOf(VerifyCosignature(golden, GoldenLog().verifier()).status()),
            "cosignature_key");
  for (size_t size : {0u, 64u, 71u, 73u}) {
    certs::Note note = golden;
    note.signatures[1].signature.resize(size);
    EXPECT_EQ(reason(note), "cosignature_size") << size;
  }
  for (size_t byte = 0; byte < 72; ++byte) {
    certs::Note note = golden;
    note.signatures[1].signature[byte] ^= 0x01;
    EXPECT_EQ(reason(note), "cosignature_wrong") << byte;
  }
  certs::Note other_size = golden;
  other_size.text[other_size.text.find("70000")] = '8';
  EXPECT_EQ(reason(other_size), "cosignature_wrong");
  // The log's plain signature of the same text, by the same key, is no cosignature.
  certs::Note plain = golden;
  plain.signatures[1].signature =
      std::string(8, '\1') + *GoldenCosigner().signer().Sign(plain.text);
  EXPECT_EQ(reason(plain), "cosignature_wrong");
}

TEST(Cosignature, SignsCheckpointsOnlyAndOnlyAsACosigner) {
  const std::string text = Golden("checkpoint.note").text;
  EXPECT_EQ(ReasonOf(Cosign(text, CosignatureTime{1}, GoldenLog()).status()), "cosignature_key");
  EXPECT_EQ(ReasonOf(Cosign(text + "extension\n", CosignatureTime{1}, GoldenCosigner()).status()),
            "checkpoint_extension");
  EXPECT_EQ(ReasonOf(Cosign("anything\n", CosignatureTime{1}, GoldenCosigner()).status()),
            "checkpoint_syntax");
}

}  // namespace
}  // namespace bonafide::merkle
