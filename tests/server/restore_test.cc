// A backup, put where a data directory was, as docs/operations.md says.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>

#include <filesystem>

#include "server/command/reindex.h"
#include "server/secret_file.h"
#include "tests/server/story.h"

namespace bonafide::server {
namespace {

namespace fs = std::filesystem;

class Restore : public testing::Test {
 protected:
  Restore() : story_(running_) {
    EXPECT_TRUE(running_.instance().data().BackUp(copy_).ok());
    EXPECT_FALSE(fs::exists(copy_ + "/keys"));
    EXPECT_FALSE(fs::exists(copy_ + "/tls"));
    for (const char* folder : {"/keys", "/tls"}) fs::copy(data_ + folder, copy_ + folder);
  }

  DataDirectoryOptions Options() const {
    DataDirectoryOptions options;
    options.directory = copy_;
    options.config = *ReadConfigFile(copy_ + "/bonafided.conf");
    options.config.free_disk_bytes = 0;
    return options;
  }
  // The original goes, the copy is served.
  std::unique_ptr<Instance> Start() {
    running_.instance().Stop();
    auto restored = Instance::Start({Options(), {}}, log_, storage::SystemClock());
    EXPECT_TRUE(restored.ok()) << restored.status();
    return restored.ok() ? *std::move(restored) : nullptr;
  }
  // Asks `instance` for the practitioner by name.
  void ExpectFound(const Instance& instance) {
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = *ReadSmallFile(data_ + "/tls/ca.pem");
    const auto lookup = v1::LookupService::NewStub(grpc::CreateChannel(
        "127.0.0.1:" + std::to_string(instance.port()), grpc::SslCredentials(tls)));
    grpc::ClientContext context;
    v1::SearchByNameRequest request;
    request.set_name("zoe canary");
    v1::SearchByNameResponse response;
    const grpc::Status status = lookup->SearchByName(&context, request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    ASSERT_EQ(response.matches_size(), 1);
    EXPECT_EQ(response.matches(0).number(), story_.practitioner.subject.value);
  }

  RunningRegister running_;
  const Story story_;
  const std::string data_ = running_.directory() + "/data";
  const std::string copy_ = running_.directory() + "/copy";
  const Log log_{LogLevel::kError, [](const std::string&) {}};
};

TEST_F(Restore, ServesSignsAndFindsNames) {
  EXPECT_EQ(fs::status(copy_ + "/index-secret").permissions(),
            fs::perms::owner_read | fs::perms::owner_write);
  const auto restored = Start();
  ASSERT_NE(restored, nullptr);
  EXPECT_EQ(restored->data().reg().status().state, storage::SigningState::kSigning);
  EXPECT_EQ(*ReadSmallFile(copy_ + "/index-secret"), *ReadSmallFile(data_ + "/index-secret"));
  ExpectFound(*restored);
}

TEST_F(Restore, FindsNamesAgainAfterItsSecretIsLost) {
  fs::remove(copy_ + "/index-secret");
  const absl::Status indexed =
      command::Reindex(Options(), log_, storage::SystemClock(), [](uint64_t) {});
  ASSERT_TRUE(indexed.ok()) << indexed;
  const auto restored = Start();
  ASSERT_NE(restored, nullptr);
  ExpectFound(*restored);
}

TEST_F(Restore, ASmallRegisterFindsNamesAtItsFirstHead) {
  fs::remove(copy_ + "/index-secret");
  const auto restored = Start();
  ASSERT_NE(restored, nullptr);
  ExpectFound(*restored);
}

TEST_F(Restore, WithTheHighWaterOfTheOriginalItKnowsThatItIsOlder) {
  running_.File(running_.regulator(), std::nullopt,
                registry::SchemeCreated{"later", "xx", "Example Scheme"});
  fs::copy_file(data_ + "/high-water", copy_ + "/high-water", fs::copy_options::overwrite_existing);
  const auto restored = Start();
  ASSERT_NE(restored, nullptr);
  EXPECT_EQ(restored->data().reg().status().state, storage::SigningState::kReadOnly);
  EXPECT_EQ(restored->data().reg().status().reason, "behind_high_water");
}

}  // namespace
}  // namespace bonafide::server
