#include "client/import_journal.h"

#include <gtest/gtest.h>

#include <string>

#include "certs/reason.h"
#include "tests/registry/seeded_random.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::client {
namespace {

class ImportJournalTest : public ::testing::Test {
 protected:
  static Identity By(uint64_t number, const std::string& origin = "register.example/demo") {
    return {origin, merkle::SubjectNumber{number}, nullptr};
  }
  absl::StatusOr<ImportJournal> Open(const Identity& identity = By(4)) {
    return ImportJournal::Open(path_, identity);
  }
  static Filed Receipt() {
    return {registry::EventId{Sha256("event")}, merkle::SubjectNumber{7}, merkle::LogIndex{42},
            1'780'000'000'000};
  }

  storage::TemporaryDirectory directory_;
  std::string path_ = directory_ / "people.csv.journal";
  const Digest row_ = Sha256("row");
};

TEST_F(ImportJournalTest, RemembersWhatWasDone) {
  {
    auto journal = Open();
    ASSERT_TRUE(journal.ok()) << journal.status();
    EXPECT_EQ(journal->Find(row_), nullptr);
    ASSERT_TRUE(journal->NoteSigned(row_, "token~").ok());
    ASSERT_TRUE(journal->NoteSigned(Sha256("other"), "other~").ok());
    ASSERT_TRUE(journal->NoteFiled(row_, Receipt()).ok());
  }
  auto journal = Open();
  ASSERT_TRUE(journal.ok()) << journal.status();
  ASSERT_NE(journal->Find(row_), nullptr);
  EXPECT_EQ(journal->Find(row_)->sd_jwt, "token~");
  ASSERT_TRUE(journal->Find(row_)->filed.has_value());
  EXPECT_EQ(journal->Find(row_)->filed->subject.value, 7u);
  EXPECT_EQ(journal->Find(row_)->filed->index.value, 42u);
  EXPECT_EQ(journal->Find(row_)->filed->id, Receipt().id);
  ASSERT_NE(journal->Find(Sha256("other")), nullptr);
  EXPECT_FALSE(journal->Find(Sha256("other"))->filed.has_value());
}

TEST_F(ImportJournalTest, ALineCutOffByACrashIsDropped) {
  {
    auto journal = Open();
    ASSERT_TRUE(journal->NoteSigned(row_, "token~").ok());
    ASSERT_TRUE(journal->NoteFiled(row_, Receipt()).ok());
  }
  const std::string text = *ReadFile(path_, 65536);
  ASSERT_TRUE(ReplaceFile(path_, text.substr(0, text.size() - 5)).ok());
  {
    auto journal = Open();
    ASSERT_TRUE(journal.ok()) << journal.status();
    EXPECT_FALSE(journal->Find(row_)->filed.has_value());
    ASSERT_TRUE(journal->NoteFiled(row_, Receipt()).ok());
  }
  EXPECT_EQ(*ReadFile(path_, 65536), text);
}

TEST_F(ImportJournalTest, DamageElsewhereIsSaid) {
  {
    auto journal = Open();
    ASSERT_TRUE(journal->NoteSigned(row_, "token~").ok());
  }
  const std::string text = *ReadFile(path_, 65536);
  ASSERT_TRUE(ReplaceFile(path_, text + "nonsense\n" + text).ok());
  EXPECT_EQ(ReasonOf(Open().status()), "journal_damaged");
}

TEST_F(ImportJournalTest, IsOfOneRegisterAndOneOrganisation) {
  ASSERT_TRUE(Open().ok());
  EXPECT_EQ(ReasonOf(Open(By(5)).status()), "journal_other");
  EXPECT_EQ(ReasonOf(Open(By(4, "register.example/other")).status()), "journal_other");
  EXPECT_TRUE(Open().ok());
}

}  // namespace
}  // namespace bonafide::client
