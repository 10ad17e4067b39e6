#include "storage/check/check.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <algorithm>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>

#include "certs/reason.h"
#include "storage/database/schema.h"
#include "storage/history/stored_disclosures.h"
#include "storage/register/high_water.h"
#include "tests/storage/page_edit.h"
#include "tests/storage/test_register.h"

namespace bonafide::storage {
namespace {

using registry::OrganisationKind;
using registry::Power;

// A register with something of everything, closed; then edited and checked.
//   0 genesis   2 registrar   4, 6 grants   8 practitioner   10 practitioner   12 scheme (also
//   under 0)   14 training   16 same-person (under both)
class CheckTest : public ::testing::Test {
 protected:
  void SetUp() override {
    ASSERT_TRUE(reg_.Open().ok());
    registrar_ = reg_.Admit(OrganisationKind::kRegistrar, reg_.regulator());
    reg_.Grant(reg_.regulator(), registrar_, Power::kRegister);
    reg_.Grant(reg_.regulator(), registrar_, Power::kAttest);
    practitioner_ = reg_.AddPractitioner(registrar_, "Zoe Example");
    const Party other = reg_.AddPractitioner(registrar_, "Ona Example");
    reg_.CreateScheme(reg_.regulator(), "tattoo");
    ASSERT_TRUE(reg_.File(reg_.TrainingFor(registrar_, practitioner_)).ok());
    const auto same = reg_.File(
        reg_.Sign(registrar_, registry::SamePerson{other.number, other.anchor}, practitioner_));
    ASSERT_TRUE(same.ok()) << same.status();
    ASSERT_EQ(same->index, LogIndex{16});
    reg_.Close();
  }

  CheckReport Check() {
    const auto database = Database::Open(reg_.options().database);
    EXPECT_TRUE(database.ok()) << database.status();
    const auto report = CheckStore(**database, reg_.directory() + "/high-water", {});
    EXPECT_TRUE(report.ok()) << report.status();
    return report.ok() ? *report : CheckReport();
  }

  void Edit(const std::function<void(Database&, WriteBatch&)>& edit) {
    const auto database = Database::Open(reg_.options().database);
    WriteBatch batch;
    edit(**database, batch);
    ASSERT_TRUE((*database)->Write(std::move(batch)).ok());
  }
  void Flip(Family family, const std::string& key, size_t from_end = 1) {
    Edit([&](Database& database, WriteBatch& batch) {
      std::string value = *database.Require(family, key);
      value[value.size() - from_end] = static_cast<char>(value[value.size() - from_end] ^ 1);
      batch.Put(family, key, value);
    });
  }
  void Delete(Family family, const std::string& key) {
    Edit([&](Database& database, WriteBatch& batch) {
      ASSERT_TRUE(database.Require(family, key).ok());
      batch.Delete(family, key);
    });
  }

  void EditEntry(EntryPlace place, const std::function<void(PageItems&, size_t)>& edit) {
    Edit([&](Database& database, WriteBatch& batch) { EditPage(database, batch, place, edit); });
  }

  void EditPlaces(const std::function<void(std::vector<std::string>&)>& edit) {
    Edit(
        [&](Database& database, WriteBatch& batch) { storage::EditPlaces(database, batch, edit); });
  }
  void FlipLeafHash(uint64_t index) {
    Edit([&](Database& database, WriteBatch& batch) {
      std::string hashes = *database.Require(Family::kTiles, TileKey(0, 0));
      hashes[index * 32] = static_cast<char>(hashes[index * 32] ^ 1);
      batch.Put(Family::kTiles, TileKey(0, 0), hashes);
    });
  }

  // Whether a problem about `index` says `what`.
  static bool Says(const CheckReport& report, std::optional<uint64_t> index,
                   const std::string& what) {
    return std::ranges::any_of(report.problems, [&](const CheckProblem& problem) {
      return (index ? problem.index == LogIndex{*index} : !problem.index) &&
             problem.what.find(what) != std::string::npos;
    });
  }
  static std::string Print(const CheckReport& report) {
    std::string text;
    for (const CheckProblem& problem : report.problems) {
      text +=
          (problem.index ? std::to_string(problem.index->value) : "-") + ": " + problem.what + "\n";
    }
    return text;
  }
  void Expect(std::optional<uint64_t> index, const std::string& what) {
    const CheckReport report = Check();
    EXPECT_TRUE(Says(report, index, what)) << Print(report);
  }

  // The keys of kTokenIds by the index of the event.
  std::map<uint64_t, std::string> StatementRows() {
    const auto database = Database::Open(reg_.options().database);
    std::map<uint64_t, std::string> rows;
    EXPECT_TRUE((*database)
                    ->Now()
                    ->Scan(Family::kTokenIds, "", "",
                           [&](std::string_view key, std::string_view value) {
                             rows[*ParseU64Value(value)] = key;
                             return true;
                           })
                    .ok());
    return rows;
  }

  EntryPlace Training() const { return {practitioner_.number, 1}; }

  TestRegister reg_;
  Party registrar_;
  Party practitioner_;
};

TEST_F(CheckTest, AWholeStoreHasNoProblems) {
  const CheckReport report = Check();
  EXPECT_TRUE(report.ok()) << Print(report);
  EXPECT_EQ(report.entries, 18U);
  EXPECT_EQ(report.subjects, 5U);
  EXPECT_EQ(report.origin, reg_.origin());
}

TEST_F(CheckTest, ARunningRegisterCanBeChecked) {
  ASSERT_TRUE(reg_.Open().ok());
  uint64_t last = 0;
  CheckOptions options;
  options.progress = [&](const std::string& what, uint64_t done, uint64_t) {
    if (what == "entries") last = done;
  };
  const auto report = CheckStore(reg_->database(), reg_.directory() + "/high-water", options);
  ASSERT_TRUE(report.ok());
  EXPECT_TRUE(report->ok()) << Print(*report);
  EXPECT_EQ(last, 18U);
}

TEST_F(CheckTest, AnEditedEntry) {
  Edit([this](Database& database, WriteBatch& batch) {
    FlipEntry(database, batch, Training(), 10);
  });
  Expect(14, "the entry is not what was hashed");
  Expect(14, "the signature does not verify");
}

TEST_F(CheckTest, LostEntries) {
  Delete(Family::kHistories, PageKey(practitioner_.number, 0));
  const CheckReport report = Check();
  EXPECT_TRUE(Says(report, 8, "the entry is missing")) << Print(report);
  EXPECT_TRUE(Says(report, 14, "the entry is missing")) << Print(report);
}

TEST_F(CheckTest, AnEditedLeafHash) {
  FlipLeafHash(14);
  const CheckReport report = Check();
  EXPECT_TRUE(Says(report, 14, "the entry is not what was hashed")) << Print(report);
  EXPECT_TRUE(Says(report, 15, "another state root")) << Print(report);
  EXPECT_TRUE(Says(report, std::nullopt, "the log tree has another root")) << Print(report);
  EXPECT_TRUE(Says(report, 17, "the high-water mark signs another history")) << Print(report);
}

TEST_F(CheckTest, SwappedPlaces) {
  EditPlaces([](std::vector<std::string>& items) { std::swap(items[8], items[10]); });
  const CheckReport report = Check();
  EXPECT_TRUE(Says(report, 8, "not one of this index")) << Print(report);
  EXPECT_TRUE(Says(report, 10, "not one of this index")) << Print(report);
}

TEST_F(CheckTest, LostPlaces) {
  EditPlaces([](std::vector<std::string>& items) { items.pop_back(); });
  Expect(17, "its place is missing");
  Delete(Family::kPlaces, U64Key(0));
  const CheckReport report = Check();
  EXPECT_TRUE(Says(report, 5, "its place is missing")) << Print(report);
}

TEST_F(CheckTest, APlaceTooMany) {
  EditPlaces([](std::vector<std::string>& items) { items.push_back(items.back()); });
  Expect(std::nullopt, "19 places of entries in 1 pages; the log has 18");
}

TEST_F(CheckTest, APageOfPlacesTooMany) {
  Edit([](Database& database, WriteBatch& batch) {
    batch.Put(Family::kPlaces, U64Key(7), *database.Require(Family::kPlaces, U64Key(0)));
  });
  Expect(std::nullopt, "36 places of entries in 2 pages; the log has 18");
}

TEST_F(CheckTest, AnEditedStateEntry) {
  EditPlaces([](std::vector<std::string>& items) {
    items[13].back() = static_cast<char>(items[13].back() ^ 1);
  });
  const CheckReport report = Check();
  EXPECT_TRUE(Says(report, 13, "another state root")) << Print(report);
  EXPECT_TRUE(Says(report, 13, "the entry is not what was hashed")) << Print(report);
}

TEST_F(CheckTest, AnEditedSecondCopy) {
  Edit([](Database& database, WriteBatch& batch) {
    FlipEntry(database, batch, {SubjectNumber{0}, 1}, 1);
  });
  Expect(12, "its copy under the second subject differs");
}

TEST_F(CheckTest, AnEditedNode) {
  ASSERT_TRUE(reg_.Open().ok());
  uint64_t last = 0;
  while (last < 256) {
    const auto filed = reg_.File(reg_.TrainingFor(registrar_, practitioner_));
    ASSERT_TRUE(filed.ok()) << filed.status();
    last = filed->index.value;
  }
  reg_.Close();
  ASSERT_TRUE(Check().problems.empty()) << Print(Check());
  Flip(Family::kTiles, TileKey(1, 0));
  Expect(255, "a node of the log tree that it completes is not what is kept");
}

TEST_F(CheckTest, ATileTooMany) {
  Edit([](Database&, WriteBatch& batch) {
    batch.Put(Family::kTiles, TileKey(1, 0), std::string(32, 'x'));
  });
  Expect(std::nullopt, "2 tiles of the log tree, not 1");
}

TEST_F(CheckTest, ALostTile) {
  Delete(Family::kTiles, TileKey(0, 0));
  const CheckReport report = Check();
  EXPECT_TRUE(Says(report, 5, "its leaf hash is missing")) << Print(report);
}

TEST_F(CheckTest, SwappedStatements) {
  const auto rows = StatementRows();
  Edit([&](Database&, WriteBatch& batch) {
    batch.Put(Family::kTokenIds, rows.at(2), U64Value(8));
    batch.Put(Family::kTokenIds, rows.at(8), U64Value(2));
  });
  const CheckReport report = Check();
  EXPECT_TRUE(Says(report, 2, "the row of its (iss, jti) says something else")) << Print(report);
  EXPECT_TRUE(Says(report, 8, "the row of its (iss, jti) says something else")) << Print(report);
}

TEST_F(CheckTest, LostRows) {
  Delete(Family::kTokenIds, StatementRows().at(2));
  Delete(Family::kThumbprints, std::string(registrar_.key->public_key().id().digest().view()));
  Delete(Family::kSchemes, SchemeKey("tattoo", "gb-eng"));
  const CheckReport report = Check();
  EXPECT_TRUE(Says(report, 2, "the row of its (iss, jti) is missing")) << Print(report);
  EXPECT_TRUE(Says(report, 2, "the row of a key it registers is missing")) << Print(report);
  EXPECT_TRUE(Says(report, 12, "the row of its scheme is missing")) << Print(report);
  EXPECT_EQ(report.problems.size(), 6U) << Print(report);
}

TEST_F(CheckTest, OrphanRows) {
  Edit([](Database&, WriteBatch& batch) {
    batch.Append(Family::kHistories, PageKey({1}, 4), AnnexItem({}) + EntryItem("x"));
    batch.Put(Family::kHeads, U64Key(99), "x");
    batch.Put(Family::kTokenIds, TokenIdKey({1}, "x"), U64Value(3));
  });
  const CheckReport report = Check();
  EXPECT_TRUE(Says(report, std::nullopt, "an entry belongs to nothing")) << Print(report);
  EXPECT_TRUE(Says(report, std::nullopt, "heads of subjects, not 5")) << Print(report);
  EXPECT_TRUE(Says(report, std::nullopt, "pairs (iss, jti), not 9")) << Print(report);
}

TEST_F(CheckTest, AnEditedHead) {
  Flip(Family::kHeads, U64Key(1));
  Expect(6, "the head of subject 1 is not what its entries make");
}

TEST_F(CheckTest, EditedAndLostDisclosures) {
  EditEntry(Training(), [](PageItems& page, size_t at) {
    std::string& row = page.annexes[at].disclosures;
    row.back() = static_cast<char>(row.back() ^ 1);
    page.annexes[0].disclosures.clear();
  });
  const CheckReport report = Check();
  EXPECT_TRUE(Says(report, 14, "its disclosures do not open its slots")) << Print(report);
  EXPECT_TRUE(Says(report, 8, "its disclosures")) << Print(report);
}

TEST_F(CheckTest, DisclosuresForNoSlots) {
  EditEntry({SubjectNumber{1}, 0},
            [](PageItems& page, size_t at) { page.annexes[at].disclosures = "x"; });
  Expect(2, "it has disclosures for no slots");
}

TEST_F(CheckTest, WhatIsKeptBesideAnEntry) {
  EditEntry(Training(), [](PageItems& page, size_t at) {
    page.annexes[at].references.push_back({3});
    page.annexes[0].root = Digest();
  });
  const CheckReport report = Check();
  EXPECT_TRUE(Says(report, 14, "other references are kept beside it")) << Print(report);
  EXPECT_TRUE(Says(report, 8, "another root of its subject")) << Print(report);
}

TEST_F(CheckTest, ErasedDisclosuresAreNoProblem) {
  EditEntry(Training(), [](PageItems& page, size_t at) {
    page.annexes[at].disclosures = *ErasedDisclosures(page.annexes[at].disclosures);
  });
  const CheckReport report = Check();
  EXPECT_TRUE(report.ok()) << Print(report);
}

TEST_F(CheckTest, AMissingMark) {
  std::filesystem::remove(reg_.directory() + "/high-water");
  Expect(std::nullopt, "is not there");
}

TEST_F(CheckTest, AMarkAheadOfTheLog) {
  std::filesystem::remove(reg_.directory() + "/high-water");
  const merkle::Checkpoint ahead = {reg_.origin(), {1000}, Digest()};
  const auto note = merkle::SignCheckpoint(ahead, *reg_.options().log_signer);
  ASSERT_TRUE(HighWater::Create(reg_.directory() + "/high-water", *note).ok());
  Expect(std::nullopt, "the high-water mark is of 1000 entries, the log has 18");
}

TEST_F(CheckTest, ManyProblemsAreCapped) {
  Edit([](Database&, WriteBatch& batch) { batch.Delete(Family::kPlaces, U64Key(0)); });
  const auto database = Database::Open(reg_.options().database);
  CheckOptions options;
  options.max_problems = 3;
  const auto report = CheckStore(**database, reg_.directory() + "/high-water", options);
  EXPECT_EQ(report->problems.size(), 3U);
  EXPECT_TRUE(report->more);
}

}  // namespace
}  // namespace bonafide::storage
