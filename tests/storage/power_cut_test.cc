// The power goes at any write: whatever was not synced is lost, or torn. What was acknowledged is
// there afterwards.
#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <rocksdb/env.h>

#include <cstdlib>
#include <filesystem>
#include <iostream>
#include <memory>
#include <random>
#include <string>
#include <vector>

#include "certs/reason.h"
#include "storage/check/check.h"
#include "storage/database/rocksdb_options.h"
#include "tests/storage/power_cut_file_system.h"
#include "tests/storage/test_register.h"

namespace bonafide::storage {
namespace {

namespace fs = std::filesystem;
using registry::OrganisationKind;
using registry::Power;

uint64_t FromEnvironment(const char* name, uint64_t otherwise) {
  const char* value = std::getenv(name);
  return value == nullptr ? otherwise : std::strtoull(value, nullptr, 10);
}

// A register whose database lies on a file system of ours.
class PowerCutTest : public ::testing::Test {
 protected:
  PowerCutTest()
      : seed_(FromEnvironment("BONAFIDE_POWER_SEED", std::random_device{}())),
        random_(seed_),
        files_(std::make_shared<PowerCutFileSystem>(seed_)),
        environment_(rocksdb::NewCompositeEnv(files_)) {
    std::cout << "BONAFIDE_POWER_SEED=" << seed_ << std::endl;
    Open();
    registrar_ = reg_.Admit(OrganisationKind::kRegistrar, reg_.regulator());
    reg_.Grant(reg_.regulator(), registrar_, Power::kRegister);
  }
  ~PowerCutTest() override {
    reg_.Close();
    UseEnvironment(nullptr);
  }

  void Open() {
    UseEnvironment(environment_.get());
    const absl::Status status = reg_.Open();
    UseEnvironment(nullptr);
    ASSERT_TRUE(status.ok()) << status;
  }
  // What a power cut at this moment leaves.
  void Leave() {
    fs::create_directories(left_);
    files_->Leave(reg_.directory() + "/db", left_ + "/db");
    // Written and synced by our own code; before a mark comes what it marks.
    fs::copy_file(reg_.directory() + "/high-water", left_ + "/high-water");
    promised_ = acknowledged_.size();
  }
  void File() {
    const registry::SignedEvent event =
        reg_.Sign(registrar_, registry::PractitionerRegistered{}, std::nullopt,
                  {{"name", certs::Json::String("Zoe Example")}});
    const auto receipt = reg_.File(event);
    ASSERT_TRUE(receipt.ok()) << receipt.status();
    acknowledged_.push_back({receipt->index, receipt->entry});
  }
  // Opens what is left of it.
  void ExpectAllThere() {
    RegisterOptions options = reg_.options();
    options.database.directory = left_;
    {
      const auto left = Register::Open(options, reg_.clock());
      ASSERT_TRUE(left.ok()) << left.status();
      ASSERT_EQ((*left)->status().state, SigningState::kSigning) << (*left)->status().message;
      const ViewPtr view = *(*left)->Newest();
      for (size_t i = 0; i < promised_; ++i) {
        const auto found = view->ReadEntries(acknowledged_[i].index, 1, registry::kMaxEntryBytes);
        ASSERT_TRUE(found.ok()) << "event " << i << " of " << promised_ << ": " << found.status();
        ASSERT_EQ(*found, std::vector{acknowledged_[i].entry})
            << "event " << i << " of " << promised_;
      }
      const auto report = CheckStore((*left)->database(), left_ + "/high-water", {});
      ASSERT_TRUE(report.ok()) << report.status();
      EXPECT_TRUE(report->ok()) << report->problems.front().what;
    }
    fs::remove_all(left_);
  }

  struct Acknowledged {
    LogIndex index;
    std::string entry;
  };

  const uint64_t seed_;
  std::mt19937_64 random_;
  TestRegister reg_;
  const TemporaryDirectory directory_;
  const std::string left_ = directory_ / "left";
  const std::shared_ptr<PowerCutFileSystem> files_;
  const std::unique_ptr<rocksdb::Env> environment_;
  Party registrar_;
  std::vector<Acknowledged> acknowledged_;
  size_t promised_ = 0;
};

// BONAFIDE_POWER_CUTS: how many.
TEST_F(PowerCutTest, AcknowledgedEventsAreThere) {
  const uint64_t cuts = FromEnvironment("BONAFIDE_POWER_CUTS", 25);
  size_t while_opening = 0;
  for (uint64_t cut = 0; cut < cuts; ++cut) {
    SCOPED_TRACE("cut " + std::to_string(cut));
    bool done = false;
    const bool opens = random_() % 3 == 0;
    if (opens) reg_.Close();
    // A few calls an event, some hundred when opening.
    files_->CutAfter(static_cast<int>(1 + random_() % (opens ? 300 : 30)), [&] {
      Leave();
      done = true;
    });
    if (opens) {
      Open();
      while_opening += done ? 1 : 0;
    }
    while (!done) File();
    ASSERT_NO_FATAL_FAILURE(ExpectAllThere());
  }
  std::cout << cuts << " cuts, " << while_opening << " while opening, " << promised_
            << " events promised" << std::endl;
  EXPECT_GT(promised_, cuts);
}

}  // namespace
}  // namespace bonafide::storage
