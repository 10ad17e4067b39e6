#include "server/command/init.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <vector>

#include "certs/json.h"
#include "certs/key_file.h"
#include "certs/reason.h"
#include "server/command/backup.h"
#include "server/command/check.h"
#include "server/command/reindex.h"
#include "server/control.h"
#include "server/secret_file.h"
#include "tests/server/story.h"

namespace bonafide::server {
namespace {

namespace fs = std::filesystem;

class Init : public testing::Test {
 protected:
  Init() : folder_(testing::TempDir() + "bonafide-init-XXXXXX") {
    EXPECT_NE(mkdtemp(folder_.data()), nullptr);
    options_.directory = folder_ + "/data";
    options_.origin = kOrigin;
    options_.regulator_name = "Example Regulator";
    options_.regulator_key = folder_ + "/regulator.key";
    options_.hosts = {"localhost"};
    EXPECT_TRUE(certs::WriteKeyFile(options_.regulator_key,
                                    certs::PrivateKey::Generate(certs::Algorithm::kEs256))
                    .ok());
  }
  ~Init() override { fs::remove_all(folder_); }

  absl::StatusOr<std::string> Run() {
    return command::Init(options_, log_, storage::SystemClock());
  }
  DataDirectoryOptions Data() const {
    DataDirectoryOptions data;
    data.directory = options_.directory;
    data.config = *ReadConfigFile(options_.directory + "/bonafided.conf");
    data.config.free_disk_bytes = 0;
    return data;
  }

  std::string folder_;
  command::InitOptions options_;
  Log log_{LogLevel::kError, [](const std::string&) {}};
};

TEST_F(Init, MakesARegisterWithAllItsFiles) {
  const auto trust = Run();
  ASSERT_TRUE(trust.ok()) << trust.status();
  for (const char* secret : {"keys/log.key", "tls/server.key", "tls/ca.key"}) {
    EXPECT_EQ(fs::status(options_.directory + "/" + secret).permissions(),
              fs::perms::owner_read | fs::perms::owner_write)
        << secret;
  }
  const auto opened = DataDirectory::Open(Data(), log_, storage::SystemClock());
  ASSERT_TRUE(opened.ok()) << opened.status();
  const auto anchors = (*opened)->OwnAnchors();
  ASSERT_TRUE(anchors.ok());
  const auto json = certs::ParseJson(*ReadSmallFile(*trust));
  ASSERT_TRUE(json.ok());
  EXPECT_EQ(json->members().size(), 6u);
  EXPECT_EQ(json->FindInteger("version"), 1);
  EXPECT_EQ(*json->FindString("origin"), kOrigin);
  EXPECT_EQ(*json->FindString("log_key"), anchors->log_key.ToVkey());
  EXPECT_EQ(*json->FindString("genesis"), anchors->genesis.Hex());
  EXPECT_EQ(*json->FindString("policy"), "");
  EXPECT_EQ(json->FindInteger("max_age_s"), 600);
}

TEST_F(Init, RefusesADirectoryThatHoldsSomething) {
  ASSERT_TRUE(Run().ok());
  const std::string key = *ReadSmallFile(options_.directory + "/keys/log.key");
  EXPECT_EQ(ReasonOf(Run().status()), "directory_not_empty");
  EXPECT_EQ(*ReadSmallFile(options_.directory + "/keys/log.key"), key);
}

TEST_F(Init, RefusesWhatCannotBeARegisterAndMakesNothing) {
  const command::InitOptions good = options_;
  for (const char* origin : {"", "Register.example", "https://register.example", "a b"}) {
    options_.origin = origin;
    EXPECT_EQ(ReasonOf(Run().status()), "origin") << origin;
  }
  options_ = good;
  options_.listen_address = "here";
  EXPECT_EQ(ReasonOf(Run().status()), "config_value");
  options_ = good;
  options_.regulator_key = folder_ + "/no-such.key";
  EXPECT_EQ(ReasonOf(Run().status()), "key_file_missing");
  options_ = good;
  fs::permissions(options_.regulator_key, fs::perms::others_read, fs::perm_options::add);
  EXPECT_EQ(ReasonOf(Run().status()), "key_file_mode");
  EXPECT_FALSE(fs::exists(good.directory));
}

TEST_F(Init, ChecksWhatItMadeAndSeesDamage) {
  ASSERT_TRUE(Run().ok());
  bool progressed = false;
  const auto check = [&] {
    return command::Check(Data(), log_, storage::SystemClock(),
                          [&](const std::string&, uint64_t, uint64_t) { progressed = true; });
  };
  const auto good = check();
  ASSERT_TRUE(good.ok()) << good.status();
  EXPECT_TRUE(good->report.ok()) << good->report.problems.front().what;
  EXPECT_EQ(good->not_signing_reason, "");
  EXPECT_EQ(good->report.subjects, 1u);
  EXPECT_TRUE(progressed);

  fs::remove(options_.directory + "/high-water");
  const auto unmarked = check();
  ASSERT_TRUE(unmarked.ok()) << unmarked.status();
  EXPECT_EQ(unmarked->not_signing_reason, "behind_high_water");
}

// Readers refuse a head that is older than the genesis allows.
TEST_F(Init, AHeartbeatSlowerThanWasPromisedIsRefused) {
  options_.max_head_gap_s = 30;
  ASSERT_TRUE(Run().ok());
  Instance::Options options;
  options.data = Data();
  EXPECT_EQ(options.data.config.heartbeat_s, 30) << "init writes one that fits";
  options.data.config.listen_address = "127.0.0.1:0";
  options.data.config.http_address = "127.0.0.1:0";
  options.data.config.admin_address = "127.0.0.1:0";
  options.data.config.heartbeat_s = 31;
  const auto refused = Instance::Start(options, log_, storage::SystemClock());
  EXPECT_EQ(ReasonOf(refused.status()), "heartbeat_s");
  EXPECT_EQ(refused.status().message(),
            "heartbeat_s is 31, but the register promised a new head every 30 s when it was "
            "founded: set it to that or less");
  options.data.config.heartbeat_s = 30;
  const auto started = Instance::Start(options, log_, storage::SystemClock());
  EXPECT_TRUE(started.ok()) << started.status();
}

TEST_F(Init, SaysNothingWhereAllIsWell) {
  std::vector<std::string> lines;
  const Log log(LogLevel::kWarn, [&lines](const std::string& line) { lines.push_back(line); });
  ASSERT_TRUE(command::Init(options_, log, storage::SystemClock()).ok());
  EXPECT_THAT(lines, testing::IsEmpty());
}

// Only init makes a register: an empty directory is never one.
TEST_F(Init, NothingElseMakesARegister) {
  ASSERT_TRUE(Run().ok());
  DataDirectoryOptions data = Data();
  fs::remove_all(options_.directory + "/db");
  const auto opened = DataDirectory::Open(data, log_, storage::SystemClock());
  EXPECT_FALSE(opened.ok());
  EXPECT_FALSE(fs::exists(options_.directory + "/db/CURRENT"));
}

TEST_F(Init, BackUpOpensByItself) {
  ASSERT_TRUE(Run().ok());
  const std::string target = folder_ + "/copy";
  const DataDirectoryOptions data = Data();
  ASSERT_TRUE(command::Backup(data, target, log_, storage::SystemClock()).ok());
  EXPECT_FALSE(fs::exists(target + "/keys"));
  fs::copy(options_.directory + "/keys", target + "/keys");
  DataDirectoryOptions copied = data;
  copied.directory = target;
  const auto opened = DataDirectory::Open(copied, log_, storage::SystemClock());
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ((*opened)->reg().status().state, storage::SigningState::kSigning);
  EXPECT_FALSE(command::Backup(data, target, log_, storage::SystemClock()).ok())
      << "a copy is never written over";
}

TEST_F(Init, ReindexingFindsTheSameNames) {
  RunningRegister running;
  const Story story(running);
  running.instance().Stop();
  // The running server keeps the directory; its copy is free.
  DataDirectoryOptions data;
  data.directory = folder_ + "/copy";
  ASSERT_TRUE(running.instance().data().BackUp(data.directory).ok());
  fs::copy(running.directory() + "/data/keys", data.directory + "/keys");
  data.config = *ReadConfigFile(data.directory + "/bonafided.conf");
  data.config.free_disk_bytes = 0;
  uint64_t read = 0;
  const absl::Status status = command::Reindex(data, log_, storage::SystemClock(),
                                               [&read](uint64_t events) { read = events; });
  EXPECT_TRUE(status.ok()) << status;
  const auto opened = DataDirectory::Open(data, log_, storage::SystemClock());
  ASSERT_TRUE(opened.ok()) << opened.status();
  EXPECT_EQ(*(*opened)->names().State(), storage::NameIndexState::kReady);
}

TEST(Control, CarriesAnAnswerAndAnError) {
  std::string folder = testing::TempDir() + "bonafide-control-XXXXXX";
  ASSERT_NE(mkdtemp(folder.data()), nullptr);
  // Longer than the path of a socket may be.
  folder += "/" + std::string(120, 'd');
  ASSERT_TRUE(fs::create_directories(folder));
  EXPECT_EQ(ReasonOf(AskServer(folder, "x")), "no_server");
  {
    const auto control = ControlSocket::Listen(folder, [](const std::string& request) {
      return request == "good" ? absl::OkStatus() : NotAdmitted("some_reason", "two words\nmore");
    });
    ASSERT_TRUE(control.ok()) << control.status();
    EXPECT_EQ(fs::status(folder + "/control").permissions(),
              fs::perms::owner_read | fs::perms::owner_write);
    EXPECT_TRUE(AskServer(folder, "good").ok());
    const absl::Status bad = AskServer(folder, "bad");
    EXPECT_EQ(ReasonOf(bad), "some_reason");
    EXPECT_EQ(bad.code(), absl::StatusCode::kFailedPrecondition);
    EXPECT_EQ(bad.message(), "two words more");
    EXPECT_TRUE(AskServer(folder, "good").ok()) << "and goes on";
  }
  EXPECT_EQ(ReasonOf(AskServer(folder, "x")), "no_server") << "what a crash leaves is nobody";
  const auto again =
      ControlSocket::Listen(folder, [](const std::string&) { return absl::OkStatus(); });
  EXPECT_TRUE(again.ok()) << again.status();
  fs::remove_all(fs::path(folder).parent_path());
}

}  // namespace
}  // namespace bonafide::server
