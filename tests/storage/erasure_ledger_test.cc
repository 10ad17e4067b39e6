#include "storage/personal/erasure_ledger.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <sys/stat.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>
#include <vector>

#include "certs/reason.h"

namespace bonafide::storage {
namespace {

using ::testing::ElementsAre;
using ::testing::IsEmpty;

ErasedDisclosure Erased(uint64_t subject, uint64_t index, const char* what) {
  return {{{subject}, {index}}, Sha256(what)};
}

class ErasureLedgerTest : public ::testing::Test {
 protected:
  ErasureLedgerTest() {
    std::string folder = (std::filesystem::temp_directory_path() / "bonafide-XXXXXX").string();
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    folder_ = folder;
    path_ = folder + "/erased";
  }
  ~ErasureLedgerTest() override { std::filesystem::remove_all(folder_); }

  std::string Bytes() const {
    std::ifstream file(path_, std::ios::binary);
    return {std::istreambuf_iterator<char>(file), {}};
  }
  void SetBytes(const std::string& bytes) const {
    std::ofstream(path_, std::ios::binary | std::ios::trunc) << bytes;
  }
  std::set<ErasedDisclosure> Load() const {
    auto ledger = ErasureLedger::Open(path_);
    EXPECT_TRUE(ledger.ok()) << ledger.status();
    return ledger.ok() ? (*ledger)->erased() : std::set<ErasedDisclosure>();
  }
  std::string LoadReason() const { return ReasonOf(ErasureLedger::Open(path_).status()); }

  std::filesystem::path folder_;
  std::string path_;
};

TEST_F(ErasureLedgerTest, KeepsWhatWasAdded) {
  {
    auto ledger = *ErasureLedger::Open(path_);
    EXPECT_THAT(ledger->erased(), IsEmpty());
    ASSERT_TRUE(ledger->Add({Erased(7, 2, "name"), Erased(7, 2, "town")}).ok());
    ASSERT_TRUE(ledger->Add({Erased(3, 9, "photo")}).ok());
    EXPECT_TRUE(ledger->Contains(Sha256("town")));
    EXPECT_FALSE(ledger->Contains(Sha256("number")));
  }
  auto ledger = *ErasureLedger::Open(path_);
  EXPECT_EQ(ledger->erased(),
            (std::set{Erased(3, 9, "photo"), Erased(7, 2, "name"), Erased(7, 2, "town")}));
  EXPECT_TRUE(ledger->Contains(Sha256("name")));
}

TEST_F(ErasureLedgerTest, IsForItsOwnerOnly) {
  { auto ledger = *ErasureLedger::Open(path_); }
  struct stat info;
  ASSERT_EQ(stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
}

TEST_F(ErasureLedgerTest, AddsNothingTwice) {
  auto ledger = *ErasureLedger::Open(path_);
  ASSERT_TRUE(ledger->Add({Erased(7, 2, "name"), Erased(7, 2, "name")}).ok());
  const std::string once = Bytes();
  ASSERT_TRUE(ledger->Add({Erased(7, 2, "name")}).ok());
  ASSERT_TRUE(ledger->Add({}).ok());
  EXPECT_EQ(Bytes(), once);
}

// After a sync that failed the file reads as if all were well, and the next sync says so too.
TEST_F(ErasureLedgerTest, OpeningWritesTheLastGroupAnew) {
  const auto long_ago = std::filesystem::last_write_time(folder_) - std::chrono::hours(1);
  for (const auto& erased : {std::vector<ErasedDisclosure>{},
                             {Erased(1, 1, "a")},
                             {Erased(2, 2, "b"), Erased(2, 2, "c")}}) {
    ASSERT_TRUE((*ErasureLedger::Open(path_))->Add(erased).ok());
    const std::string bytes = Bytes();
    std::filesystem::last_write_time(path_, long_ago);
    const auto ledger = *ErasureLedger::Open(path_);
    EXPECT_GT(std::filesystem::last_write_time(path_), long_ago) << bytes.size();
    EXPECT_EQ(Bytes(), bytes);
  }
}

// Cut anywhere, the file opens with the groups that are whole, and goes on from there.
TEST_F(ErasureLedgerTest, SurvivesACutAtEveryByte) {
  size_t first_group_end = 0;
  {
    auto ledger = *ErasureLedger::Open(path_);
    ASSERT_TRUE(ledger->Add({Erased(1, 1, "a")}).ok());
    first_group_end = Bytes().size();
    ASSERT_TRUE(ledger->Add({Erased(2, 2, "b"), Erased(2, 2, "c")}).ok());
  }
  const std::string whole = Bytes();
  for (size_t size = 0; size < whole.size(); ++size) {
    // Cut short, or filled with zeros by the file system.
    for (const std::string& bytes :
         {whole.substr(0, size), size < first_group_end
                                     ? whole.substr(0, size)
                                     : whole.substr(0, first_group_end) +
                                           std::string(whole.size() - first_group_end, '\0')}) {
      SetBytes(bytes);
      const auto erased = Load();
      if (size < first_group_end) {
        EXPECT_THAT(erased, IsEmpty()) << size;
      } else {
        EXPECT_THAT(erased, ElementsAre(Erased(1, 1, "a"))) << size;
      }
      {
        auto ledger = *ErasureLedger::Open(path_);
        ASSERT_TRUE(ledger->Add({Erased(5, 5, "later")}).ok());
      }
      EXPECT_EQ(Load().count(Erased(5, 5, "later")), 1U) << size;
    }
  }
}

TEST_F(ErasureLedgerTest, ReportsEveryFlippedByte) {
  {
    auto ledger = *ErasureLedger::Open(path_);
    ASSERT_TRUE(ledger->Add({Erased(1, 1, "a")}).ok());
    ASSERT_TRUE(ledger->Add({Erased(2, 2, "b")}).ok());
  }
  const std::string whole = Bytes();
  for (size_t at = 0; at < whole.size(); ++at) {
    std::string bytes = whole;
    bytes[at] ^= 1;
    SetBytes(bytes);
    EXPECT_EQ(LoadReason(), "erasure_ledger_damaged") << at;
    EXPECT_EQ(Bytes(), bytes) << "changed at byte " << at;
  }
}

TEST_F(ErasureLedgerTest, RefusesAnotherFile) {
  SetBytes("something else entirely, and long enough");
  EXPECT_EQ(LoadReason(), "erasure_ledger_damaged");
  SetBytes("short");
  EXPECT_EQ(LoadReason(), "erasure_ledger_damaged");
}

TEST_F(ErasureLedgerTest, SaysThatItCannotWrite) {
  EXPECT_EQ(ReasonOf(ErasureLedger::Open("/dev/full/erased").status()), "disk_error");
}

}  // namespace
}  // namespace bonafide::storage
