#include "storage/personal/erasure.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <filesystem>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "certs/reason.h"
#include "storage/database/schema.h"
#include "storage/history/history_page.h"
#include "storage/history/stored_disclosures.h"
#include "storage/log/log_store.h"
#include "storage/names/name_row.h"
#include "storage/papers/paper_check.h"
#include "storage/papers/paper_reference.h"
#include "storage/personal/personal_rebuild.h"
#include "tests/storage/filed_events.h"
#include "tests/storage/scratch_database.h"

namespace bonafide::storage {
namespace {

using registry::Erasure;
using registry::PractitionerAmended;
using registry::PractitionerRegistered;
using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::SizeIs;

// Spelled in no other way anywhere; a disclosure holds it in base64url, so its bytes are looked for
// in all three alignments, too.
constexpr char kCanary[] = "Zqxcanaryjw";
constexpr char kCanaryFolded[] = "zqxcanaryjw";
constexpr char kCanaryTown[] = "Vkwtownqzx";
constexpr char kCanaryNumber[] = "QZ77CANARY3141";
constexpr char kCanaryPaper[] = "xyzzy canary on paper plugh";

class ErasureTest : public ::testing::Test {
 protected:
  ErasureTest() { Open(); }

  void Open() {
    filed_ = std::make_unique<FiledEvents>(*database_);
    if (*filed_->names.State() == NameIndexState::kEmpty) {
      WriteBatch batch;
      filed_->names.SetLogSize(0, batch);
      ASSERT_TRUE(database_->Write(std::move(batch)).ok());
    }
  }

  // Person 7 with every kind of slot, and person 8 beside it.
  void FilePeople() {
    FiledEvents& filed = *filed_;
    filed.File(8, PractitionerRegistered{}, {TextSlot("name", "Anna Example")});
    filed.File(
        7, PractitionerRegistered{},
        {TextSlot("name", std::string(kCanary) + " Example"), TextSlot("town", kCanaryTown)});
    filed.File(8, ExampleTraining(),
               {TextSlot("certificate_number", "EX-0001"),
                PaperSlot("papers", {filed.Paper("a paper they share")})});
    training_ = filed.File(
        7, ExampleTraining(),
        {TextSlot("name_on_paper", kCanary), TextSlot("certificate_number", kCanaryNumber),
         PaperSlot("papers", {filed.Paper(kCanaryPaper), filed.Paper("a paper they share"),
                              filed.Paper(Large())})});
  }

  static std::string Large() {
    std::string bytes;
    while (bytes.size() < 3 * kPaperChunkBytes) bytes += "large canary paper, ";
    return bytes;
  }

  // The files below the data directory in which something of person 7 can be found.
  std::vector<std::string> Traces() {
    std::vector<std::string> found;
    for (const char* canary :
         {kCanary, kCanaryFolded, kCanaryTown, kCanaryNumber, kCanaryPaper, "large canary paper"}) {
      for (const std::string& file : FilesContaining(database_.directory(), canary)) {
        found.push_back(file + ": " + canary);
      }
    }
    for (const std::string& disclosure : disclosures_) {
      for (const std::string& file : FilesContaining(database_.directory(), disclosure)) {
        found.push_back(file + ": a disclosure");
      }
    }
    return found;
  }

  // The rows of disclosures of `subject`, one for each event with slots.
  std::vector<StoredDisclosures> RowsOf(uint64_t subject) {
    std::vector<StoredDisclosures> rows;
    EXPECT_TRUE(database_->Now()
                    ->ScanPrefix(Family::kHistories, SubjectPrefix({subject}),
                                 [&rows](std::string_view, std::string_view value) {
                                   const auto page = PageView::Parse(value);
                                   EXPECT_TRUE(page.ok());
                                   for (size_t i = 0; i < page->size(); ++i) {
                                     const std::string_view row = page->annex(i).disclosures;
                                     if (!row.empty()) rows.push_back(*ParseDisclosures(row));
                                   }
                                   return true;
                                 })
                    .ok());
    return rows;
  }

  // Remembers the disclosures that open the slots of `subject`, exactly as stored.
  void RememberDisclosures(uint64_t subject) {
    for (const StoredDisclosures& row : RowsOf(subject)) {
      for (const StoredDisclosure& one : row.disclosures) disclosures_.push_back(one.encoded);
    }
  }

  size_t OpenDisclosures(uint64_t subject) {
    size_t open = 0;
    for (const StoredDisclosures& row : RowsOf(subject)) open += row.disclosures.size();
    return open;
  }

  bool HasPaper(const std::string& bytes) {
    return filed_->papers->Find(Sha256("%PDF-1.7\n" + bytes))->has_value();
  }

  std::vector<LoggedAt> Hints(const std::string& number) {
    const NumberedPaper paper{
        NumberKind::kCertificate, {"Example Awarding Body", std::nullopt, std::nullopt}, number};
    return *filed_->hints.Find(*database_->Now(), {99}, paper);
  }

  ScratchDatabase database_;
  std::unique_ptr<FiledEvents> filed_;
  registry::EventId training_;
  std::vector<std::string> disclosures_;
};

TEST_F(ErasureTest, RemovesEverythingPersonalOfASubject) {
  FilePeople();
  RememberDisclosures(7);
  ASSERT_THAT(disclosures_, SizeIs(5));
  ASSERT_THAT(filed_->Find(kCanary), ElementsAre(7));
  filed_->File(7, Erasure{}, {});

  EXPECT_THAT(filed_->failures(), IsEmpty());
  EXPECT_EQ(OpenDisclosures(7), 0U);
  EXPECT_THAT(RowsOf(7), SizeIs(2));  // told from lost ones
  EXPECT_THAT(filed_->Find(kCanary), IsEmpty());
  EXPECT_THAT(Hints(kCanaryNumber), IsEmpty());
  EXPECT_FALSE(HasPaper(kCanaryPaper));
  EXPECT_FALSE(HasPaper(Large()));
  EXPECT_THAT(*ReferencesOf(*database_->Now(), SubjectNumber{7}), IsEmpty());
  EXPECT_THAT(filed_->ledger->erased(), SizeIs(5));
  for (const std::string& disclosure : disclosures_) {
    EXPECT_TRUE(filed_->ledger->Contains(certs::DisclosureDigest(disclosure)));
  }

  // What is not of this person stays.
  EXPECT_EQ(OpenDisclosures(8), 3U);
  EXPECT_THAT(filed_->Find("anna example"), ElementsAre(8));
  EXPECT_THAT(Hints("EX-0001"), SizeIs(1));
  EXPECT_TRUE(HasPaper("a paper they share"));
  EXPECT_TRUE(CheckPapers(*database_, {}).ok());
}

TEST_F(ErasureTest, ReachesEveryPageOfAHistory) {
  FilePeople();
  for (uint32_t i = 0; i < 2 * kEntriesPerPage; ++i) {
    filed_->File(7, ExampleTraining(), {TextSlot("name_on_paper", kCanary)});
  }
  const registry::EventId one =
      filed_->File(7, ExampleTraining(), {TextSlot("name_on_paper", kCanary)});
  RememberDisclosures(7);
  const size_t open = OpenDisclosures(7);
  filed_->File(7, Erasure{one}, {});
  EXPECT_EQ(OpenDisclosures(7), open - 1);
  filed_->File(7, Erasure{}, {});
  EXPECT_EQ(OpenDisclosures(7), 0U);
  ASSERT_TRUE(filed_->eraser.CompactRemoved().ok());
  EXPECT_THAT(Traces(), IsEmpty());
}

TEST_F(ErasureTest, RemovesOneEventOnly) {
  FilePeople();
  filed_->File(7, Erasure{training_}, {});
  EXPECT_EQ(OpenDisclosures(7), 2U);
  EXPECT_THAT(filed_->Find(kCanary), ElementsAre(7));
  EXPECT_THAT(Hints(kCanaryNumber), IsEmpty());
  EXPECT_FALSE(HasPaper(kCanaryPaper));
  EXPECT_TRUE(HasPaper("a paper they share"));
}

// The bytes are in no file of the data directory: no table, no write-ahead log, no manifest.
TEST_F(ErasureTest, LeavesNoByteInAnyFile) {
  FilePeople();
  RememberDisclosures(7);
  // Some of it has long been in tables, some is still in the log only.
  ASSERT_TRUE(database_->Compact(Family::kHistories, "", "").ok());
  filed_->File(7, PractitionerAmended{*registry::Day::Parse("2024-01-01")},
               {TextSlot("name", std::string(kCanary) + " Other")});
  RememberDisclosures(7);
  EXPECT_THAT(Traces(), Not(IsEmpty()));
  filed_->File(7, Erasure{}, {});
  EXPECT_TRUE(*filed_->eraser.HasRemoved());
  ASSERT_TRUE(filed_->eraser.CompactRemoved().ok());
  EXPECT_FALSE(*filed_->eraser.HasRemoved());
  EXPECT_THAT(Traces(), IsEmpty());
  // While the register is open, and after it was closed.
  filed_.reset();
  database_.Close();
  EXPECT_THAT(Traces(), IsEmpty());
  database_.Reopen();
  Open();
  EXPECT_EQ(OpenDisclosures(8), 3U);
  EXPECT_TRUE(HasPaper("a paper they share"));
  EXPECT_TRUE(CheckPapers(*database_, {}).ok());
}

TEST_F(ErasureTest, IsCarriedOutAfterACrashBehindTheCommit) {
  FilePeople();
  filed_->FileAndCrash(7, Erasure{}, {});
  EXPECT_GT(OpenDisclosures(7), 0U);
  filed_.reset();
  database_.Reopen();
  Open();
  ASSERT_TRUE(filed_->eraser.RemoveOrdered().ok());
  EXPECT_EQ(OpenDisclosures(7), 0U);
  EXPECT_THAT(filed_->ledger->erased(), SizeIs(5));
  // Done once: nothing is ordered any more.
  EXPECT_EQ(database_.Count(Family::kMeta, "erasure/order/"), 0U);
}

TEST_F(ErasureTest, CompactionIsFinishedAfterACrash) {
  FilePeople();
  RememberDisclosures(7);
  filed_->File(7, Erasure{}, {});
  filed_.reset();
  database_.Reopen();
  Open();
  ASSERT_TRUE(filed_->eraser.CompactRemoved().ok());
  EXPECT_THAT(Traces(), IsEmpty());
}

TEST_F(ErasureTest, AnOlderCopyPutBackStaysErased) {
  FilePeople();
  RememberDisclosures(7);
  // The database as it was before the erasure, with the ledger as it is after.
  const auto older = database_.Copy();
  filed_->File(7, Erasure{}, {});
  std::filesystem::copy_file(database_.directory() + "/erased", older->directory() + "/erased",
                             std::filesystem::copy_options::overwrite_existing);
  std::filesystem::copy_file(database_.directory() + "/index-secret",
                             older->directory() + "/index-secret",
                             std::filesystem::copy_options::overwrite_existing);
  FiledEvents restored(**older);
  EXPECT_THAT(restored.Find(kCanary), ElementsAre(7));
  ASSERT_TRUE(restored.eraser.ApplyLedger().ok());
  EXPECT_THAT(restored.Find(kCanary), IsEmpty());
  EXPECT_THAT(restored.Find("anna"), ElementsAre(8));
  ASSERT_TRUE(restored.eraser.CompactRemoved().ok());
  for (const std::string& disclosure : disclosures_) {
    EXPECT_THAT(FilesContaining(older->directory(), disclosure), IsEmpty());
  }
  for (const char* canary : {kCanary, kCanaryFolded, kCanaryTown, kCanaryNumber, kCanaryPaper}) {
    EXPECT_THAT(FilesContaining(older->directory(), canary), IsEmpty()) << canary;
  }
  // A second time there is nothing to do.
  ASSERT_TRUE(restored.eraser.ApplyLedger().ok());
  EXPECT_FALSE(*restored.eraser.HasRemoved());
}

TEST_F(ErasureTest, ACopyOlderThanTheEventItselfIsLeftAlone) {
  const auto older = database_.Copy();
  FilePeople();
  filed_->File(7, Erasure{}, {});
  std::filesystem::copy_file(database_.directory() + "/erased", older->directory() + "/erased",
                             std::filesystem::copy_options::overwrite_existing);
  FiledEvents restored(**older);
  EXPECT_TRUE(restored.eraser.ApplyLedger().ok());
  EXPECT_FALSE(*restored.eraser.HasRemoved());
}

TEST_F(ErasureTest, ErasingAgainDoesNoHarm) {
  FilePeople();
  filed_->File(7, Erasure{}, {});
  filed_->File(7, Erasure{}, {});
  filed_->File(7, Erasure{training_}, {});
  EXPECT_THAT(filed_->failures(), IsEmpty());
  EXPECT_THAT(filed_->ledger->erased(), SizeIs(5));
  EXPECT_EQ(database_.Count(Family::kMeta, "erasure/order/"), 0U);
}

TEST_F(ErasureTest, TwoErasedInOneGoLeaveNoWordBehind) {
  filed_->File(7, PractitionerRegistered{}, {TextSlot("name", std::string(kCanary) + " One")});
  filed_->File(8, PractitionerRegistered{}, {TextSlot("name", std::string(kCanary) + " Two")});
  filed_->FileAndCrash(7, Erasure{}, {});
  filed_->FileAndCrash(8, Erasure{}, {});
  ASSERT_TRUE(filed_->eraser.RemoveOrdered().ok());
  EXPECT_EQ(database_.Count(Family::kNames), 1U);  // the header
  ASSERT_TRUE(filed_->eraser.CompactRemoved().ok());
  EXPECT_THAT(FilesContaining(database_.directory(), kCanaryFolded), IsEmpty());
}

TEST_F(ErasureTest, WhatIsMissingIsNotTakenForErased) {
  FilePeople();
  for (uint32_t i = 0; i < kEntriesPerPage; ++i) {
    training_ = filed_->File(7, ExampleTraining(), {TextSlot("name_on_paper", kCanary)});
  }
  WriteBatch batch;
  batch.Delete(Family::kHistories, PageKey({7}, 1));
  ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  // Filing goes on, so that the page is there again, with other entries in the old places.
  filed_->File(7, Erasure{training_}, {});
  filed_->File(7, Erasure{}, {});
  ASSERT_THAT(filed_->failures(), SizeIs(2));
  EXPECT_EQ(ReasonOf(filed_->failures()[0]), "record_missing");
  EXPECT_EQ(ReasonOf(filed_->failures()[1]), "record_missing");
  EXPECT_EQ(database_.Count(Family::kMeta, "erasure/order/"), 2U);
  EXPECT_THAT(filed_->ledger->erased(), IsEmpty());
}

TEST_F(ErasureTest, DamageIsReportedAndStaysOrdered) {
  FilePeople();
  WriteBatch batch;
  batch.Put(Family::kHistories, PageKey({7}, 0), "?");
  ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  filed_->File(7, Erasure{}, {});
  ASSERT_THAT(filed_->failures(), SizeIs(1));
  EXPECT_EQ(ReasonOf(filed_->failures()[0]), "data_damaged");
  EXPECT_EQ(database_.Count(Family::kMeta, "erasure/order/"), 1U);
  EXPECT_THAT(filed_->ledger->erased(), IsEmpty());
}

// What the ledger names by subject and index may be another event in a copy that was filled again
// after it was put back; what counts is what was erased.
TEST_F(ErasureTest, TheLedgerErasesWhatItNamesWhereverItStands) {
  FilePeople();
  const auto erased = RowsOf(7).front().disclosures.front();
  ASSERT_TRUE(
      filed_->ledger
          ->Add({{{{7}, {4711}}, certs::DisclosureDigest(erased.encoded)},
                 {{{8}, {101}}, Sha256("of an event of subject 7 in the copy that is gone")}})
          .ok());
  WriteBatch batch;
  batch.DeleteRange(Family::kPlaces, "", "\xff");  // not asked for either
  ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  const absl::Status applied = filed_->eraser.ApplyLedger();
  ASSERT_TRUE(applied.ok()) << applied;
  EXPECT_THAT(RowsOf(7).front().disclosures, IsEmpty());
  EXPECT_EQ(OpenDisclosures(7), 3U);  // those of another event stay
  EXPECT_EQ(OpenDisclosures(8), 3U);
}

// It was there when its erasure was admitted, so that an order is never done for want of it.
TEST_F(ErasureTest, AnEventThatIsNotFoundStaysOrdered) {
  FilePeople();
  filed_->File(7, Erasure{registry::EventId{Sha256("no such event")}}, {});
  ASSERT_THAT(filed_->failures(), SizeIs(1));
  EXPECT_EQ(ReasonOf(filed_->failures()[0]), "record_missing");
  EXPECT_EQ(database_.Count(Family::kMeta, "erasure/order/"), 1U);
}

// What the list of places says is not needed to erase one event.
TEST_F(ErasureTest, FindsTheEventWhereItStands) {
  FilePeople();
  WriteBatch batch;
  batch.DeleteRange(Family::kPlaces, "", "\xff");
  ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  filed_->File(7, Erasure{training_}, {});
  EXPECT_THAT(filed_->failures(), IsEmpty());
  EXPECT_EQ(OpenDisclosures(7), 2U);
}

// Half an erasure would lose what the other half is found by.
TEST_F(ErasureTest, IsDoneWholeOrNotAtAll) {
  FilePeople();
  WriteBatch batch;
  batch.Put(Family::kNames, DocumentKey({{7}, {103}}), "?");
  ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  filed_->File(7, Erasure{}, {});
  ASSERT_THAT(filed_->failures(), SizeIs(1));
  EXPECT_EQ(ReasonOf(filed_->failures()[0]), "data_damaged");
  EXPECT_EQ(OpenDisclosures(7), 5U);
  EXPECT_TRUE(HasPaper(kCanaryPaper));
  EXPECT_EQ(database_.Count(Family::kMeta, "erasure/order/"), 1U);
}

TEST_F(ErasureTest, ADamagedSubjectHoldsUpNoOtherErasure) {
  FilePeople();
  WriteBatch batch;
  batch.Put(Family::kHistories, PageKey({7}, 0), "?");
  ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  filed_->FileAndCrash(7, Erasure{}, {});
  filed_->FileAndCrash(8, Erasure{}, {});
  EXPECT_EQ(ReasonOf(filed_->eraser.RemoveOrdered()), "data_damaged");
  EXPECT_EQ(OpenDisclosures(8), 0U);
  EXPECT_THAT(filed_->Find("anna example"), IsEmpty());
  EXPECT_EQ(database_.Count(Family::kMeta, "erasure/order/"), 1U);
}

TEST_F(ErasureTest, IntakeRefusesPapersThatAreNotThere) {
  const auto missing = certs::Json::Object({{"sha256", certs::Json::String(Sha256("x").Hex())},
                                            {"type", certs::Json::String("application/pdf")}});
  const registry::Event event{{}, certs::KeyId(Digest()), {1}, "", "",
                              0,  SubjectNumber{7},       {},  {}, ExampleTraining()};
  const auto status = filed_->projection.CheckIntake(event, {PaperSlot("papers", {missing})});
  EXPECT_EQ(ReasonOf(status), "paper_unknown");
  EXPECT_THAT(std::string(status.message()), ::testing::HasSubstr("papers"));
  const auto stored = filed_->Paper("bytes");
  const auto another_type = certs::Json::Object(
      {{"sha256", *stored.Find("sha256")}, {"type", certs::Json::String("image/png")}});
  EXPECT_EQ(ReasonOf(filed_->projection.CheckIntake(event, {{"photo", another_type}})),
            "paper_type");
  EXPECT_TRUE(filed_->projection.CheckIntake(event, {{"photo", stored}}).ok());
}

TEST_F(ErasureTest, RebuildingGivesTheSameIndexesAndNothingErased) {
  FilePeople();
  filed_->File(7, Erasure{}, {});
  auto keys = [this](Family family) {
    std::vector<std::string> all;
    EXPECT_TRUE(database_->Now()
                    ->Scan(family, "", "",
                           [&all](std::string_view key, std::string_view) {
                             all.emplace_back(key);
                             return true;
                           })
                    .ok());
    return all;
  };
  const auto names = keys(Family::kNames);
  const auto duplicates = keys(Family::kDuplicates);
  WriteBatch batch;
  batch.Put(Family::kMeta, kMetaOrigin, kFiledOrigin);
  batch.Put(Family::kMeta, kMetaLog, EncodeLogHead(LogHead()));
  batch.Put(Family::kNames, "d stray", "");
  batch.Put(Family::kDuplicates, "m stray", "");
  ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  uint64_t events = 0;
  const absl::Status status = RebuildPersonalIndexes(*database_, filed_->names, filed_->hints,
                                                     [&events](uint64_t done) { events = done; });
  ASSERT_TRUE(status.ok()) << status;
  EXPECT_GT(events, 0U);
  EXPECT_EQ(keys(Family::kNames), names);
  EXPECT_EQ(keys(Family::kDuplicates), duplicates);
}

}  // namespace
}  // namespace bonafide::storage
