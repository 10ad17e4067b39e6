// Cosignatures on their way in, through the register.
#include "storage/register/cosigned_heads.h"

#include <gtest/gtest.h>

#include <string>

#include "certs/reason.h"
#include "merkle/checkpoint.h"
#include "merkle/cosignature.h"
#include "tests/storage/test_register.h"

namespace bonafide::storage {
namespace {

class CosignedHeadsTest : public ::testing::Test {
 protected:
  CosignedHeadsTest() : witness_(Witness("witness.example")), other_(Witness("other.example")) {
    reg_.options().cosigner_policy =
        *merkle::Policy::Parse("witness w1 " + witness_.verifier().ToVkey() + "\nquorum w1\n");
  }
  void SetUp() override { ASSERT_TRUE(reg_.Open().ok()); }

  certs::NoteSigner Witness(const std::string& name) {
    return *certs::NoteSigner::Create(name, certs::NoteKeyType::kCosignature, reg_.NewKey());
  }
  static std::string Cosigned(const std::string& note, const certs::NoteSigner& witness,
                              uint64_t at_s = 1'780'000'000) {
    auto parsed = *certs::ParseNote(note);
    parsed.signatures.push_back(*merkle::Cosign(parsed.text, {at_s}, witness));
    return certs::WriteNote(parsed);
  }
  void FileSomething() {
    reg_.clock().Advance(CosignedHeads::kCandidateEveryMs);
    reg_.Admit(registry::OrganisationKind::kClinic, reg_.regulator());
  }

  TestRegister reg_;
  certs::NoteSigner witness_;
  certs::NoteSigner other_;
};

TEST_F(CosignedHeadsTest, AHeadIsServedOnceItsPolicyIsMet) {
  EXPECT_EQ(ReasonOf(reg_->Cosigned().status()), "no_cosigned_head");
  const std::string note = (*reg_->ToCosign())->note();
  FileSomething();
  const auto merged = reg_->AddCosignature(Cosigned(note, witness_));
  ASSERT_TRUE(merged.ok()) << merged.status();
  const auto cosigned = reg_->Cosigned();
  ASSERT_TRUE(cosigned.ok());
  EXPECT_EQ((*cosigned)->note(), *merged);
  EXPECT_EQ((*cosigned)->size(), TreeSize{2});
  EXPECT_EQ(reg_.Newest()->size(), TreeSize{4});
  EXPECT_TRUE(reg_.options().cosigner_policy.Evaluate(*certs::ParseNote(*merged))->satisfied);
}

TEST_F(CosignedHeadsTest, ANewerOneTakesItsPlace) {
  ASSERT_TRUE(reg_->AddCosignature(Cosigned((*reg_->ToCosign())->note(), witness_)).ok());
  FileSomething();
  EXPECT_EQ((*reg_->Cosigned())->size(), TreeSize{2});
  ASSERT_TRUE(reg_->AddCosignature(Cosigned((*reg_->ToCosign())->note(), witness_)).ok());
  EXPECT_EQ((*reg_->Cosigned())->size(), TreeSize{4});
}

// The last event of a busy hour is not left without cosignatures until the next one.
TEST_F(CosignedHeadsTest, AHeadThatFollowedAtOnceIsOfferedWhenAskedFor) {
  FileSomething();
  const TreeSize kept = reg_.Newest()->size();
  reg_.clock().Advance(CosignedHeads::kCandidateEveryMs / 2);
  reg_.Admit(registry::OrganisationKind::kClinic, reg_.regulator());
  EXPECT_EQ((*reg_->ToCosign())->size(), kept) << "one a second is enough";
  reg_.clock().Advance(CosignedHeads::kCandidateEveryMs / 2);
  const ViewPtr asked = *reg_->ToCosign();
  EXPECT_EQ(asked->note(), reg_.Newest()->note());
  // It stays, though a newer one follows.
  FileSomething();
  ASSERT_TRUE(reg_->AddCosignature(Cosigned(asked->note(), witness_)).ok());
  EXPECT_EQ((*reg_->Cosigned())->size(), asked->size());
}

TEST_F(CosignedHeadsTest, WhatIsWrongIsRefused) {
  const std::string note = (*reg_->ToCosign())->note();
  EXPECT_EQ(ReasonOf(reg_->AddCosignature(Cosigned(note, other_)).status()), "cosigner_unknown");
  EXPECT_EQ(ReasonOf(reg_->AddCosignature("no note").status()), "note_syntax");
  auto spoilt = *certs::ParseNote(Cosigned(note, witness_));
  spoilt.signatures.back().signature.back() ^= 1;
  EXPECT_EQ(ReasonOf(reg_->AddCosignature(certs::WriteNote(spoilt)).status()), "cosignature_wrong");
  const std::string elsewhere =
      *merkle::SignCheckpoint({reg_.origin(), {2}, Digest()}, *reg_.options().log_signer);
  EXPECT_EQ(ReasonOf(reg_->AddCosignature(Cosigned(elsewhere, witness_)).status()),
            "checkpoint_unknown");
  EXPECT_EQ(ReasonOf(reg_->Cosigned().status()), "no_cosigned_head");
}

TEST_F(CosignedHeadsTest, CosignaturesSurviveARestart) {
  ASSERT_TRUE(reg_->AddCosignature(Cosigned((*reg_->ToCosign())->note(), witness_)).ok());
  ASSERT_TRUE(reg_.Open().ok());
  ASSERT_TRUE(reg_->Cosigned().ok());
  EXPECT_EQ((*reg_->Cosigned())->size(), TreeSize{2});
}

TEST_F(CosignedHeadsTest, WithoutAPolicyTheNewestWillDo) {
  reg_.options().cosigner_policy = merkle::Policy::None();
  ASSERT_TRUE(reg_.Open().ok());
  FileSomething();
  EXPECT_EQ((*reg_->Cosigned())->size(), reg_.Newest()->size());
}

}  // namespace
}  // namespace bonafide::storage
