// Erasure in a whole register: what the sequencer logs takes effect at the next head.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <functional>
#include <memory>
#include <optional>
#include <string>
#include <thread>
#include <utility>
#include <vector>

#include "certs/random.h"
#include "certs/reason.h"
#include "storage/database/index_secret.h"
#include "storage/log/database_log_store.h"
#include "storage/names/name_index.h"
#include "storage/names/name_search.h"
#include "storage/papers/paper_store.h"
#include "storage/personal/duplicate_hint.h"
#include "storage/personal/erasure.h"
#include "storage/personal/erasure_ledger.h"
#include "storage/personal/opening.h"
#include "storage/personal/personal_projection.h"
#include "storage/personal/personal_rebuild.h"
#include "tests/storage/scratch_database.h"
#include "tests/storage/test_register.h"

namespace bonafide::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;
using ::testing::Not;

constexpr char kCanary[] = "Zqxcanaryjw";

// Everything beside the register, over the database that it opens.
class Parts final : public Projection {
 public:
  explicit Parts(Database& database)
      : secret(*IndexSecret::OpenFile(database.options().directory + "/" + kIndexSecretFile,
                                      certs::SystemRandom())),
        ledger(*ErasureLedger::Open(database.options().directory + "/" + kErasureLedgerFile)),
        papers(*PaperStore::Open(database)),
        names(database, secret),
        hints(secret),
        eraser(database, *ledger, *papers, names),
        personal(*papers, names, hints, eraser,
                 [](const absl::Status& status) { ADD_FAILURE() << status; }) {}

  absl::Status Apply(std::span<const PlannedEvent> events, WriteBatch& batch) override {
    return personal.Apply(events, batch);
  }
  void Committed() override { personal.Committed(); }
  void Dropped() override { personal.Dropped(); }

  IndexSecret secret;
  std::unique_ptr<ErasureLedger> ledger;
  std::unique_ptr<PaperStore> papers;
  NameIndex names;
  DuplicateHints hints;
  Eraser eraser;
  PersonalProjection personal;
};

// Passes on to parts that exist only once the register is open.
class Later final : public Projection {
 public:
  absl::Status Apply(std::span<const PlannedEvent> events, WriteBatch& batch) override {
    return parts->Apply(events, batch);
  }
  void Committed() override { parts->Committed(); }
  void Dropped() override { parts->Dropped(); }

  std::unique_ptr<Parts> parts;
};

// Writes, and when told to says of it once that the outcome is unknown.
class WritesUnawares final : public LogStore {
 public:
  WritesUnawares(Database& database, bool& unaware) : inner_(database), unaware_(unaware) {}

  absl::StatusOr<LogHead> Head() override { return inner_.Head(); }
  absl::StatusOr<uint64_t> BeginEpoch() override { return inner_.BeginEpoch(); }
  absl::StatusOr<std::vector<std::string>> Read(LogIndex first, size_t count) override {
    return inner_.Read(first, count);
  }
  AppendResult Append(AppendRequest request) override {
    AppendResult result = inner_.Append(std::move(request));
    if (!std::exchange(unaware_, false)) return result;
    EXPECT_EQ(result.outcome, AppendOutcome::kAppended);
    return {AppendOutcome::kUnknown,
            Refusal(absl::StatusCode::kUnavailable, "disk_error", "made to fail")};
  }

 private:
  DatabaseLogStore inner_;
  bool& unaware_;
};

class ErasedRegisterTest : public ::testing::Test {
 protected:
  ErasedRegisterTest() : later_(std::make_shared<Later>()) {
    reg_.options().projections = {later_};
    reg_.options().make_log_store = [this](Database& database) {
      return std::make_unique<WritesUnawares>(database, unaware_);
    };
    reg_.options().database.free_bytes = [this](const std::string&) {
      if (const auto writing = std::exchange(on_write_, nullptr)) writing();
      return uint64_t{1} << 60;
    };
    EXPECT_TRUE(reg_.Open().ok());
    later_->parts = std::make_unique<Parts>(reg_->database());
    const absl::Status built =
        RebuildPersonalIndexes(reg_->database(), parts().names, parts().hints, {});
    EXPECT_TRUE(built.ok()) << built;
  }
  ~ErasedRegisterTest() override { reg_.Close(); }

  Parts& parts() { return *later_->parts; }

  std::vector<uint64_t> Find(const View& view, const std::string& name) {
    NameQuery query;
    query.name = name;
    std::vector<uint64_t> subjects;
    const auto answer = SearchNames(parts().names, view.snapshot(), query);
    EXPECT_TRUE(answer.ok()) << answer.status();
    if (!answer.ok()) return subjects;
    for (const NameHit& hit : answer->hits) {
      subjects.push_back(hit.subject.value);
    }
    return subjects;
  }

  bool unaware_ = false;
  std::function<void()> on_write_;  // called once, before the next write
  TestRegister reg_;
  std::shared_ptr<Later> later_;
};

TEST_F(ErasedRegisterTest, NextHeadKnowsNothingOfTheErased) {
  const Party person = reg_.AddPractitioner(reg_.regulator(), std::string(kCanary) + " Example");
  const Party other = reg_.AddPractitioner(reg_.regulator(), "Anna Example");
  ViewPtr before = reg_.Newest();
  EXPECT_THAT(Find(*before, kCanary), ElementsAre(person.number.value));
  const std::string disclosures =
      before->ReadSubject(person.number, 0, 10, Audience())->evidence.subjects[0].disclosures;
  ASSERT_FALSE(disclosures.empty());

  ASSERT_TRUE(reg_.File(reg_.Sign(reg_.regulator(), registry::Erasure{}, person)).ok());
  ViewPtr after = reg_.Newest();
  EXPECT_THAT(Find(*after, kCanary), IsEmpty());
  EXPECT_THAT(Find(*after, "example"), ElementsAre(other.number.value));
  const auto page = after->ReadSubject(person.number, 0, 10, Audience());
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_THAT(page->evidence.subjects[0].disclosures, IsEmpty());
  EXPECT_TRUE(reg_.Verify(*after, reg_.QuestionAbout(person)).ok());
  EXPECT_TRUE(reg_.Verify(*after, reg_.QuestionAbout(other)).ok());

  // While somebody reads from before, the bytes stay, and it is said so.
  const std::string encoded = disclosures.substr(0, disclosures.find('~'));
  EXPECT_EQ(ReasonOf(parts().eraser.CompactRemoved()), "erasure_snapshot_held");
  EXPECT_THAT(FilesContaining(reg_.directory(), encoded), Not(IsEmpty()));
  before.reset();
  absl::Status gone = parts().eraser.CompactRemoved();
  for (int head = 0; head < 8 && !gone.ok(); ++head) {
    EXPECT_EQ(ReasonOf(gone), "erasure_snapshot_held");
    after.reset();  // older heads go as new ones come
    reg_.AddPractitioner(reg_.regulator(), "Bea Sampleton");
    gone = parts().eraser.CompactRemoved();
  }
  EXPECT_TRUE(gone.ok()) << gone;
  EXPECT_THAT(FilesContaining(reg_.directory(), encoded), IsEmpty());
  EXPECT_THAT(FilesContaining(reg_.directory(), kCanary), IsEmpty());
  EXPECT_THAT(FilesContaining(reg_.directory(), "zqxcanaryjw"), IsEmpty());
}

TEST_F(ErasedRegisterTest, TheHeadAfterAnUnknownOutcomeKnowsNothingOfTheErased) {
  const Party person = reg_.AddPractitioner(reg_.regulator(), std::string(kCanary) + " Example");
  const auto erasure = reg_.Sign(reg_.regulator(), registry::Erasure{}, person);
  unaware_ = true;
  EXPECT_EQ(ReasonOf(reg_.File(erasure).status()), "outcome_unknown");
  for (int i = 0; i < 3000 && reg_->counters().recoveries == 0; ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  const ViewPtr recovered = reg_.Newest();
  EXPECT_THAT(Find(*recovered, kCanary), IsEmpty());
  const auto page = recovered->ReadSubject(person.number, 0, 10, Audience());
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_THAT(page->evidence.subjects[0].disclosures, IsEmpty());
  EXPECT_TRUE(reg_.File(erasure).ok());
  EXPECT_EQ(reg_.Newest()->size(), recovered->size()) << "it is in the log once";
}

// Whoever compacts meanwhile cannot know which snapshots are from before.
TEST_F(ErasedRegisterTest, NothingIsCompactedWhileARemovalIsBeingWritten) {
  const Party first = reg_.AddPractitioner(reg_.regulator(), "Anna Example");
  const Party second = reg_.AddPractitioner(reg_.regulator(), "Bea Sampleton");
  ASSERT_TRUE(reg_.File(reg_.Sign(reg_.regulator(), registry::Erasure{}, first)).ok());
  WriteBatch order;
  Eraser::Order(LogIndex{1000}, second.number, std::nullopt, order);
  ASSERT_TRUE(reg_->database().Write(std::move(order)).ok());
  std::string during;
  on_write_ = [this, &during] { during = ReasonOf(parts().eraser.CompactRemoved()); };
  ASSERT_TRUE(parts().eraser.RemoveOrdered().ok());
  EXPECT_EQ(during, "erasure_snapshot_held");
}

TEST_F(ErasedRegisterTest, AnOlderCopyIsErasedBeforeAnybodyReadsIt) {
  const Party person = reg_.AddPractitioner(reg_.regulator(), std::string(kCanary) + " Example");
  const TemporaryDirectory older;
  ASSERT_TRUE(reg_->BackUp(older.path()).ok());
  ASSERT_TRUE(reg_.File(reg_.Sign(reg_.regulator(), registry::Erasure{}, person)).ok());
  for (const char* file : {kErasureLedgerFile, kIndexSecretFile}) {
    std::filesystem::copy_file(reg_.directory() + "/" + file, older / file);
  }
  EXPECT_THAT(FilesContaining(older.path(), kCanary), Not(IsEmpty()));
  DatabaseOptions options = reg_.options().database;
  options.directory = older.path();
  const absl::Status erased = PrepareOpening(options);
  ASSERT_TRUE(erased.ok()) << erased;
  EXPECT_THAT(FilesContaining(older.path(), kCanary), IsEmpty());

  RegisterOptions restored = reg_.options();
  restored.database.directory = older.path();
  restored.projections.clear();
  const auto reg = Register::Open(restored, reg_.clock());
  ASSERT_TRUE(reg.ok()) << reg.status();
  const auto page = (*(*reg)->Newest())->ReadSubject(person.number, 0, 10, Audience());
  ASSERT_TRUE(page.ok()) << page.status();
  EXPECT_THAT(page->evidence.subjects[0].disclosures, IsEmpty());
}

// What was to be erased is never shown: rather nothing is.
TEST_F(ErasedRegisterTest, DamageInTheWayOfAnErasureKeepsTheRegisterShut) {
  const Party damaged = reg_.AddPractitioner(reg_.regulator(), "Ona Example");
  const Party sound = reg_.AddPractitioner(reg_.regulator(), std::string(kCanary) + " Example");
  WriteBatch batch;
  for (const Party& person : {damaged, sound}) {
    Eraser::Order(LogIndex{person.number.value}, person.number, std::nullopt, batch);
  }
  batch.Put(Family::kHistories, PageKey(damaged.number, 0), "?");
  ASSERT_TRUE(reg_->database().Write(std::move(batch)).ok());
  later_->parts.reset();
  reg_.Close();
  EXPECT_EQ(ReasonOf(PrepareOpening(reg_.options().database)), "data_damaged");
}

// The index says itself that it is stale.
TEST_F(ErasedRegisterTest, DamageInTheWayOfAnIndexKeepsNothingShut) {
  const Party damaged = reg_.AddPractitioner(reg_.regulator(), "Ona Example");
  WriteBatch batch;
  NameIndex::MarkStale(batch);
  batch.Put(Family::kHistories, PageKey(damaged.number, 0), "?");
  ASSERT_TRUE(reg_->database().Write(std::move(batch)).ok());
  later_->parts.reset();
  reg_.Close();
  const absl::Status prepared = PrepareOpening(reg_.options().database);
  ASSERT_TRUE(prepared.ok()) << prepared;
  RegisterOptions options = reg_.options();
  options.projections.clear();
  const auto reg = Register::Open(options, reg_.clock());
  ASSERT_TRUE(reg.ok()) << reg.status();
  const Parts parts((*reg)->database());
  EXPECT_EQ(*parts.names.State(), NameIndexState::kStale);
}

TEST_F(ErasedRegisterTest, FilingTheSameStatementAgainBringsNothingBack) {
  const auto event = reg_.Sign(reg_.regulator(), registry::PractitionerRegistered{}, std::nullopt,
                               {{"name", certs::Json::String(kCanary)}});
  const auto receipt = reg_.File(event);
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  const auto subjects = reg_.Newest()->subject_count();
  const Party person{{subjects - 1}, registry::ParseToken(event.jwt, reg_.origin())->event.id, {}};
  ASSERT_TRUE(reg_.File(reg_.Sign(reg_.regulator(), registry::Erasure{}, person)).ok());
  ASSERT_TRUE(reg_.File(event).ok());
  EXPECT_THAT(Find(*reg_.Newest(), kCanary), IsEmpty());
  EXPECT_EQ(reg_.Newest()->subject_count(), subjects);
}

TEST_F(ErasedRegisterTest, RebuildingGivesWhatWasFiledWithTheEvents) {
  reg_.AddPractitioner(reg_.regulator(), "Zo\u00eb O'Example");
  auto keys = [this] {
    std::vector<std::string> all;
    EXPECT_TRUE(reg_->database()
                    .Now()
                    ->Scan(Family::kNames, "", "",
                           [&all](std::string_view key, std::string_view) {
                             all.emplace_back(key);
                             return true;
                           })
                    .ok());
    return all;
  };
  const auto filed = keys();
  EXPECT_GT(filed.size(), 10U);
  ASSERT_TRUE(RebuildPersonalIndexes(reg_->database(), parts().names, parts().hints, {}).ok());
  EXPECT_EQ(keys(), filed);
  EXPECT_THAT(Find(*reg_.Newest(), "zoe obrien"), IsEmpty());
}

}  // namespace
}  // namespace bonafide::storage
