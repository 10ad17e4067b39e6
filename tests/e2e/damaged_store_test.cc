// `bonafided check` on stores whose rows were changed on purpose: each change is reported with the
// entry it is about.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>

#include "storage/database/database.h"
#include "storage/database/schema.h"
#include "storage/papers/paper_row.h"
#include "storage/personal/erasure.h"
#include "tests/e2e/cast.h"
#include "tests/e2e/example_paper.h"
#include "tests/e2e/served_register.h"
#include "tests/e2e/status_text.h"
#include "tests/storage/page_edit.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::e2e {
namespace {

using storage::Database;
using storage::Family;
using storage::WriteBatch;
using ::testing::AllOf;
using ::testing::HasSubstr;

class DamagedStoreTest : public ::testing::Test {
 protected:
  // Check finds nothing wrong with what this makes.
  static void SetUpTestSuite() {
    directory_ = new storage::TemporaryDirectory;
    served_ = new ServedRegister(*directory_ / "register");
    served_->Start();
    {
      Visitor visitor(*served_, *directory_ / "state");
      const Cast cast(*served_, visitor);
      person_ = cast.Practitioner(visitor, "Example Person").about;
      visitor.Act(cast.clinic);
      ASSERT_EQ(Text(visitor.remote().UploadPaper(Paper())), "ok");
      const auto filed = visitor.File(cast.clinic, cast.TrainingOf(registry::Grade::kDocumentSeen),
                                      person_, {PaperSlot("papers", Paper())});
      ASSERT_EQ(Text(filed), "ok");
      training_ = filed->index.value;
    }
    ASSERT_EQ(served_->Stop(), 0);
    const Ended check = RunToEnd(Bonafided({"check", "--data", served_->directory()}));
    ASSERT_EQ(check.code, 0) << check.out << check.err;
  }
  static void TearDownTestSuite() {
    delete served_;
    delete directory_;
  }

  static std::string Paper() { return ExamplePdf("Example", 300'000); }
  // Its fourth event: registration, training, policy, training with a paper.
  static storage::EntryPlace Training() { return {person_.number, 3}; }
  static std::string Entry(uint64_t index) { return "entry " + std::to_string(index) + ": "; }

  // What the check of a copy says after `edit`.
  static std::string Check(const std::function<void(Database&, WriteBatch&)>& edit) {
    const storage::TemporaryDirectory directory;
    const ServedRegister copy(*served_, directory / "register");
    {
      storage::DatabaseOptions options;
      options.directory = copy.directory();
      options.free_floor_bytes = 0;
      const auto database = Database::Open(options);
      if (!database.ok()) return Text(database);
      WriteBatch batch;
      edit(**database, batch);
      EXPECT_EQ(Text((*database)->Write(std::move(batch))), "ok");
    }
    const Ended check = RunToEnd(Bonafided({"check", "--data", copy.directory()}));
    EXPECT_EQ(check.code, 2) << check.out << check.err;
    EXPECT_THAT(check.out, HasSubstr("damaged"));
    return check.out;
  }
  static std::string Flipped(std::string value, size_t from_end) {
    char& byte = value[value.size() - from_end];
    byte = static_cast<char>(byte ^ 1);
    return value;
  }

  static storage::TemporaryDirectory* directory_;
  static ServedRegister* served_;
  static client::About person_;
  static uint64_t training_;
};
storage::TemporaryDirectory* DamagedStoreTest::directory_ = nullptr;
ServedRegister* DamagedStoreTest::served_ = nullptr;
client::About DamagedStoreTest::person_;
uint64_t DamagedStoreTest::training_ = 0;

TEST_F(DamagedStoreTest, EditedEntry) {
  EXPECT_THAT(Check([](Database& database, WriteBatch& batch) {
                storage::FlipEntry(database, batch, Training(), 10);
              }),
              AllOf(HasSubstr(Entry(training_) + "the entry is not what was hashed"),
                    HasSubstr(Entry(training_) + "the signature does not verify")));
}

TEST_F(DamagedStoreTest, SwappedPlaces) {
  const uint64_t other = training_ - 2;
  EXPECT_THAT(Check([&](Database& database, WriteBatch& batch) {
                storage::EditPlaces(database, batch, [&](std::vector<std::string>& items) {
                  std::swap(items[training_], items[other]);
                });
              }),
              AllOf(HasSubstr(Entry(training_)), HasSubstr(Entry(other))));
}

TEST_F(DamagedStoreTest, MissingPaper) {
  EXPECT_THAT(Check([](Database&, WriteBatch& batch) {
                batch.Delete(Family::kPapers, storage::PaperKey(Sha256(Paper())));
              }),
              HasSubstr("event " + std::to_string(training_) + " of subject " +
                        std::to_string(person_.number.value) + " names paper " +
                        Sha256(Paper()).Hex() + ", which is not stored"));
}

TEST_F(DamagedStoreTest, AnotherPaperUnderItsDigest) {
  EXPECT_THAT(
      Check([](Database& database, WriteBatch& batch) {
        const auto row = storage::ParsePaperRow(
            *database.Require(Family::kPapers, storage::PaperKey(Sha256(Paper()))));
        const std::string chunk = storage::ChunkKey(row->blob, 1);
        batch.Put(Family::kPaperChunks, chunk,
                  Flipped(*database.Require(Family::kPaperChunks, chunk), 100));
      }),
      HasSubstr("paper " + Sha256(Paper()).Hex() + " has bytes of another digest; named by event " +
                std::to_string(training_) + " of subject " + std::to_string(person_.number.value)));
}

// What keeps a register shut is what its owner has to find.
TEST_F(DamagedStoreTest, ARegisterThatDamageKeepsShut) {
  const std::string said = Check([](Database&, WriteBatch& batch) {
    storage::Eraser::Order(merkle::LogIndex{training_}, person_.number, std::nullopt, batch);
    batch.Put(Family::kHistories, storage::PageKey(person_.number, 0), "?");
  });
  EXPECT_THAT(said, AllOf(HasSubstr(Entry(training_) + "the entry is missing"),
                          HasSubstr("it would not open:"), HasSubstr("(data_damaged)")));
}

TEST_F(DamagedStoreTest, ATileTooMany) {
  EXPECT_THAT(Check([](Database&, WriteBatch& batch) {
                batch.Put(Family::kTiles, storage::TileKey(1, 0), std::string(32, 'x'));
              }),
              HasSubstr("tiles of the log tree"));
}

}  // namespace
}  // namespace bonafide::e2e
