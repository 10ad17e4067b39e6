// A served register with its players behind the proxy as it is shipped, for all tests of a suite.
#ifndef BONAFIDE_TESTS_E2E_PROXIED_STAGE_H_
#define BONAFIDE_TESTS_E2E_PROXIED_STAGE_H_

#include <gtest/gtest.h>

#include <cstdlib>
#include <memory>
#include <string>

#include "client/connection.h"
#include "tests/e2e/http2.h"
#include "tests/e2e/players.h"
#include "tests/e2e/proxy.h"
#include "tests/e2e/served_register.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::e2e {

// Suites derive from it, and run one after the other.
class ProxiedStage : public ::testing::Test {
 protected:
  static void SetUpTestSuite() {
    if (Proxy::Program().empty()) return;
    directory_ = new storage::TemporaryDirectory;
    served_ = new ServedRegister(*directory_ / "register");
    served_->Configure("trusted_proxies", "\"127.0.0.1\"");
    served_->Start();
    proxy_ = new Proxy(*served_, *directory_ / "proxy");
  }
  static void TearDownTestSuite() {
    delete proxy_;
    delete served_;
    delete directory_;
    proxy_ = nullptr;
    served_ = nullptr;
    directory_ = nullptr;
  }
  void SetUp() override {
    if (!Proxy::Program().empty()) return;
    const char* ci = std::getenv("CI");
    if (ci != nullptr && std::string(ci) == "true") FAIL() << "there is no haproxy";
    GTEST_SKIP() << "skipped: there is no haproxy";
  }

  // What any other program that speaks gRPC would have.
  static std::unique_ptr<client::Connection> Client(const Proxy& proxy) {
    auto connection = client::Connection::Open({proxy.address(), proxy.ca_pem(), 30'000});
    if (!connection.ok()) std::abort();
    return *std::move(connection);
  }
  // The answer to a GET over HTTP/1.1, on a connection of its own; "" when there is none.
  static std::string Get(const Proxy& proxy, const std::string& target,
                         const std::string& from = "", const std::string& fields = "") {
    TlsSocket socket = proxy.Connect("http/1.1", from);
    socket.Send("GET " + target + " HTTP/1.1\r\nHost: localhost\r\nConnection: close\r\n" + fields +
                "\r\n");
    return socket.ReadAll();
  }
  // The same over HTTP/2.
  static http2::Answer Get2(const Proxy& proxy, const std::string& target,
                            const std::string& from = "") {
    TlsSocket socket = proxy.Connect("h2", from);
    socket.Send(http2::Beginning() + http2::Frame(http2::Type::kHeaders,
                                                  http2::kEndStream | http2::kEndHeaders, 1,
                                                  http2::Request("GET", target)));
    return http2::ReadAnswer(socket, 1);
  }

  static inline storage::TemporaryDirectory* directory_ = nullptr;
  static inline ServedRegister* served_ = nullptr;
  static inline Proxy* proxy_ = nullptr;
};

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_PROXIED_STAGE_H_
