#include "storage/personal/personal_projection.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <cstdint>
#include <functional>
#include <set>
#include <string>
#include <utility>

#include "certs/random.h"
#include "certs/reason.h"
#include "storage/database/schema.h"
#include "storage/log/log_store.h"
#include "storage/names/name_search.h"
#include "storage/personal/personal_rebuild.h"
#include "tests/storage/filed_events.h"
#include "tests/storage/scratch_database.h"

namespace bonafide::storage {
namespace {

using registry::Erasure;
using registry::PractitionerRegistered;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr char kCanary[] = "zqxcanaryjw";

class NamesOfARegisterTest : public ::testing::Test {
 protected:
  NamesOfARegisterTest()
      : filed_(*database_),
        other_secret_(
            *IndexSecret::OpenFile(database_.directory() + "/other", certs::SystemRandom())),
        other_(*database_, other_secret_) {
    WriteBatch batch;
    filed_.names.SetLogSize(0, batch);
    batch.Put(Family::kMeta, kMetaOrigin, kFiledOrigin);
    EXPECT_TRUE(database_->Write(std::move(batch)).ok());
  }

  void Register(uint64_t subject, const std::string& name) {
    filed_.File(subject, PractitionerRegistered{}, {TextSlot("name", name)});
  }

  absl::Status Rebuild(const NameIndex& names, const std::function<void(uint64_t)>& progress = {}) {
    LogHead head;
    while (head.size().value < filed_.log_size()) head.frontier.Append(Digest());
    WriteBatch batch;
    batch.Put(Family::kMeta, kMetaLog, EncodeLogHead(head));
    EXPECT_TRUE(database_->Write(std::move(batch)).ok());
    return RebuildPersonalIndexes(*database_, names, filed_.hints, progress);
  }
  // Leaves the index as another secret makes it.
  void MakeStale() {
    ASSERT_TRUE(Rebuild(other_).ok());
    ASSERT_EQ(*filed_.names.State(), NameIndexState::kStale);
  }

  std::string ReasonOfSearch(const NameIndex& names) {
    NameQuery query;
    query.name = "anna";
    return ReasonOf(SearchNames(names, *database_->Now(), query).status());
  }

  ScratchDatabase database_;
  FiledEvents filed_;
  const IndexSecret other_secret_;
  const NameIndex other_;
};

TEST_F(NamesOfARegisterTest, AnEventIsFoundUpToItsOwnIndex) {
  Register(7, "Anna Example");
  EXPECT_EQ(*filed_.names.LogSize(*database_->Now()), filed_.log_size());
  EXPECT_THAT(filed_.Find("anna"), ElementsAre(7));
}

TEST_F(NamesOfARegisterTest, AStaleIndexStaysStaleWhenAnEventIsFiled) {
  Register(7, "Anna Example");
  MakeStale();
  Register(8, "Anna Sampleton");
  EXPECT_EQ(*filed_.names.State(), NameIndexState::kStale);
  EXPECT_EQ(ReasonOfSearch(filed_.names), "name_index_stale");
  ASSERT_TRUE(Rebuild(filed_.names).ok());
  EXPECT_THAT(filed_.Find("anna"), ElementsAre(7, 8));
}

// It lacks what was filed meanwhile.
TEST_F(NamesOfARegisterTest, AStaleIndexStaysStaleWhenItsSecretComesBack) {
  Register(7, "Anna Example");
  MakeStale();
  ASSERT_EQ(*other_.State(), NameIndexState::kReady);
  Register(8, "Anna Sampleton");
  EXPECT_EQ(ReasonOfSearch(other_), "name_index_stale");
}

TEST_F(NamesOfARegisterTest, AnUnfinishedIndexStaysStaleWhenAnEventIsFiled) {
  Register(7, "Anna Example");
  WriteBatch batch;
  NameIndex::MarkStale(batch);
  ASSERT_TRUE(database_->Write(std::move(batch)).ok());
  Register(8, "Anna Sampleton");
  EXPECT_EQ(ReasonOfSearch(filed_.names), "name_index_stale");
}

TEST_F(NamesOfARegisterTest, AnErasureLeavesNothingOfAStaleIndex) {
  Register(7, kCanary);
  Register(8, "Anna Sampleton");
  MakeStale();
  filed_.File(7, Erasure{}, {});
  ASSERT_THAT(filed_.failures(), IsEmpty());
  EXPECT_EQ(database_.Count(Family::kNames), 1U);  // that it has to be built again
  ASSERT_TRUE(filed_.eraser.CompactRemoved().ok());
  EXPECT_THAT(FilesContaining(database_.directory(), kCanary), IsEmpty());
  EXPECT_EQ(ReasonOfSearch(filed_.names), "name_index_stale");
  ASSERT_TRUE(Rebuild(filed_.names).ok());
  EXPECT_THAT(filed_.Find(kCanary), IsEmpty());
  EXPECT_THAT(filed_.Find("anna"), ElementsAre(8));
}

// A crash at any moment of a rebuild leaves what is built again when the register is opened.
TEST_F(NamesOfARegisterTest, TheIndexIsStaleUntilAllOfARebuildIsDone) {
  Register(7, "Anna Example");
  filed_.File(7, ExampleTraining(), {TextSlot("certificate_number", "EX-0001")});
  const size_t duplicates = database_.Count(Family::kDuplicates);
  ASSERT_GT(duplicates, 0U);
  std::set<NameIndexState> states;
  uint64_t seen = 0;
  ASSERT_TRUE(Rebuild(filed_.names, [&](uint64_t events) {
                states.insert(*filed_.names.State());
                seen = events;
              }).ok());
  EXPECT_EQ(seen, 4U);  // two events, for either index
  EXPECT_THAT(states, ElementsAre(NameIndexState::kStale));
  EXPECT_EQ(*filed_.names.State(), NameIndexState::kReady);
  EXPECT_EQ(database_.Count(Family::kDuplicates), duplicates);
}

}  // namespace
}  // namespace bonafide::storage
