#include "storage/personal/duplicate_hint.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <optional>
#include <string>
#include <vector>

#include "certs/random.h"
#include "tests/storage/scratch_database.h"

namespace bonafide::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::SizeIs;

NumberedPaper Certificate(const std::string& number, const std::string& issuer,
                          std::optional<std::string> recognition = std::nullopt) {
  return {NumberKind::kCertificate, {issuer, std::move(recognition), std::nullopt}, number};
}

class DuplicateHintTest : public ::testing::Test {
 protected:
  DuplicateHintTest()
      : secret_(*IndexSecret::OpenFile(database_.directory() + "/secret", certs::SystemRandom())),
        hints_(secret_) {}

  void Add(uint64_t subject, uint64_t index, const NumberedPaper& paper) {
    WriteBatch batch;
    ASSERT_TRUE(hints_.Add({{subject}, {index}}, paper, batch).ok());
    ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  }
  std::vector<LoggedAt> Find(uint64_t subject, const NumberedPaper& paper) {
    return *hints_.Find(*database_->Now(), {subject}, paper);
  }

  ScratchDatabase database_;
  IndexSecret secret_;
  DuplicateHints hints_;
};

TEST_F(DuplicateHintTest, FindsTheSamePaperOfSomebodyElse) {
  Add(5, 10, Certificate("AB-123 456", "Example Awarding Body"));
  Add(6, 11, Certificate("ab123456", "EXAMPLE  Awarding-Body"));
  EXPECT_THAT(Find(5, Certificate("AB 123456", "Example Awarding Body")),
              ElementsAre(LoggedAt{{6}, {11}}));
  EXPECT_THAT(Find(7, Certificate("AB123456", "Example Awarding Body")),
              ElementsAre(LoggedAt{{5}, {10}}, LoggedAt{{6}, {11}}));
}

TEST_F(DuplicateHintTest, KnowsAnIssuerByEachOfItsNames) {
  Add(5, 10, Certificate("AB123456", "Example Awarding Body", "RN0000"));
  EXPECT_THAT(Find(6, Certificate("AB123456", "E. A. B.", "RN0000")), SizeIs(1));
  EXPECT_THAT(Find(6, Certificate("AB123456", "Example Awarding Body")), SizeIs(1));
  EXPECT_THAT(Find(6, Certificate("AB123456", "E. A. B.", "RN0001")), IsEmpty());
}

TEST_F(DuplicateHintTest, KeepsOthersApart) {
  Add(5, 10, Certificate("AB123456", "Example Awarding Body"));
  EXPECT_THAT(Find(6, Certificate("AB123457", "Example Awarding Body")), IsEmpty());
  EXPECT_THAT(Find(6, Certificate("AB123456", "Another Awarding Body")), IsEmpty());
  NumberedPaper policy = Certificate("AB123456", "Example Awarding Body");
  policy.kind = NumberKind::kPolicy;
  EXPECT_THAT(Find(6, policy), IsEmpty());
  EXPECT_THAT(Find(5, Certificate("AB123456", "Example Awarding Body")), IsEmpty());
}

TEST_F(DuplicateHintTest, SaysNothingOfShortNumbers) {
  Add(5, 10, Certificate("1-2 3", "Example Awarding Body"));
  EXPECT_EQ(database_.Count(Family::kDuplicates), 0U);
  EXPECT_THAT(Find(6, Certificate("123", "Example Awarding Body")), IsEmpty());
}

TEST_F(DuplicateHintTest, IsCapped) {
  for (uint64_t subject = 100; subject < 140; ++subject) {
    Add(subject, subject, Certificate("AB123456", "Example Awarding Body"));
  }
  EXPECT_THAT(Find(5, Certificate("AB123456", "Example Awarding Body")),
              SizeIs(kMaxDuplicateHints));
}

TEST_F(DuplicateHintTest, IsRemovedWithItsEventOrSubject) {
  Add(5, 10, Certificate("AB123456", "Example Awarding Body", "RN0000"));
  Add(5, 12, Certificate("AB777777", "Example Awarding Body"));
  Add(6, 11, Certificate("AB123456", "Example Awarding Body"));
  WriteBatch one;
  ASSERT_TRUE(DuplicateHints::Remove(*database_->Now(), LoggedAt{{5}, {10}}, one).ok());
  ASSERT_TRUE(database_->Write(std::move(one)).ok());
  EXPECT_THAT(Find(7, Certificate("AB123456", "Example Awarding Body")),
              ElementsAre(LoggedAt{{6}, {11}}));
  EXPECT_THAT(Find(7, Certificate("AB777777", "Example Awarding Body")), SizeIs(1));
  for (uint64_t subject : {5, 6}) {
    WriteBatch all;
    ASSERT_TRUE(DuplicateHints::Remove(*database_->Now(), SubjectNumber{subject}, all).ok());
    ASSERT_TRUE(database_->Write(std::move(all)).ok());
  }
  EXPECT_EQ(database_.Count(Family::kDuplicates), 0U);
}

}  // namespace
}  // namespace bonafide::storage
