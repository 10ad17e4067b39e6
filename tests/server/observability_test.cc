// What the server shows of itself: log lines, metrics, the admin port.
#include <arpa/inet.h>
#include <gmock/gmock.h>
#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>
#include <gtest/gtest.h>
#include <sys/socket.h>
#include <unistd.h>

#include <utility>
#include <vector>

#include "certs/json.h"
#include "certs/reason.h"
#include "server/http/admin.h"
#include "server/library_log.h"
#include "server/log.h"
#include "server/method_table.h"
#include "server/metrics.h"

namespace bonafide::server {
namespace {

using testing::HasSubstr;

TEST(Log, WritesOneJsonObjectPerLine) {
  std::vector<std::string> lines;
  const Log log(LogLevel::kInfo, [&lines](const std::string& line) { lines.push_back(line); });
  log.Write(LogLevel::kWarn, "disk_low", {{"path", "a\"b\n"}, {"free_bytes", 12}});
  ASSERT_EQ(lines.size(), 1u);
  const auto json = certs::ParseJson(lines[0]);
  ASSERT_TRUE(json.ok()) << lines[0];
  EXPECT_EQ(json->members().size(), 5u);
  EXPECT_THAT(*json->FindString("time"),
              testing::MatchesRegex("20[0-9]{2}-[0-9]{2}-[0-9]{2}T[0-9:]{8}\\.[0-9]{3}Z"));
  EXPECT_EQ(*json->FindString("level"), "warn");
  EXPECT_EQ(*json->FindString("event"), "disk_low");
  EXPECT_EQ(*json->FindString("path"), "a\"b\n");
  EXPECT_EQ(json->FindInteger("free_bytes"), 12);
}

TEST(Log, LeavesOutWhatIsBelowItsLevel) {
  std::vector<std::string> lines;
  const Log log(LogLevel::kWarn, [&lines](const std::string& line) { lines.push_back(line); });
  log.Write(LogLevel::kDebug, "a");
  log.Write(LogLevel::kInfo, "b");
  EXPECT_TRUE(lines.empty());
  log.Write(LogLevel::kError, "c");
  EXPECT_EQ(lines.size(), 1u);
  EXPECT_EQ(LogLevelNamed("error"), LogLevel::kError);
  EXPECT_EQ(LogLevelNamed("debug"), LogLevel::kDebug);
  EXPECT_EQ(LogLevelNamed("warn"), LogLevel::kWarn);
  EXPECT_EQ(LogLevelNamed("info"), LogLevel::kInfo);
}

TEST(LibraryLog, WhatTheLibrariesSayIsInTheLog) {
  std::vector<std::string> lines;
  const Log log(LogLevel::kInfo, [&lines](const std::string& line) { lines.push_back(line); });
  {
    const LibraryLog library_log(log);
    gpr_log_verbosity_init();  // as starting gRPC does
    gpr_log("core/lib/thing.cc", 12, GPR_LOG_SEVERITY_ERROR, "handshake with %s failed: \"x\"",
            "ipv4:192.0.2.7:4711");
    GOOGLE_LOG(ERROR) << "no UTF-8";
  }
  ASSERT_EQ(lines.size(), 2u);
  const auto grpc = certs::ParseJson(lines[0]);
  ASSERT_TRUE(grpc.ok()) << lines[0];
  EXPECT_EQ(*grpc->FindString("level"), "warn");
  EXPECT_EQ(*grpc->FindString("event"), "grpc");
  EXPECT_EQ(*grpc->FindString("source"), "thing.cc:12");
  EXPECT_EQ(*grpc->FindString("message"), "handshake with (address) failed: \"x\"");
  EXPECT_THAT(lines[1], testing::AllOf(HasSubstr("\"event\":\"protobuf\""),
                                       HasSubstr("\"message\":\"no UTF-8\"")));
}

TEST(LibraryLog, LeavesAddressesOut) {
  const std::pair<const char*, const char*> cases[] = {
      {"", ""},
      {"192.0.2.7:4711", "(address)"},
      {"peer=ipv6:[2001:db8::1]:443, over", "peer=(address), over"},
      {"peer=ipv6:%5B2001:db8::1%5D:443.", "peer=(address)"},
      {"failed 3 times in 2.5 s: deadline", "failed 3 times in 2.5 s: deadline"},
      {"ssl_transport_security.cc: 0A000126", "ssl_transport_security.cc: 0A000126"},
  };
  for (const auto& [text, clean] : cases) EXPECT_EQ(WithoutAddresses(text), clean);
}

TEST(Metrics, CountsCallsByMethodAndCode) {
  Metrics metrics;
  metrics.CountCall(0, 0, 1'500'000);
  metrics.CountCall(0, 0, 1'500'000);
  metrics.CountCall(0, 5, 1'000);
  metrics.CountCall(0, 99, 1'000);
  metrics.CountCall(1000, 0, 1'000);
  metrics.SetGauges([] { return std::vector<Gauge>{{"bonafide_log_size", "Entries.", 17}}; });
  const std::string text = metrics.Text();
  const std::string name(MethodRules()[0].name);
  for (const std::string& line :
       {"bonafide_calls_total{code=\"ok\",method=\"" + name + "\"} 2",
        "bonafide_calls_total{code=\"not_found\",method=\"" + name + "\"} 1",
        "bonafide_calls_total{code=\"unknown\",method=\"" + name + "\"} 1",
        "bonafide_call_seconds_count{method=\"" + name + "\"} 4",
        std::string("bonafide_log_size 17")}) {
    EXPECT_TRUE(text.find("\n" + line + "\n") != std::string::npos) << line;
  }
}

// What a server on loopback answers to these bytes, to the end of the connection.
std::string Ask(int port, const std::string& request) {
  const int fd = socket(AF_INET, SOCK_STREAM, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(fd, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  EXPECT_EQ(send(fd, request.data(), request.size(), MSG_NOSIGNAL),
            static_cast<ssize_t>(request.size()));
  std::string answer;
  char buffer[4096];
  for (ssize_t got; (got = recv(fd, buffer, sizeof buffer, 0)) > 0;) {
    answer.append(buffer, static_cast<size_t>(got));
  }
  close(fd);
  return answer;
}

TEST(Admin, ServesMetricsAndHealthAndNothingElse) {
  bool healthy = true;
  http::AdminPages pages;
  pages.metrics = [] { return http::AdminReply{true, "text/plain; version=0.0.4", "m 1\n"}; };
  pages.health = [&healthy] { return http::AdminReply{healthy, "application/json", "{}"}; };
  const auto admin = http::AdminServer::Start("127.0.0.1:0", pages);
  ASSERT_TRUE(admin.ok()) << admin.status();
  const int port = (*admin)->port();
  const auto get = [port](const std::string& path) {
    return Ask(port, "GET " + path + " HTTP/1.1\r\nHost: x\r\n\r\n");
  };
  EXPECT_THAT(get("/metrics"), testing::AllOf(testing::StartsWith("HTTP/1.1 200 "),
                                              HasSubstr("text/plain; version=0.0.4"),
                                              testing::EndsWith("\r\n\r\nm 1\n")));
  EXPECT_THAT(get("/healthz"), testing::StartsWith("HTTP/1.1 200 "));
  healthy = false;
  EXPECT_THAT(get("/healthz"), testing::StartsWith("HTTP/1.1 503 "));
  EXPECT_THAT(get("/"), testing::StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(get("/metrics/../x"), testing::StartsWith("HTTP/1.1 404 "));
  EXPECT_THAT(Ask(port, "POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 0\r\n\r\n"),
              testing::StartsWith("HTTP/1.1 405 "));
  EXPECT_EQ(Ask(port, "POST /metrics HTTP/1.1\r\nHost: x\r\nContent-Length: 9\r\n\r\n123456789"),
            "")
      << "a body is not read";
  EXPECT_EQ(Ask(port, "GET /metrics HTTP/1.1\r\nX: " + std::string(9000, 'x') + "\r\n\r\n"), "");
  EXPECT_EQ(Ask(port, "nonsense\r\n\r\n"), "");
  EXPECT_THAT(get("/metrics"), testing::StartsWith("HTTP/1.1 200 ")) << "and goes on";
}

TEST(Admin, AnAddressThatIsTakenIsAnError) {
  const auto first = http::AdminServer::Start("127.0.0.1:0", {});
  ASSERT_TRUE(first.ok());
  const auto second = http::AdminServer::Start("127.0.0.1:" + std::to_string((*first)->port()), {});
  EXPECT_EQ(ReasonOf(second.status()), "admin_address");
  EXPECT_EQ(ReasonOf(http::AdminServer::Start("nowhere", {}).status()), "admin_address");
}

}  // namespace
}  // namespace bonafide::server
