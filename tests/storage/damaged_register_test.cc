// Rows that were lost or edited: what is missing is reported, and what was edited is not believed.
#include <gtest/gtest.h>

#include <string>

#include "certs/reason.h"
#include "tests/storage/page_edit.h"
#include "tests/storage/test_register.h"

namespace bonafide::storage {
namespace {

using registry::OrganisationKind;
using registry::Power;

class DamagedRegisterTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(reg_.Open().ok()); }

  TestRegister reg_;
};

TEST_F(DamagedRegisterTest, ALostEntryIsDataLossAndNothingElse) {
  const Party clinic = reg_.Admit(OrganisationKind::kRegistrar, reg_.regulator());
  reg_.Grant(reg_.regulator(), clinic, Power::kRegister);
  const Party practitioner = reg_.AddPractitioner(clinic, "Zoe Example");
  WriteBatch batch;
  batch.Delete(Family::kHistories, PageKey(practitioner.number, 0));
  ASSERT_TRUE(reg_->database().Write(std::move(batch)).ok());
  ASSERT_TRUE(reg_.Open().ok());
  const auto answer = reg_.Verify(*reg_.Newest(), reg_.QuestionAbout(practitioner));
  EXPECT_EQ(answer.status().code(), absl::StatusCode::kDataLoss);
  EXPECT_EQ(reg_.Newest()->ReadEntries({0}, 100, 1 << 20).status().code(),
            absl::StatusCode::kDataLoss);
}

TEST_F(DamagedRegisterTest, ALostDisclosureIsDataLossNotWithheld) {
  const Party clinic = reg_.Admit(OrganisationKind::kRegistrar, reg_.regulator());
  reg_.Grant(reg_.regulator(), clinic, Power::kRegister);
  const Party practitioner = reg_.AddPractitioner(clinic, "Zoe Example");
  WriteBatch batch;
  EditPage(reg_->database(), batch, {practitioner.number, 0},
           [](PageItems& page, size_t) { page.annexes.clear(); });
  ASSERT_TRUE(reg_->database().Write(std::move(batch)).ok());
  ASSERT_TRUE(reg_.Open().ok());
  EXPECT_EQ(ReasonOf(reg_.Verify(*reg_.Newest(), reg_.QuestionAbout(practitioner)).status()),
            "data_damaged");
}

// What was signed for says how much there has to be.
TEST_F(DamagedRegisterTest, AHistoryThatLacksItsEndIsDataLoss) {
  const Party clinic = reg_.Admit(OrganisationKind::kRegistrar, reg_.regulator());
  reg_.Grant(reg_.regulator(), clinic, Power::kRegister);
  reg_.Grant(reg_.regulator(), clinic, Power::kAttest);
  const Party practitioner = reg_.AddPractitioner(clinic, "Zoe Example");
  ASSERT_TRUE(reg_.File(reg_.TrainingFor(clinic, practitioner)).ok());
  WriteBatch batch;
  EditPage(reg_->database(), batch, {practitioner.number, 1}, [](PageItems& page, size_t) {
    page.entries.pop_back();
    page.annexes.pop_back();
  });
  ASSERT_TRUE(reg_->database().Write(std::move(batch)).ok());
  ASSERT_TRUE(reg_.Open().ok());
  EXPECT_EQ(ReasonOf(reg_.Verify(*reg_.Newest(), reg_.QuestionAbout(practitioner)).status()),
            "record_missing");
}

// The register's own verdict checks no signature, so that what it judges has to be what was hashed:
// of the person, and of those who are held in memory.
TEST_F(DamagedRegisterTest, WhatWasEditedIsNeverJudged) {
  const Party clinic = reg_.Admit(OrganisationKind::kRegistrar, reg_.regulator());
  reg_.Grant(reg_.regulator(), clinic, Power::kRegister);
  reg_.Grant(reg_.regulator(), clinic, Power::kAttest);
  const Party practitioner = reg_.AddPractitioner(clinic, "Zoe Example");
  const Party other = reg_.AddPractitioner(clinic, "Ona Example");
  ASSERT_TRUE(reg_.File(reg_.TrainingFor(clinic, practitioner)).ok());
  const auto judge = [&](const Party& about) {
    return reg_.Newest()->Judge(reg_.QuestionAbout(about), Audience()).status();
  };
  EXPECT_TRUE(judge(practitioner).ok());
  const auto edited = [&](EntryPlace place) {
    WriteBatch batch;
    FlipEntry(reg_->database(), batch, place, 10);  // in its signature
    EXPECT_TRUE(reg_->database().Write(std::move(batch)).ok());
    EXPECT_TRUE(reg_.Open().ok());
  };
  edited({practitioner.number, 1});
  EXPECT_EQ(judge(practitioner).code(), absl::StatusCode::kDataLoss);
  EXPECT_TRUE(judge(other).ok());
  edited({clinic.number, 0});
  EXPECT_EQ(judge(other).code(), absl::StatusCode::kDataLoss);
}

TEST_F(DamagedRegisterTest, ALostOrEditedHeadKeepsTheRegisterShut) {
  reg_.Admit(OrganisationKind::kClinic, reg_.regulator());
  const auto head = reg_->database().Require(Family::kHeads, U64Key(1));
  WriteBatch batch;
  batch.Delete(Family::kHeads, U64Key(1));
  ASSERT_TRUE(reg_->database().Write(std::move(batch)).ok());
  EXPECT_EQ(ReasonOf(reg_.Open()), "record_missing");
  std::string edited = *head;
  edited.back() = static_cast<char>(edited.back() ^ 1);
  {
    const auto database = Database::Open(reg_.options().database);
    WriteBatch edit;
    edit.Put(Family::kHeads, U64Key(1), edited);
    ASSERT_TRUE((*database)->Write(std::move(edit)).ok());
  }
  EXPECT_EQ(ReasonOf(reg_.Open()), "data_damaged");
  {
    const auto database = Database::Open(reg_.options().database);
    WriteBatch edit;
    edit.Put(Family::kHeads, U64Key(1), *head);
    ASSERT_TRUE((*database)->Write(std::move(edit)).ok());
  }
  EXPECT_TRUE(reg_.Open().ok());
}

}  // namespace
}  // namespace bonafide::storage
