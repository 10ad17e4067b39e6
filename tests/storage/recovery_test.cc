// What the register does after crashes, lost files and failing disks: it signs one history or none.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <fstream>
#include <functional>
#include <map>
#include <string>
#include <system_error>
#include <thread>
#include <vector>

#include "certs/reason.h"
#include "merkle/checkpoint.h"
#include "merkle/proof.h"
#include "storage/log/database_log_store.h"
#include "tests/storage/test_register.h"

namespace bonafide::storage {
namespace {

namespace fs = std::filesystem;
using registry::OrganisationKind;

// Passes appends on, unless told otherwise for the next one.
class FaultyLogStore final : public LogStore {
 public:
  enum class Fault { kNone, kNotPersisted, kPersisted, kRefused, kFenced };

  FaultyLogStore(std::unique_ptr<LogStore> inner, Fault& next)
      : inner_(std::move(inner)), next_(next) {}

  absl::StatusOr<LogHead> Head() override { return inner_->Head(); }
  absl::StatusOr<uint64_t> BeginEpoch() override { return inner_->BeginEpoch(); }
  absl::StatusOr<std::vector<std::string>> Read(LogIndex first, size_t count) override {
    return inner_->Read(first, count);
  }
  AppendResult Append(AppendRequest request) override {
    const Fault fault = std::exchange(next_, Fault::kNone);
    const auto failed = [](AppendOutcome outcome, absl::StatusCode code, const char* reason) {
      return AppendResult{outcome, Refusal(code, reason, "made to fail")};
    };
    switch (fault) {
      case Fault::kNone:
        return inner_->Append(std::move(request));
      case Fault::kNotPersisted:
        return failed(AppendOutcome::kUnknown, absl::StatusCode::kUnavailable, "disk_error");
      case Fault::kPersisted:
        EXPECT_EQ(inner_->Append(std::move(request)).outcome, AppendOutcome::kAppended);
        return failed(AppendOutcome::kUnknown, absl::StatusCode::kUnavailable, "disk_error");
      case Fault::kRefused:
        return failed(AppendOutcome::kRefused, absl::StatusCode::kResourceExhausted, "disk_full");
      case Fault::kFenced:
        inner_->BeginEpoch().IgnoreError();
        return inner_->Append(std::move(request));
    }
    return {};
  }

 private:
  std::unique_ptr<LogStore> inner_;
  Fault& next_;
};

using Fault = FaultyLogStore::Fault;

class RecoveryTest : public ::testing::Test {
 protected:
  RecoveryTest() {
    reg_.options().make_log_store = [this](Database& database) {
      return std::make_unique<FaultyLogStore>(std::make_unique<DatabaseLogStore>(database), fault_);
    };
  }
  void SetUp() override { ASSERT_TRUE(reg_.Open().ok()); }

  registry::SignedEvent NewClinic() {
    registry::OrganisationCreated body;
    body.kind = OrganisationKind::kClinic;
    body.name = "Example Clinic";
    body.keys = {reg_.NewKey()->public_key()};
    return reg_.Sign(reg_.regulator(), body);
  }

  void WaitUntil(const std::function<bool()>& reached) {
    for (int i = 0; i < 3000 && !reached(); ++i) {
      std::this_thread::sleep_for(std::chrono::milliseconds(5));
    }
    ASSERT_TRUE(reached());
  }
  void WaitUntilSigning() {
    WaitUntil([this] { return reg_->status().state == SigningState::kSigning; });
  }

  static std::map<std::string, uintmax_t> SizesIn(const fs::path& directory) {
    std::map<std::string, uintmax_t> sizes;
    std::error_code error;
    for (const auto& file : fs::directory_iterator(directory, error)) {
      const uintmax_t size = file.file_size(error);
      sizes[file.path().filename().string()] = error ? 0 : size;
    }
    return sizes;
  }
  // All that is on disk of the register, to be put back later.
  void Save(const std::string& name) {
    // The register may be at work, a crash would not be: copied again until nothing changed
    // meanwhile.
    const fs::path database = reg_.directory() + "/db";
    const fs::path copy = saved_ / (name + "-db");
    std::error_code error;
    std::map<std::string, uintmax_t> before;
    do {
      before = SizesIn(database);
      fs::remove_all(copy);
      fs::copy(database, copy, fs::copy_options::recursive, error);
    } while (error || before != SizesIn(database));
    fs::copy_file(reg_.directory() + "/high-water", saved_ / (name + "-mark"));
  }
  void PutBackDatabase(const std::string& name) {
    fs::remove_all(reg_.directory() + "/db");
    fs::copy(saved_ / (name + "-db"), reg_.directory() + "/db", fs::copy_options::recursive);
  }
  void PutBackMark(const std::string& name) {
    fs::copy_file(saved_ / (name + "-mark"), reg_.directory() + "/high-water",
                  fs::copy_options::overwrite_existing);
  }

  void ExpectReadOnly() {
    EXPECT_EQ(reg_->status().state, SigningState::kReadOnly);
    EXPECT_EQ(reg_->status().reason, "behind_high_water");
    EXPECT_FALSE(reg_->status().message.empty());
  }

  // Remembers the head, which has to be consistent with all heads remembered before.
  void SeeHead() {
    const ViewPtr view = reg_.Newest();
    for (const auto& [size, root] : seen_) {
      ASSERT_LE(size.value, view->size().value);
      const auto proof = merkle::ParseProof(*view->ConsistencyProof(size, view->size()));
      ASSERT_TRUE(merkle::VerifyConsistency(size, view->size(), root, view->root(), *proof).ok());
    }
    seen_.emplace_back(view->size(), view->root());
  }

  Fault fault_ = Fault::kNone;
  TestRegister reg_;
  TemporaryDirectory saved_;
  std::vector<std::pair<TreeSize, Digest>> seen_;
};

TEST_F(RecoveryTest, AnUnknownOutcomeThatWasNotWritten) {
  SeeHead();
  const registry::SignedEvent event = NewClinic();
  fault_ = Fault::kNotPersisted;
  const auto unknown = reg_.File(event);
  EXPECT_EQ(unknown.status().code(), absl::StatusCode::kUnknown);
  EXPECT_EQ(ReasonOf(unknown.status()), "outcome_unknown");
  WaitUntilSigning();
  SeeHead();
  const auto again = reg_.File(event);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->index, LogIndex{2});
  SeeHead();
  EXPECT_EQ(reg_->counters().recoveries, 1U);
}

TEST_F(RecoveryTest, AnUnknownOutcomeThatWasWritten) {
  SeeHead();
  const registry::SignedEvent event = NewClinic();
  fault_ = Fault::kPersisted;
  EXPECT_EQ(ReasonOf(reg_.File(event).status()), "outcome_unknown");
  WaitUntilSigning();
  SeeHead();
  EXPECT_EQ(reg_.Newest()->size(), TreeSize{4});
  const auto again = reg_.File(event);
  ASSERT_TRUE(again.ok()) << again.status();
  EXPECT_EQ(again->index, LogIndex{2});
  EXPECT_EQ(reg_.Newest()->size(), TreeSize{4}) << "one event, once";
  SeeHead();
}

TEST_F(RecoveryTest, WhoeverKeepsAHeadFromClosingReadsOn) {
  ViewPtr reader = reg_.Newest();
  const std::string note = reader->note();
  const registry::SignedEvent event = NewClinic();
  fault_ = Fault::kNotPersisted;
  EXPECT_EQ(ReasonOf(reg_.File(event).status()), "outcome_unknown");
  WaitUntil([this] { return reg_->status().message.starts_with("readers still hold"); });
  {
    const auto others = reg_->Newest();
    ASSERT_TRUE(others.ok()) << others.status();
    EXPECT_EQ((*others)->note(), note);
    EXPECT_TRUE((*others)->ReadEntries(LogIndex{0}, 1, 1 << 20).ok());
  }
  EXPECT_EQ(ReasonOf(reg_.File(event).status()), "not_signing");
  reader.reset();
  WaitUntilSigning();
  EXPECT_TRUE(reg_.File(event).ok());
}

TEST_F(RecoveryTest, ARefusedWriteChangesNothing) {
  const registry::SignedEvent event = NewClinic();
  fault_ = Fault::kRefused;
  const auto refused = reg_.File(event);
  EXPECT_EQ(ReasonOf(refused.status()), "disk_full");
  EXPECT_EQ(reg_->status().state, SigningState::kSigning);
  EXPECT_EQ(reg_.Newest()->size(), TreeSize{2});
  EXPECT_TRUE(reg_.File(event).ok());
}

TEST_F(RecoveryTest, AFencedWriterStopsAndStartsAnew) {
  fault_ = Fault::kFenced;
  const registry::SignedEvent event = NewClinic();
  EXPECT_EQ(ReasonOf(reg_.File(event).status()), "outcome_unknown");
  WaitUntilSigning();
  EXPECT_TRUE(reg_.File(event).ok());
}

TEST_F(RecoveryTest, ACrashBetweenCommitAndMarkSignsTheSameBytesAgain) {
  reg_.Close();
  Save("before");
  ASSERT_TRUE(reg_.Open().ok());
  ASSERT_TRUE(reg_.File(NewClinic()).ok());
  const std::string note = reg_.Newest()->note();
  reg_.Close();
  PutBackMark("before");
  ASSERT_TRUE(reg_.Open().ok());
  EXPECT_EQ(reg_->status().state, SigningState::kSigning);
  EXPECT_EQ(reg_.Newest()->note(), note);
}

TEST_F(RecoveryTest, AnOlderDatabasePutBackNeverSigns) {
  ASSERT_TRUE(reg_.File(NewClinic()).ok());
  const std::string old_note = reg_.Newest()->note();
  reg_.Close();
  Save("old");
  ASSERT_TRUE(reg_.Open().ok());
  const registry::SignedEvent later = NewClinic();
  ASSERT_TRUE(reg_.File(later).ok());
  reg_.Close();
  PutBackDatabase("old");
  ASSERT_TRUE(reg_.Open().ok());
  ExpectReadOnly();
  EXPECT_EQ(reg_.Newest()->note(), old_note) << "it reads from a head it signed then";
  EXPECT_EQ(ReasonOf(reg_.File(later).status()), "not_signing");
  EXPECT_EQ(reg_.Newest()->size(), TreeSize{4});
}

TEST_F(RecoveryTest, ADeletedWalNeverSigns) {
  for (int i = 0; i < 3; ++i) ASSERT_TRUE(reg_.File(NewClinic()).ok());
  reg_.Close();
  for (const auto& file : fs::directory_iterator(reg_.directory() + "/db")) {
    if (file.path().extension() == ".log") fs::remove(file.path());
  }
  ASSERT_TRUE(reg_.Open().ok());
  ExpectReadOnly();
  EXPECT_EQ(ReasonOf(reg_->Newest().status()), "no_signed_head");
}

// A deleted write-ahead log with everything in it leaves a database that is whole and empty: behind
// its mark, but not damaged, and no new register.
TEST_F(RecoveryTest, ADatabaseThatLostEverythingSaysSo) {
  reg_.Close();
  fs::remove_all(reg_.directory() + "/db");
  DatabaseOptions nothing = reg_.options().database;
  nothing.create = true;
  ASSERT_TRUE(Database::Open(nothing).ok());
  const absl::Status opened = reg_.Open();
  ASSERT_TRUE(opened.ok()) << opened;
  ExpectReadOnly();
  EXPECT_EQ(reg_->origin(), reg_.origin());
  EXPECT_EQ(ReasonOf(reg_->Newest().status()), "no_signed_head");
  EXPECT_EQ(ReasonOf(reg_->Check(NewClinic().Framed()).status()), "not_signing");
  reg_.Close();
  // Without the mark nobody knows that there ever was anything.
  fs::remove(reg_.directory() + "/high-water");
  EXPECT_EQ(reg_.Open().code(), absl::StatusCode::kDataLoss);
}

TEST_F(RecoveryTest, ADamagedWalNeverSigns) {
  ASSERT_TRUE(reg_.File(NewClinic()).ok());
  Save("crash");  // as it would be found after a kill
  ASSERT_TRUE(reg_.File(NewClinic()).ok());
  Save("later");
  reg_.Close();
  PutBackDatabase("later");
  PutBackMark("later");
  for (const auto& file : fs::directory_iterator(reg_.directory() + "/db")) {
    if (file.path().extension() != ".log" || fs::file_size(file.path()) < 2000) continue;
    std::fstream bytes(file.path(), std::ios::in | std::ios::out | std::ios::binary);
    bytes.seekp(static_cast<std::streamoff>(fs::file_size(file.path())) - 1000);
    bytes.put('!');
  }
  const absl::Status opened = reg_.Open();
  if (!opened.ok()) {
    EXPECT_EQ(opened.code(), absl::StatusCode::kDataLoss) << opened;
  } else {
    ExpectReadOnly();
  }
}

TEST_F(RecoveryTest, AKillLosesNothingAcknowledged) {
  const registry::SignedEvent event = NewClinic();
  const auto receipt = reg_.File(event);
  ASSERT_TRUE(receipt.ok());
  Save("killed");
  reg_.Close();
  PutBackDatabase("killed");
  PutBackMark("killed");
  ASSERT_TRUE(reg_.Open().ok());
  EXPECT_EQ(reg_->status().state, SigningState::kSigning);
  EXPECT_EQ(reg_.File(event)->index, receipt->index);
  EXPECT_EQ(reg_.Newest()->note(), receipt->checkpoint);
}

TEST_F(RecoveryTest, AMissingMarkNeverSigns) {
  ASSERT_TRUE(reg_.File(NewClinic()).ok());
  const std::string note = reg_.Newest()->note();
  reg_.Close();
  fs::remove(reg_.directory() + "/high-water");
  ASSERT_TRUE(reg_.Open().ok());
  ExpectReadOnly();
  EXPECT_EQ(reg_.Newest()->note(), note);
}

TEST_F(RecoveryTest, AMarkOfAnotherHistoryNeverSigns) {
  reg_.Close();
  Save("fork");
  ASSERT_TRUE(reg_.Open().ok());
  ASSERT_TRUE(reg_.File(NewClinic()).ok());
  reg_.Close();
  Save("one");
  PutBackDatabase("fork");
  PutBackMark("fork");
  ASSERT_TRUE(reg_.Open().ok());
  ASSERT_TRUE(reg_.File(NewClinic()).ok());
  ASSERT_TRUE(reg_.File(NewClinic()).ok());
  reg_.Close();
  PutBackMark("one");  // as large as a head of this history, but another one
  ASSERT_TRUE(reg_.Open().ok());
  ExpectReadOnly();
}

TEST_F(RecoveryTest, AnEmptyDirectoryIsNoRegister) {
  reg_.Close();
  fs::remove_all(reg_.directory() + "/db");
  EXPECT_EQ(ReasonOf(reg_.Open()), "not_a_register");
}

TEST_F(RecoveryTest, ASecondServerIsRefused) {
  EXPECT_EQ(ReasonOf(Register::Open(reg_.options(), reg_.clock()).status()),
            "data_directory_in_use");
  EXPECT_TRUE(reg_.File(NewClinic()).ok());
}

TEST_F(RecoveryTest, ABackupOpensByItself) {
  ASSERT_TRUE(reg_.File(NewClinic()).ok());
  const std::string note = reg_.Newest()->note();
  TemporaryDirectory copy;
  ASSERT_TRUE(reg_->BackUp(copy / "backup").ok());
  EXPECT_EQ(ReasonOf(reg_->BackUp(copy / "backup")), "backup_directory");
  ASSERT_TRUE(reg_.File(NewClinic()).ok());
  RegisterOptions options = reg_.options();
  options.database.directory = copy / "backup";
  const auto opened = Register::Open(options, reg_.clock());
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ((*opened)->status().state, SigningState::kSigning);
  EXPECT_EQ((*(*opened)->Newest())->note(), note);
}

TEST_F(RecoveryTest, AFullDiskAtStartReadsAndRefusesWrites) {
  const registry::SignedEvent event = NewClinic();
  const auto receipt = reg_.File(NewClinic());
  ASSERT_TRUE(receipt.ok());
  reg_.options().database.free_floor_bytes = uint64_t{1} << 62;
  ASSERT_TRUE(reg_.Open().ok());
  EXPECT_EQ(reg_->status().state, SigningState::kRecovering);
  EXPECT_EQ(reg_->status().reason, "disk_full");
  EXPECT_EQ(reg_.Newest()->note(), receipt->checkpoint);
  const auto refused = reg_.File(event);
  EXPECT_EQ(ReasonOf(refused.status()), "disk_full");
  EXPECT_EQ(refused.status().code(), absl::StatusCode::kResourceExhausted);
  reg_.options().database.free_floor_bytes = 0;
  ASSERT_TRUE(reg_.Open().ok());
  EXPECT_TRUE(reg_.File(event).ok());
}

}  // namespace
}  // namespace bonafide::storage
