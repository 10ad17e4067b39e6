// The front at work from many sides at once, without gRPC beside it, whose locks the thread
// sanitizer does not see.
#include <gtest/gtest.h>

#include <atomic>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "certs/key_file.h"
#include "server/command/init.h"
#include "server/data_directory.h"
#include "server/http/front.h"
#include "server/secret_file.h"
#include "tests/server/wire.h"

namespace bonafide::server {
namespace {

class HttpFrontAlone : public testing::Test {
 protected:
  HttpFrontAlone() {
    std::string folder = testing::TempDir() + "bonafide-front-XXXXXX";
    EXPECT_NE(mkdtemp(folder.data()), nullptr);
    const std::string key = folder + "/regulator.key";
    EXPECT_TRUE(
        certs::WriteKeyFile(key, certs::PrivateKey::Generate(certs::Algorithm::kEd25519)).ok());
    command::InitOptions init;
    init.directory = folder + "/data";
    init.origin = "register.example/test";
    init.regulator_name = "Example Regulator";
    init.regulator_key = key;
    init.hosts = {"127.0.0.1"};
    EXPECT_TRUE(command::Init(init, log_, clock_).ok());
    DataDirectoryOptions options;
    options.directory = init.directory;
    options.config = *ReadConfigFile(init.directory + "/bonafided.conf");
    options.config.http_address = "127.0.0.1:0";
    options.config.http_threads = 3;
    options.config.reads_per_second = 0;
    options.config.heartbeat_s = 1;
    config_ = options.config;
    data_ = *DataDirectory::Open(options, log_, clock_);
    gate_.emplace(config_, CallerCheck(), metrics_, log_);
    dependencies_.emplace(answer::Dependencies{
        *gate_, pool_, data_->reg(), data_->papers(), data_->access_records(), data_->names(),
        clock_, page_tokens_, [this] { return data_->OwnAnchors(); }, "", "https://page.example/"});
    tls_ = {*ReadSmallFile(init.directory + "/tls/server.pem"),
            *ReadSecretFile(init.directory + "/tls/server.key")};
  }

  const Log log_{LogLevel::kError};
  const storage::Clock& clock_ = storage::SystemClock();
  Config config_;
  TlsPair tls_;
  std::unique_ptr<DataDirectory> data_;
  Metrics metrics_;
  const PageTokens page_tokens_{std::string(32, 'k')};
  WorkerPool pool_{4};
  std::optional<Gate> gate_;
  std::optional<answer::Dependencies> dependencies_;
};

TEST_F(HttpFrontAlone, AnswersConcurrently) {
  auto front = http::Front::Start(config_, tls_, *dependencies_);
  ASSERT_TRUE(front.ok()) << front.status();
  const int port = (*front)->port();
  const std::string question = "?treatment=t&territory=xx&on=2026-05-03";
  const std::vector<std::string> targets = {"/v1/practitioners/0000-0000-98/verdict" + question,
                                            "/v1/practitioners/0000-0000-98/evidence" + question,
                                            "/v1/subjects/0000-0000-98",
                                            "/v1/names?name=ada",
                                            "/checkpoint",
                                            "/tile/entries/000.p/2",
                                            "/",
                                            "/trust.json",
                                            "/openapi.json",
                                            "/qr/0000-0000-98.svg",
                                            "/nothing"};
  const Wire idle(port, Wire::As::kTls);
  std::atomic<int> answered = 0;
  {
    std::vector<std::jthread> readers;
    for (size_t reader = 0; reader < 4; ++reader) {
      readers.emplace_back([&, reader] {
        for (size_t i = reader; answered < 200; ++i) {
          Wire wire(port, Wire::As::kTls);
          const std::string request = "GET " + targets[i % targets.size()] +
                                      " HTTP/1.1\r\nHost: x\r\nConnection: close\r\n\r\n";
          if (i % 7 != 0) {
            ASSERT_TRUE(wire.Send(request));
            ASSERT_TRUE(wire.ReadAll().starts_with("HTTP/1.1 "));
            ++answered;
          } else {
            wire.Send(request);  // and goes away
          }
        }
      });
    }
    readers.emplace_back([&] {
      while (answered < 200) {
        (*front)->ReplaceTls(tls_);
        std::this_thread::sleep_for(std::chrono::milliseconds(5));
      }
    });
  }
  (*front)->Stop(std::chrono::seconds(1));
}

}  // namespace
}  // namespace bonafide::server
