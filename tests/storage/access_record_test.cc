#include "storage/papers/access_record.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <memory>
#include <thread>
#include <vector>

#include "certs/reason.h"
#include "storage/papers/paper_reader.h"
#include "storage/papers/paper_store.h"
#include "storage/papers/paper_writer.h"
#include "tests/storage/scratch_database.h"

namespace bonafide::storage {
namespace {

using ::testing::IsEmpty;
using ::testing::SizeIs;

constexpr uint64_t kNewest = ~uint64_t{0};

AccessRecord Record(uint64_t subject, int64_t time_ms, bool allowed = true) {
  AccessRecord record;
  record.time_ms = time_ms;
  record.asker = SubjectNumber{77};
  record.allowed = allowed;
  record.spot = PaperSpot{{{subject}, {9}}, SlotKind::kPapers, 1};
  return record;
}

class AccessRecordTest : public ::testing::Test {
 protected:
  AccessRecordTest() : records_(*AccessRecords::Open(*database_)) {}

  std::vector<int64_t> TimesAbout(uint64_t subject, uint64_t before = kNewest, size_t limit = 100) {
    std::vector<int64_t> times;
    const auto about = records_->About({subject}, before, limit);
    EXPECT_TRUE(about.ok()) << about.status();
    for (const auto& one : *about) times.push_back(one.record.time_ms);
    return times;
  }

  ScratchDatabase database_;
  std::unique_ptr<AccessRecords> records_;
};

TEST_F(AccessRecordTest, ComesBackAsItWasWritten) {
  AccessRecord anonymous;
  anonymous.time_ms = 2;
  anonymous.unnamed_paper = Sha256("nothing");
  ASSERT_TRUE(records_->Add(Record(5, 1)).ok());
  ASSERT_TRUE(records_->Add(anonymous).ok());
  ASSERT_TRUE(records_->Add(Record(6, 3, false)).ok());
  const auto all = *records_->All(kNewest, 10);
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_EQ(all[0].record, Record(6, 3, false));
  EXPECT_EQ(all[1].record, anonymous);
  EXPECT_EQ(all[2].record, Record(5, 1));
  EXPECT_EQ(all[2].number, 0U);
}

TEST_F(AccessRecordTest, IsFoundByItsSubjectInPages) {
  for (int64_t time = 1; time <= 5; ++time) ASSERT_TRUE(records_->Add(Record(5, time)).ok());
  ASSERT_TRUE(records_->Add(Record(6, 9)).ok());
  EXPECT_THAT(TimesAbout(5), ::testing::ElementsAre(5, 4, 3, 2, 1));
  EXPECT_THAT(TimesAbout(6), ::testing::ElementsAre(9));
  EXPECT_THAT(TimesAbout(7), IsEmpty());
  const auto page = *records_->About({5}, kNewest, 2);
  EXPECT_THAT(TimesAbout(5, page.back().number, 2), ::testing::ElementsAre(3, 2));
}

TEST_F(AccessRecordTest, GoesOnAfterReopening) {
  ASSERT_TRUE(records_->Add(Record(5, 1)).ok());
  records_.reset();
  database_.Reopen();
  records_ = *AccessRecords::Open(*database_);
  ASSERT_TRUE(records_->Add(Record(5, 2)).ok());
  EXPECT_THAT(TimesAbout(5), ::testing::ElementsAre(2, 1));
}

TEST_F(AccessRecordTest, IsOnDiskWhenAddReturns) {
  ASSERT_TRUE(records_->Add(Record(5, 1)).ok());
  const auto crashed = database_.Copy();
  EXPECT_THAT(*(*AccessRecords::Open(**crashed))->All(kNewest, 10), SizeIs(1));
}

TEST_F(AccessRecordTest, IsWrittenByManyThreads) {
  std::vector<std::thread> threads;
  for (uint64_t t = 0; t < 4; ++t) {
    threads.emplace_back([this, t] {
      for (int i = 0; i < 25; ++i) EXPECT_TRUE(records_->Add(Record(t, i)).ok());
    });
  }
  for (std::thread& thread : threads) thread.join();
  EXPECT_THAT(*records_->All(kNewest, 1000), SizeIs(100));
}

TEST_F(AccessRecordTest, OldOnesCanBeRemoved) {
  for (int64_t time = 1; time <= 4; ++time) ASSERT_TRUE(records_->Add(Record(5, time)).ok());
  EXPECT_EQ(*records_->RemoveOlderThan(3), 2U);
  EXPECT_THAT(TimesAbout(5), ::testing::ElementsAre(4, 3));
  EXPECT_EQ(database_.Count(Family::kAccessRecords), 4U);
}

TEST_F(AccessRecordTest, DamageIsNotAbsence) {
  ASSERT_TRUE(records_->Add(Record(5, 1)).ok());
  WriteBatch lost;
  lost.Delete(Family::kAccessRecords, "r" + std::string(8, '\0'));
  ASSERT_TRUE(database_->Write(std::move(lost)).ok());
  EXPECT_EQ(ReasonOf(records_->About({5}, kNewest, 10).status()), "record_missing");
  WriteBatch garbled;
  garbled.Put(Family::kAccessRecords, "r" + std::string(8, '\0'), "?");
  ASSERT_TRUE(database_->Write(std::move(garbled)).ok());
  EXPECT_EQ(ReasonOf(records_->About({5}, kNewest, 10).status()), "data_damaged");
  EXPECT_EQ(ReasonOf(records_->All(kNewest, 10).status()), "data_damaged");
}

// What a caller does for one request: ask who names the paper, decide, record, and only then read.
class PaperRequestTest : public AccessRecordTest {
 protected:
  PaperRequestTest() : papers_(*PaperStore::Open(*database_)) {
    for (const char* fill : {"restricted", "public", "case"}) {
      PaperWriter writer = papers_->Write();
      EXPECT_TRUE(writer.Add(0, Bytes(fill)).ok());
      EXPECT_TRUE(writer.Finish(1, std::nullopt).ok());
    }
    WriteBatch batch;
    AddReference({{{5}, {9}}, SlotKind::kPapers, 0, Sha256(Bytes("restricted"))}, batch);
    AddReference({{{5}, {9}}, SlotKind::kPublicPapers, 0, Sha256(Bytes("public"))}, batch);
    AddReference({{{5}, {10}}, SlotKind::kCasePapers, 0, Sha256(Bytes("case"))}, batch);
    EXPECT_TRUE(database_->Write(std::move(batch)).ok());
  }

  static std::string Bytes(const std::string& fill) { return "%PDF-1.7 " + fill; }

  absl::StatusOr<std::string> Fetch(const Digest& paper, const Audience& audience,
                                    std::optional<SubjectNumber> asker) {
    std::vector<PaperNaming> namings;
    const auto references = ReferencesTo(*database_->Now(), paper, 16);
    if (!references.ok()) return references.status();
    for (const PaperReference& reference : *references) {
      namings.push_back({reference, {{1}, SubjectNumber{2}, {3}}});
    }
    const PaperRuling ruling = DecidePaper(namings, audience);
    const absl::Status recorded = RecordRuling(*records_, paper, ruling, asker, 1000);
    if (!recorded.ok()) return recorded;
    auto reader = papers_->Read(paper);
    if (!reader.ok()) return reader.status();
    return reader->Next();
  }

  std::unique_ptr<PaperStore> papers_;
};

TEST_F(PaperRequestTest, RestrictedAndMissingAnswerAlike) {
  const absl::Status restricted =
      Fetch(Sha256(Bytes("restricted")), Audience(), std::nullopt).status();
  const absl::Status case_paper = Fetch(Sha256(Bytes("case")), Audience(), std::nullopt).status();
  const absl::Status missing = Fetch(Sha256("missing"), Audience(), std::nullopt).status();
  EXPECT_EQ(restricted.ToString(), missing.ToString());
  EXPECT_EQ(restricted, missing);
  EXPECT_EQ(case_paper, missing);
  EXPECT_EQ(ReasonOf(missing), "paper_unknown");
  // And for a known organisation that is no party.
  const Audience stranger({44}, registry::OrganisationKind::kClinic);
  EXPECT_EQ(Fetch(Sha256(Bytes("restricted")), stranger, SubjectNumber{44}).status(), missing);
  EXPECT_EQ(Fetch(Sha256("missing"), stranger, SubjectNumber{44}).status(), missing);
}

TEST_F(PaperRequestTest, EveryDecisionButAPublicOneIsRecorded) {
  const Audience signer({1}, registry::OrganisationKind::kClinic);
  EXPECT_EQ(*Fetch(Sha256(Bytes("public")), Audience(), std::nullopt), Bytes("public"));
  EXPECT_THAT(*records_->All(kNewest, 10), IsEmpty());

  EXPECT_EQ(*Fetch(Sha256(Bytes("restricted")), signer, SubjectNumber{1}), Bytes("restricted"));
  EXPECT_FALSE(Fetch(Sha256(Bytes("restricted")), Audience(), std::nullopt).ok());
  EXPECT_FALSE(Fetch(Sha256("missing"), signer, SubjectNumber{1}).ok());
  const auto all = *records_->All(kNewest, 10);
  ASSERT_THAT(all, SizeIs(3));
  EXPECT_TRUE(all[2].record.allowed);
  EXPECT_EQ(all[2].record.asker, SubjectNumber{1});
  EXPECT_EQ(all[2].record.spot, (PaperSpot{{{5}, {9}}, SlotKind::kPapers, 0}));
  EXPECT_FALSE(all[1].record.allowed);
  EXPECT_EQ(all[1].record.asker, std::nullopt);
  EXPECT_FALSE(all[0].record.allowed);
  EXPECT_EQ(all[0].record.unnamed_paper, Sha256("missing"));
  // The practitioner is told of both that concern the own paper.
  EXPECT_THAT(*records_->About({5}, kNewest, 10), SizeIs(2));
}

TEST_F(PaperRequestTest, NoRecordNoPaper) {
  // A database whose free space is below its floor takes no record.
  DatabaseOptions options;
  ScratchDatabase other;
  options.directory = other.directory();
  other.Close();
  options.free_floor_bytes = ~uint64_t{0};
  const auto full = *Database::Open(options);
  const auto records = *AccessRecords::Open(*full);
  const PaperNaming naming{{{{5}, {9}}, SlotKind::kPapers, 0, Sha256("x")}, {{1}, {}, {3}}};
  const PaperRuling allowed{PaperDecision::kAllowed, &naming};
  EXPECT_EQ(ReasonOf(RecordRuling(*records, Sha256("x"), allowed, SubjectNumber{1}, 1000)),
            "disk_full");
}

}  // namespace
}  // namespace bonafide::storage
