// Histories around the edges of a page.
#include "storage/history/history.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <string>
#include <utility>

#include "certs/reason.h"
#include "merkle/frame.h"
#include "tests/storage/test_register.h"

namespace bonafide::storage {
namespace {

using registry::OrganisationKind;
using registry::Power;

class HistoryTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(reg_.Open().ok());
    clinic_ = reg_.Admit(OrganisationKind::kRegistrar, reg_.regulator());
    reg_.Grant(reg_.regulator(), clinic_, Power::kRegister);
    reg_.Grant(reg_.regulator(), clinic_, Power::kAttest);
    person_ = reg_.AddPractitioner(clinic_, "Zoe Example");
  }

  void GrowTo(uint64_t entries) {
    for (; entries_ < entries; ++entries_) {
      ASSERT_TRUE(reg_.File(reg_.TrainingFor(clinic_, person_)).ok());
    }
  }

  void ExpectWhole() {
    const ViewPtr view = reg_.Newest();
    const auto proven = reg_.Verify(*view, reg_.QuestionAbout(person_));
    EXPECT_TRUE(proven.ok()) << entries_ << ": " << proven.status();
    EXPECT_EQ((*view->FindSubject(person_.number))->events().size(), entries_);
    for (uint64_t known : {uint64_t{0}, uint64_t{15}, uint64_t{16}, uint64_t{17}, entries_}) {
      if (known > entries_) continue;
      const auto part =
          view->AssembleEvidence(reg_.QuestionAbout(person_), {{person_.number, known}}, {});
      ASSERT_TRUE(part.ok()) << part.status();
      EXPECT_EQ(FramesOf((*part)->parts().Joined()), entries_ - known);
      const auto page = view->ReadSubject(person_.number, known, 3, {});
      ASSERT_TRUE(page.ok()) << page.status();
      EXPECT_EQ(FramesOf(page->evidence), std::min<uint64_t>(3, entries_ - known));
    }
  }

  size_t FramesOf(const registry::Evidence& evidence) const {
    for (const registry::SubjectEvidence& subject : evidence.subjects) {
      if (subject.number == person_.number) {
        return merkle::ParseFrames(subject.entries, 100)->size();
      }
    }
    return 0;
  }

  TestRegister reg_;
  Party clinic_, person_;
  uint64_t entries_ = 1;
};

TEST_F(HistoryTest, IsWholeAtEveryEdge) {
  for (uint64_t entries : {1, 15, 16, 17, 31, 32, 33}) {
    GrowTo(entries);
    ExpectWhole();
  }
  // From files, joined into one row each.
  ASSERT_TRUE(reg_->database().Compact(Family::kHistories, "", "").ok());
  ExpectWhole();
  ASSERT_TRUE(reg_.Open().ok());
  ExpectWhole();
  GrowTo(34);
  ExpectWhole();
}

TEST_F(HistoryTest, ALostPageIsDataLoss) {
  GrowTo(33);
  for (uint32_t page : {2, 1, 0}) {
    WriteBatch batch;
    batch.Delete(Family::kHistories, PageKey(person_.number, page));
    ASSERT_TRUE(reg_->database().Write(std::move(batch)).ok());
    ASSERT_TRUE(reg_.Open().ok());
    EXPECT_EQ(ReasonOf(reg_.Verify(*reg_.Newest(), reg_.QuestionAbout(person_)).status()),
              "record_missing");
    EXPECT_EQ(ReasonOf(reg_.Newest()->FindSubject(person_.number).status()), "record_missing");
  }
}

}  // namespace
}  // namespace bonafide::storage
