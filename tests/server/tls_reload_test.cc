// A new certificate without a restart.
#include <grpcpp/grpcpp.h>
#include <gtest/gtest.h>
#include <signal.h>
#include <unistd.h>

#include <chrono>
#include <filesystem>
#include <fstream>

#include "certs/reason.h"
#include "certs/tls.h"
#include "server/secret_file.h"
#include "server/stop_signal.h"
#include "tests/server/running_register.h"

namespace bonafide::server {
namespace {

class TlsReload : public testing::Test {
 protected:
  std::string File(const std::string& name) const {
    return running_.directory() + "/data/tls/" + name;
  }
  void Write(const std::string& name, const std::string& pem) const {
    std::ofstream(File(name), std::ios::trunc) << pem;
  }
  // A certificate of an authority nobody had before.
  certs::TlsIdentity Renewed() const {
    const int64_t now_s = storage::SystemClock().NowMs() / 1000;
    certs::TlsRequest request;
    request.common_name = "bonafided";
    request.dns_names = {"localhost"};
    request.ip_addresses = {"127.0.0.1"};
    request.validity = {now_s - 60, now_s + 3600};
    return *certs::IssueTlsCertificate(authority_, request);
  }
  // Whether who trusts `authority_pem` can connect anew.
  bool Connects(const std::string& authority_pem) {
    grpc::SslCredentialsOptions tls;
    tls.pem_root_certs = authority_pem;
    grpc::ChannelArguments arguments;
    arguments.SetInt(GRPC_ARG_USE_LOCAL_SUBCHANNEL_POOL, 1);
    const auto channel =
        grpc::CreateCustomChannel("127.0.0.1:" + std::to_string(running_.instance().port()),
                                  grpc::SslCredentials(tls), arguments);
    grpc::ClientContext context;
    context.set_deadline(std::chrono::system_clock::now() + std::chrono::seconds(20));
    v1::GetCheckpointResponse response;
    return v1::LogService::NewStub(channel)->GetCheckpoint(&context, {}, &response).ok();
  }

  RunningRegister running_;
  const certs::TlsIdentity authority_ = *certs::MakeDevelopmentCa(
      "another authority",
      {storage::SystemClock().NowMs() / 1000 - 60, storage::SystemClock().NowMs() / 1000 + 3600});
};

TEST_F(TlsReload, ShowsTheNewCertificateToWhoConnects) {
  const std::string before = *ReadSmallFile(File("ca.pem"));
  EXPECT_TRUE(Connects(before));
  EXPECT_FALSE(Connects(authority_.certificate_pem));
  const certs::TlsIdentity renewed = Renewed();
  Write("server.pem", renewed.certificate_pem);
  EXPECT_EQ(ReasonOf(running_.instance().ReloadTls()), "tls_pair") << "half of it is there";
  EXPECT_TRUE(Connects(before)) << "the old one is shown until the new one is right";

  Write("server.key", renewed.private_key_pem);
  const absl::Status reloaded = running_.instance().ReloadTls();
  ASSERT_TRUE(reloaded.ok()) << reloaded;
  EXPECT_TRUE(Connects(authority_.certificate_pem));
  EXPECT_FALSE(Connects(before));

  std::filesystem::permissions(File("server.key"), std::filesystem::perms::others_read,
                               std::filesystem::perm_options::add);
  EXPECT_EQ(ReasonOf(running_.instance().ReloadTls()), "secret_file_mode");
  EXPECT_TRUE(Connects(authority_.certificate_pem));
}

TEST(StopSignal, HangingUpReadsAgainAndDoesNotStop) {
  EXPECT_EXIT(
      {
        BlockStopSignals();
        kill(getpid(), SIGHUP);
        int reloads = 0;
        WaitForStopSignal([&reloads] {
          ++reloads;
          kill(getpid(), reloads < 2 ? SIGHUP : SIGTERM);
        });
        _exit(10 + reloads);
      },
      testing::ExitedWithCode(12), "");
}

}  // namespace
}  // namespace bonafide::server
