#include "client/cosigning.h"

#include <gtest/gtest.h>

#include <memory>
#include <string>

#include "certs/reason.h"
#include "merkle/cosignature.h"
#include "tests/client/scratch_remote.h"
#include "tests/registry/example_register.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::client {
namespace {

class CosigningTest : public ::testing::Test {
 protected:
  CosigningTest() : cosigner_(Cosigner("auditor.example")), remote_(scratch()) {}

  registry::ScratchRegister& scratch() { return register_.scratch; }
  certs::NoteVerifier LogKey() const { return register_.scratch.log_signer().verifier(); }
  certs::NoteSigner Cosigner(const std::string& name) {
    return *certs::NoteSigner::Create(name, certs::NoteKeyType::kCosignature, scratch().NewKey());
  }
  Memory Cosigned() const { return Memory::Open(directory_ / "cosigned", LogKey()).value(); }
  merkle::OpenedCheckpoint Head() const {
    return *merkle::OpenCheckpoint(register_.scratch.checkpoint(), LogKey());
  }
  merkle::OpenedCheckpoint Forged(uint64_t size) {
    return *merkle::OpenCheckpoint(
        *merkle::SignCheckpoint({scratch().origin(), merkle::TreeSize{size}, Sha256("another")},
                                scratch().log_signer()),
        LogKey());
  }
  void Grow() {
    scratch().Register(register_.clinic, "Somebody Example");
    scratch().Publish();
  }
  absl::StatusOr<std::string> Cosign(const merkle::OpenedCheckpoint& head, int64_t now_s = 1000) {
    return CosignHead(head, cosigner_, now_s, Cosigned(), remote_);
  }
  uint64_t CosignedSize() const { return (*Cosigned().Remembered())->checkpoint.size.value; }

  storage::TemporaryDirectory directory_;
  registry::ExampleRegister register_;
  certs::NoteSigner cosigner_;
  ScratchRemote remote_;
};

TEST_F(CosigningTest, OneLineThatVerifies) {
  merkle::OpenedCheckpoint head = Head();
  for (const int64_t now_s : {1000, 2000}) {  // the second takes the place of the first
    const auto note = Cosign(head, now_s);
    ASSERT_TRUE(note.ok()) << note.status();
    const auto opened = certs::ParseNote(*note);
    EXPECT_EQ(opened->signatures.size(), 2u);
    EXPECT_EQ(merkle::VerifyCosignature(*opened, cosigner_.verifier())->seconds,
              static_cast<uint64_t>(now_s));
    head = *merkle::OpenCheckpoint(*note, LogKey());
  }
}

TEST_F(CosigningTest, NeverBackToASmallerHead) {
  const merkle::OpenedCheckpoint old = Head();
  Grow();
  ASSERT_TRUE(Cosign(Head()).ok());
  const uint64_t size = CosignedSize();
  EXPECT_EQ(ReasonOf(Cosign(old).status()), "head_older");
  // Nor where its register does not show how the two relate.
  remote_.consistency = Refusal(absl::StatusCode::kUnavailable, "unreachable", "gone");
  EXPECT_EQ(ReasonOf(Cosign(old).status()), "head_older");
  EXPECT_EQ(CosignedSize(), size);
}

TEST_F(CosigningTest, AForkIsNamedAndNotCosigned) {
  ASSERT_TRUE(Cosign(Head()).ok());
  const uint64_t size = CosignedSize();
  Grow();
  for (const uint64_t forged : {size - 1, size, size + 2}) {
    const auto note = Cosign(Forged(forged));
    EXPECT_EQ(ReasonOf(note.status()), "fork") << forged;
    EXPECT_TRUE(absl::IsDataLoss(note.status()));
  }
  EXPECT_EQ(CosignedSize(), size);
}

TEST_F(CosigningTest, ALargerHeadOnlyWithItsProof) {
  ASSERT_TRUE(Cosign(Head()).ok());
  Grow();
  remote_.consistency = Refusal(absl::StatusCode::kUnavailable, "unreachable", "gone");
  EXPECT_EQ(ReasonOf(Cosign(Head()).status()), "consistency_unproven");
}

// Else a crash between the two would let it cosign a second history.
TEST_F(CosigningTest, RememberedBeforeItIsHandedOver) {
  remote_.cosign_failure = Refusal(absl::StatusCode::kUnavailable, "unreachable", "gone");
  EXPECT_FALSE(Cosign(Head()).ok());
  EXPECT_EQ(CosignedSize(), Head().checkpoint.size.value);
}

TEST_F(CosigningTest, ARegisterThatDropsTheLineIsSaid) {
  remote_.drop_cosignatures = true;
  EXPECT_EQ(ReasonOf(Cosign(Head()).status()), "cosignature_missing");
}

}  // namespace
}  // namespace bonafide::client
