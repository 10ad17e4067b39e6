#include "storage/papers/paper_store.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <memory>
#include <string>
#include <utility>
#include <vector>

#include "certs/reason.h"
#include "storage/papers/paper_check.h"
#include "storage/papers/paper_reader.h"
#include "storage/papers/paper_reference.h"
#include "storage/papers/paper_writer.h"
#include "tests/storage/scratch_database.h"

namespace bonafide::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::EndsWith;
using ::testing::HasSubstr;
using ::testing::IsEmpty;

constexpr int64_t kNow = 1'700'000'000'000;

std::string Pdf(size_t size_bytes, char fill = 'x') {
  std::string bytes = "%PDF-1.7\n";
  bytes.resize(size_bytes, fill);
  return bytes;
}

class PaperStoreTest : public ::testing::Test {
 protected:
  PaperStoreTest() { OpenStore(); }

  void OpenStore() { store_ = *PaperStore::Open(*database_); }
  void Reopen() {
    store_.reset();
    database_.Reopen();
    OpenStore();
  }

  absl::StatusOr<StoredPaper> Upload(const std::string& bytes, size_t piece_bytes = 100'000,
                                     int64_t now_ms = kNow) {
    PaperWriter writer = store_->Write();
    for (size_t at = 0; at < bytes.size(); at += piece_bytes) {
      const absl::Status status = writer.Add(at, std::string_view(bytes).substr(at, piece_bytes));
      if (!status.ok()) return status;
    }
    return writer.Finish(now_ms, std::nullopt);
  }

  absl::StatusOr<std::string> Download(const Digest& digest) {
    auto reader = store_->Read(digest);
    if (!reader.ok()) return reader.status();
    std::string bytes;
    for (;;) {
      const auto chunk = reader->Next();
      if (!chunk.ok()) return chunk.status();
      if (chunk->empty()) return bytes;
      bytes += *chunk;
    }
  }

  void Write(WriteBatch batch) { ASSERT_TRUE(database_->Write(std::move(batch)).ok()); }

  size_t RowsOfPapers() {
    return database_.Count(Family::kPapers) + database_.Count(Family::kPaperChunks);
  }

  std::vector<std::string> Findings() {
    std::vector<std::string> findings;
    PaperCheckListener listener;
    listener.found = [&findings](const std::string& finding) { findings.push_back(finding); };
    const absl::Status status = CheckPapers(*database_, listener);
    EXPECT_EQ(ReasonOf(status), findings.empty() ? "" : "papers_damaged");
    return findings;
  }

  ScratchDatabase database_;
  std::unique_ptr<PaperStore> store_;
};

TEST_F(PaperStoreTest, GivesBackWhatItTook) {
  for (size_t size : {size_t{9}, kPaperChunkBytes - 1, kPaperChunkBytes, kPaperChunkBytes + 1,
                      3 * kPaperChunkBytes}) {
    const std::string bytes = Pdf(size);
    for (size_t piece : {size_t{7'919}, kPaperChunkBytes, bytes.size()}) {
      const auto paper = Upload(bytes, piece);
      ASSERT_TRUE(paper.ok()) << paper.status();
      EXPECT_EQ(paper->digest, Sha256(bytes));
      EXPECT_EQ(paper->size_bytes, size);
      EXPECT_EQ(paper->type, PaperType::kPdf);
    }
    EXPECT_EQ(*Download(Sha256(bytes)), bytes) << size;
  }
  Reopen();
  EXPECT_EQ(*Download(Sha256(Pdf(9))), Pdf(9));
  EXPECT_THAT(Findings(), IsEmpty());
}

TEST_F(PaperStoreTest, TakesSinglyArrivingBytes) {
  const std::string bytes = Pdf(40);
  EXPECT_TRUE(Upload(bytes, 1).ok());
  EXPECT_EQ(*Download(Sha256(bytes)), bytes);
}

TEST_F(PaperStoreTest, StoresThePaperOnce) {
  const std::string bytes = Pdf(kPaperChunkBytes + 5);
  ASSERT_TRUE(Upload(bytes).ok());
  const size_t rows = RowsOfPapers();
  ASSERT_TRUE(Upload(bytes, 1'000).ok());
  EXPECT_EQ(RowsOfPapers(), rows);
  EXPECT_EQ(*Download(Sha256(bytes)), bytes);
  EXPECT_THAT(Findings(), IsEmpty());
}

TEST_F(PaperStoreTest, TwoUploadsOfOnePaperAtATime) {
  const std::string bytes = Pdf(2 * kPaperChunkBytes);
  PaperWriter first = store_->Write();
  PaperWriter second = store_->Write();
  ASSERT_TRUE(first.Add(0, bytes).ok());
  ASSERT_TRUE(second.Add(0, bytes).ok());
  EXPECT_TRUE(second.Finish(kNow, Sha256(bytes)).ok());
  EXPECT_TRUE(first.Finish(kNow, Sha256(bytes)).ok());
  { const PaperWriter gone = std::move(first); }
  EXPECT_EQ(*Download(Sha256(bytes)), bytes);
  EXPECT_EQ(RowsOfPapers(), 1U + 2U);
}

TEST_F(PaperStoreTest, RefusesWhatIsNoPaper) {
  EXPECT_EQ(ReasonOf(Upload("").status()), "paper_empty");
  EXPECT_EQ(ReasonOf(Upload("%PDF").status()), "paper_type");
  EXPECT_EQ(ReasonOf(Upload("PK\x03\x04, an archive of some kind").status()), "paper_type");
  EXPECT_EQ(ReasonOf(Upload(std::string(kPaperChunkBytes * 2, 'x')).status()), "paper_type");
  EXPECT_EQ(RowsOfPapers(), 0U);
}

TEST_F(PaperStoreTest, TakesTwentyMebibytesAndNotAByteMore) {
  const std::string largest = Pdf(kMaxPaperBytes);
  EXPECT_TRUE(Upload(largest, kPaperChunkBytes).ok());
  const size_t rows = RowsOfPapers();
  EXPECT_EQ(ReasonOf(Upload(largest + "x", kPaperChunkBytes).status()), "paper_size");
  EXPECT_EQ(RowsOfPapers(), rows);
}

TEST_F(PaperStoreTest, RefusesPiecesOutOfOrder) {
  const std::string bytes = Pdf(100);
  for (uint64_t second_offset : {0U, 49U, 51U}) {
    PaperWriter writer = store_->Write();
    ASSERT_TRUE(writer.Add(0, std::string_view(bytes).substr(0, 50)).ok());
    EXPECT_EQ(ReasonOf(writer.Add(second_offset, std::string_view(bytes).substr(50))),
              "paper_order");
    // Nothing can be mended afterwards.
    EXPECT_EQ(ReasonOf(writer.Add(50, std::string_view(bytes).substr(50))), "paper_upload_failed");
    EXPECT_EQ(ReasonOf(writer.Finish(kNow, std::nullopt).status()), "paper_upload_failed");
  }
  EXPECT_EQ(RowsOfPapers(), 0U);
}

TEST_F(PaperStoreTest, RefusesAnotherDigestThanNamed) {
  const std::string bytes = Pdf(kPaperChunkBytes + 1);
  {
    PaperWriter writer = store_->Write();
    ASSERT_TRUE(writer.Add(0, bytes).ok());
    EXPECT_EQ(ReasonOf(writer.Finish(kNow, Sha256("another")).status()), "paper_digest");
  }
  EXPECT_EQ(RowsOfPapers(), 0U);
}

TEST_F(PaperStoreTest, AnUnfinishedUploadLeavesNothing) {
  {
    PaperWriter writer = store_->Write();
    ASSERT_TRUE(writer.Add(0, Pdf(3 * kPaperChunkBytes)).ok());
    EXPECT_GT(RowsOfPapers(), 0U);
  }
  EXPECT_EQ(RowsOfPapers(), 0U);
}

TEST_F(PaperStoreTest, AnUploadCutOffByACrashLeavesNothing) {
  const std::string kept = Pdf(2 * kPaperChunkBytes, 'k');
  ASSERT_TRUE(Upload(kept).ok());
  const size_t rows = RowsOfPapers();
  PaperWriter writer = store_->Write();
  ASSERT_TRUE(writer.Add(0, Pdf(3 * kPaperChunkBytes)).ok());
  EXPECT_GT(RowsOfPapers(), rows);

  const auto crashed = database_.Copy();
  EXPECT_EQ(RowsOfPapers(), crashed->Count(Family::kPapers) + crashed->Count(Family::kPaperChunks));
  const auto store = *PaperStore::Open(**crashed);
  EXPECT_EQ(rows, crashed->Count(Family::kPapers) + crashed->Count(Family::kPaperChunks));
  EXPECT_TRUE(store->Find(Sha256(kept))->has_value());
  EXPECT_TRUE(CheckPapers(**crashed, {}).ok());
}

TEST_F(PaperStoreTest, ChecksWhatAnEventSaysOfAPaper) {
  ASSERT_TRUE(Upload(Pdf(9)).ok());
  const Digest digest = Sha256(Pdf(9));
  EXPECT_TRUE(store_->CheckNamed(digest, "application/pdf").ok());
  EXPECT_EQ(ReasonOf(store_->CheckNamed(digest, "image/png")), "paper_type");
  EXPECT_EQ(ReasonOf(store_->CheckNamed(digest, "text/plain")), "paper_type");
  EXPECT_EQ(ReasonOf(store_->CheckNamed(Sha256("none"), "application/pdf")), "paper_unknown");
}

TEST_F(PaperStoreTest, AnUnknownPaperIsNotFound) {
  EXPECT_EQ(store_->Find(Sha256("none"))->has_value(), false);
  const absl::Status status = store_->Read(Sha256("none")).status();
  EXPECT_EQ(status, PaperUnknown());
  EXPECT_EQ(status.code(), absl::StatusCode::kNotFound);
}

TEST_F(PaperStoreTest, ADamagedPaperNeverArrivesComplete) {
  const std::string bytes = Pdf(2 * kPaperChunkBytes + 10);
  ASSERT_TRUE(Upload(bytes).ok());
  const std::string chunk = *database_->Require(Family::kPaperChunks, ChunkKey({0}, 1));
  struct Case {
    const char* what;
    std::optional<std::string> second_chunk;
    const char* finding;
  };
  std::string flipped = chunk;
  flipped[1000] ^= 1;
  for (const Case& c : std::vector<Case>{
           {"missing", std::nullopt, "lacks some"},
           {"cut short", chunk.substr(1), "lacks some"},
           {"one bit", flipped, "another digest"},
       }) {
    WriteBatch batch;
    if (c.second_chunk) {
      batch.Put(Family::kPaperChunks, ChunkKey({0}, 1), *c.second_chunk);
    } else {
      batch.Delete(Family::kPaperChunks, ChunkKey({0}, 1));
    }
    Write(std::move(batch));
    EXPECT_EQ(ReasonOf(Download(Sha256(bytes)).status()), "paper_damaged") << c.what;
    EXPECT_THAT(Findings(), ElementsAre(HasSubstr(c.finding))) << c.what;
  }
  // Whoever still has the file can mend it.
  ASSERT_TRUE(Upload(bytes).ok());
  EXPECT_EQ(*Download(Sha256(bytes)), bytes);
  EXPECT_THAT(Findings(), IsEmpty());
}

TEST_F(PaperStoreTest, TheCheckFindsEachFault) {
  const std::string bytes = Pdf(20);
  ASSERT_TRUE(Upload(bytes).ok());
  const Digest digest = Sha256(bytes);
  PaperRow row = *ParsePaperRow(*database_->Require(Family::kPapers, PaperKey(digest)));

  WriteBatch another_type;
  row.type = PaperType::kPng;
  another_type.Put(Family::kPapers, PaperKey(digest), EncodePaperRow(row));
  Write(std::move(another_type));
  EXPECT_THAT(Findings(), ElementsAre(HasSubstr("type")));

  WriteBatch no_bytes;
  no_bytes.Delete(Family::kPaperChunks, ChunkKey(row.blob, 0));
  Write(std::move(no_bytes));
  EXPECT_THAT(Findings(), ElementsAre(HasSubstr("no bytes")));

  WriteBatch no_paper;
  no_paper.Delete(Family::kPapers, PaperKey(digest));
  no_paper.Put(Family::kPaperChunks, ChunkKey({7}, 0), bytes);
  no_paper.Put(Family::kPaperChunks, ChunkKey({7}, 1), bytes);
  AddReference({{{4}, {9}}, SlotKind::kPapers, 0, digest}, no_paper);
  Write(std::move(no_paper));
  EXPECT_THAT(Findings(),
              ElementsAre(HasSubstr("blob 7"), HasSubstr("event 9 of subject 4 names paper " +
                                                         digest.Hex() + ", which is not stored")));

  WriteBatch garbled;
  garbled.Put(Family::kPapers, PaperKey(digest), "?");
  Write(std::move(garbled));
  EXPECT_THAT(Findings(), ElementsAre(HasSubstr("row"), HasSubstr("blob 7")));
  EXPECT_EQ(ReasonOf(store_->Find(digest).status()), "data_damaged");
}

// Without the event nobody knows whose paper it is.
TEST_F(PaperStoreTest, TheCheckSaysWhoNamesADamagedPaper) {
  const std::string bytes = Pdf(20);
  ASSERT_TRUE(Upload(bytes).ok());
  const Digest digest = Sha256(bytes);
  const std::string fault = "paper " + digest.Hex() + " has bytes of another digest";
  WriteBatch wrong;
  wrong.Put(Family::kPaperChunks, ChunkKey({0}, 0), Pdf(20, 'y'));
  Write(std::move(wrong));
  EXPECT_THAT(Findings(), ElementsAre(fault + "; no event names it"));

  const auto name_by = [&](uint64_t subject, uint64_t index) {
    WriteBatch batch;
    AddReference({{{subject}, {index}}, SlotKind::kPapers, 0, digest}, batch);
    Write(std::move(batch));
  };
  name_by(4, 9);
  name_by(5, 7);
  EXPECT_THAT(Findings(), ElementsAre(fault + "; named by event 9 of subject 4, event 7 of "
                                              "subject 5"));
  for (uint64_t index = 10; index < 16; ++index) name_by(6, index);
  EXPECT_THAT(Findings(), ElementsAre(EndsWith("event 15 of subject 6")));
  name_by(6, 16);
  EXPECT_THAT(Findings(), ElementsAre(EndsWith("event 15 of subject 6 and others")));
}

TEST_F(PaperStoreTest, TheCheckTellsHowFarItIs) {
  ASSERT_TRUE(Upload(Pdf(20)).ok());
  ASSERT_TRUE(Upload(Pdf(21)).ok());
  std::vector<std::pair<uint64_t, uint64_t>> steps;
  PaperCheckListener listener;
  listener.progress = [&steps](uint64_t done, uint64_t all) { steps.emplace_back(done, all); };
  EXPECT_TRUE(CheckPapers(*database_, listener).ok());
  EXPECT_THAT(steps, ElementsAre(std::pair(1, 2), std::pair(2, 2)));
}

TEST_F(PaperStoreTest, CollectsOnlyOldPapersThatNothingNames) {
  const std::string named = Pdf(kPaperChunkBytes + 1, 'n');
  const std::string young = Pdf(kPaperChunkBytes + 1, 'y');
  const std::string again = Pdf(kPaperChunkBytes + 1, 'a');
  const std::string old = Pdf(kPaperChunkBytes + 1, 'o');
  ASSERT_TRUE(Upload(named, 100'000, kNow - 10).ok());
  ASSERT_TRUE(Upload(young, 100'000, kNow).ok());
  ASSERT_TRUE(Upload(again, 100'000, kNow - 10).ok());
  ASSERT_TRUE(Upload(again, 100'000, kNow).ok());
  ASSERT_TRUE(Upload(old, 100'000, kNow - 1).ok());
  WriteBatch batch;
  AddReference({{{1}, {2}}, SlotKind::kPapers, 0, Sha256(named)}, batch);
  Write(std::move(batch));

  EXPECT_EQ(*store_->CollectUnnamed(kNow), 1U);
  EXPECT_EQ(Download(Sha256(old)).status(), PaperUnknown());
  for (const std::string& bytes : {named, young, again}) {
    EXPECT_EQ(*Download(Sha256(bytes)), bytes);
  }
  EXPECT_THAT(Findings(), IsEmpty());
  EXPECT_EQ(*store_->CollectUnnamed(kNow), 0U);
}

// Between the check of an event and its commit nothing names the paper yet.
TEST_F(PaperStoreTest, WaitsForEventsThatAreOnTheirWay) {
  const std::string bytes = Pdf(100, 'w');
  ASSERT_TRUE(Upload(bytes, 100'000, kNow - 10).ok());
  ASSERT_TRUE(store_->CheckNamed(Sha256(bytes), "application/pdf").ok());
  EXPECT_EQ(*store_->CollectUnnamed(kNow), 0U);
  EXPECT_EQ(*store_->CollectUnnamed(kNow), 0U);
  EXPECT_EQ(*store_->CollectUnnamed(kNow), 1U) << "the event never came";
}

TEST_F(PaperStoreTest, APaperErasedWhileItIsReadIsUnknown) {
  const std::string bytes = Pdf(2 * kPaperChunkBytes);
  ASSERT_TRUE(Upload(bytes).ok());
  PaperReader reader = *store_->Read(Sha256(bytes));
  ASSERT_TRUE(reader.Next().ok());
  WriteBatch batch;
  ASSERT_TRUE(store_->Remove(Sha256(bytes), batch)->has_value());
  Write(std::move(batch));
  EXPECT_EQ(reader.Next().status(), PaperUnknown());
  EXPECT_EQ(RowsOfPapers(), 0U);
}

}  // namespace
}  // namespace bonafide::storage
