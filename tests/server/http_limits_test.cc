// Clients of the front that are slow, greedy or malformed.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <memory>
#include <thread>
#include <vector>

#include "tests/server/http_client.h"
#include "tests/server/story.h"
#include "tests/server/wire.h"

namespace bonafide::server {
namespace {

int PortOf(RunningRegister& running) { return running.instance().http_port(); }

// What comes back for `bytes`, until the other side closes.
HttpReply Say(int port, const std::string& bytes) {
  Wire wire(port, Wire::As::kTls);
  EXPECT_TRUE(wire.Send(bytes));
  const std::string reply = wire.ReadAll();
  EXPECT_TRUE(wire.closed()) << bytes.substr(0, 60);
  return ParseReply(reply);
}

TEST(HttpLimits, MalformedRequestsAreRefusedAndClosed) {
  RunningRegister running;
  const std::string line = "GET /checkpoint HTTP/1.1\r\n";
  const std::string host = "Host: x\r\n";
  for (const auto& [bytes, status, reason] : std::vector<std::tuple<std::string, int, std::string>>{
           {"nonsense\r\n\r\n", 400, "request_syntax"},
           {"GET /checkpoint HTTP/2.0\r\n\r\n", 400, "request_syntax"},
           {line + "Host : x\r\n\r\n", 400, "request_syntax"},
           {line + "Host: x\nEvil: y\r\n\r\n", 400, "request_syntax"},
           {line + "\r\n", 400, "header_host"},
           {line + host + host + "\r\n", 400, "header_host"},
           {line + host + "Content-Length: 5\r\n\r\nhello", 413, "body_unwanted"},
           {line + host + "Transfer-Encoding: chunked\r\n\r\n0\r\n\r\n", 413, "body_unwanted"},
           {line + host + "Content-Length: 0\r\nTransfer-Encoding: chunked\r\n\r\n", 400,
            "request_syntax"},
           {line + host + "X: " + std::string(9000, 'x') + "\r\n\r\n", 431, "header_size"},
           {"GET /" + std::string(9000, 'x') + " HTTP/1.1\r\n" + host + "\r\n", 431, "header_size"},
           {"GET /" + std::string(5000, 'x') + " HTTP/1.1\r\n" + host + "Connection: close\r\n\r\n",
            414, "target_size"},
       }) {
    const HttpReply reply = Say(PortOf(running), bytes);
    EXPECT_EQ(reply.status, status) << bytes.substr(0, 80);
    EXPECT_EQ(reply.Reason(), reason) << bytes.substr(0, 80);
  }
  std::string many = line + host;
  for (int i = 0; i < 64; ++i) many += "X" + std::to_string(i) + ": y\r\n";
  EXPECT_EQ(Say(PortOf(running), many + "\r\n").Reason(), "header_size");
}

// Whoever drips bytes is cut off in time, however steadily they come.
TEST(HttpLimits, ASlowHeaderEnds) {
  RunningRegister running([](Config& config) { config.http_header_ms = 300; });
  Wire wire(PortOf(running), Wire::As::kTls);
  ASSERT_TRUE(wire.Send("GET /checkpoint HTTP/1.1\r\n"));
  bool cut = false;
  for (int i = 0; i < 500 && !cut; ++i) {
    cut = !wire.Send("X: y\r\n");
    std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_TRUE(cut);
}

TEST(HttpLimits, ASilentConnectionEnds) {
  RunningRegister running([](Config& config) {
    config.http_idle_s = 1;
    config.handshake_timeout_ms = 300;
  });
  Wire silent(PortOf(running), Wire::As::kTls);
  EXPECT_EQ(silent.ReadAll(), "");
  EXPECT_TRUE(silent.closed());
  Wire unshaken(PortOf(running), Wire::As::kTcp);
  EXPECT_EQ(unshaken.ReadAll(), "");
  EXPECT_TRUE(unshaken.closed());
}

TEST(HttpLimits, OneAddressHasSoManyConnections) {
  RunningRegister running([](Config& config) { config.http_connections_per_address = 3; });
  const std::string request = "GET /checkpoint HTTP/1.1\r\nHost: x\r\n\r\n";
  std::vector<std::unique_ptr<Wire>> wires;
  for (int i = 0; i < 3; ++i) {
    wires.push_back(std::make_unique<Wire>(PortOf(running), Wire::As::kTls));
    ASSERT_TRUE(wires.back()->Send(request));
    ASSERT_NE(wires.back()->Read(), "");
  }
  Wire refused(PortOf(running), Wire::As::kTcp);
  EXPECT_EQ(refused.ReadAll(), "");
  EXPECT_TRUE(refused.closed());
  wires.clear();
  // Their places are free as soon as the server has seen that.
  bool shaken = false;
  for (int i = 0; i < 500 && !shaken; ++i) {
    shaken = Wire::Shakes(PortOf(running));
    if (!shaken) std::this_thread::sleep_for(std::chrono::milliseconds(10));
  }
  EXPECT_TRUE(shaken);
}

TEST(HttpLimits, OneAddressAsksSoOften) {
  RunningRegister running([](Config& config) {
    config.reads_per_second = 1;
    config.rate_burst_s = 2;
  });
  HttpReply reply;
  for (int i = 0; i < 50 && reply.status != 429; ++i) reply = Get(PortOf(running), "/checkpoint");
  EXPECT_EQ(reply.status, 429);
  EXPECT_EQ(reply.Reason(), "rate_limited");
  EXPECT_NE(reply.Header("retry-after"), "");
}

// Only a proxy that the configuration names speaks for others.
TEST(HttpLimits, ForwardedAddressesAreBelievedOfProxies) {
  const auto count_refused = [](RunningRegister& running) {
    int refused = 0;
    for (int i = 0; i < 30; ++i) {
      const HttpReply reply = Get(PortOf(running), "/checkpoint",
                                  {"X-Forwarded-For: 203.0.113.1, 203.0.113.2",
                                   "X-Forwarded-For: 198.51.100." + std::to_string(i)});
      refused += reply.status == 429 ? 1 : 0;
    }
    return refused;
  };
  const auto strict = [](Config& config) {
    config.reads_per_second = 1;
    config.rate_burst_s = 1;
  };
  RunningRegister direct(strict);
  EXPECT_GT(count_refused(direct), 0);
  RunningRegister behind([&](Config& config) {
    strict(config);
    config.trusted_proxies = "127.0.0.1";
  });
  EXPECT_EQ(count_refused(behind), 0);
}

TEST(HttpLimits, WhatLeadsNowhereCountsToo) {
  RunningRegister running([](Config& config) {
    config.reads_per_second = 1;
    config.rate_burst_s = 2;
  });
  for (const auto& [method, target] : std::vector<std::pair<std::string, std::string>>{
           {"POST", "/checkpoint"}, {"GET", "/nothing/here"}, {"GET", "/%"}}) {
    HttpReply reply;
    for (int i = 0; i < 50 && reply.status != 429; ++i) {
      reply = Ask(PortOf(running), method, target);
    }
    EXPECT_EQ(reply.Reason(), "rate_limited") << method << " " << target;
  }
}

// Answers that wait for their readers have so many bytes in all.
TEST(HttpLimits, AnswersWaitInSoMuchMemory) {
  RunningRegister running([](Config& config) { config.memory_bytes = 4096; });
  const HttpReply reply = Get(PortOf(running), "/openapi.json");
  EXPECT_EQ(reply.status, 503);
  EXPECT_EQ(reply.Reason(), "overloaded");
  EXPECT_EQ(Get(PortOf(running), "/checkpoint").status, 200);
}

TEST(HttpLimits, AStopEndsWhatIsIdle) {
  RunningRegister running;
  Wire idle(PortOf(running), Wire::As::kTls);
  ASSERT_TRUE(idle.Send("GET /checkpoint HTTP/1.1\r\nHost: x\r\n\r\n"));
  ASSERT_NE(idle.Read(), "");
  running.instance().Stop();
  EXPECT_EQ(idle.ReadAll(), "");
  EXPECT_TRUE(idle.closed());
}

TEST(HttpLimits, WithoutAnAddressThereIsNoFront) {
  RunningRegister running([](Config& config) { config.http_address = ""; });
  EXPECT_EQ(running.instance().http_port(), 0);
}

}  // namespace
}  // namespace bonafide::server
