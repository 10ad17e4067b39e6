// The parts of the gate: rates, peers and page tokens.
#include <gtest/gtest.h>

#include <atomic>
#include <set>
#include <thread>
#include <vector>

#include "certs/base64.h"
#include "certs/reason.h"
#include "server/gate.h"
#include "server/page_token.h"
#include "server/peer.h"
#include "server/place_table.h"
#include "server/rate_limiter.h"
#include "server/rpc/arrival.h"

namespace bonafide::server {
namespace {

constexpr int64_t kSecondNs = 1'000'000'000;

int TakeAll(RateLimiter& limiter, PeerKey peer, int64_t now_ns) {
  int taken = 0;
  while (taken < 100000 && limiter.Take(peer, now_ns)) ++taken;
  return taken;
}

TEST(RateLimiter, AllowsTheRateAndABurst) {
  RateLimiter limiter(5, 2, 1);
  const PeerKey peer{7};
  EXPECT_EQ(TakeAll(limiter, peer, 0), 10);
  EXPECT_EQ(TakeAll(limiter, peer, kSecondNs / 5 - 1), 0);
  EXPECT_EQ(TakeAll(limiter, peer, kSecondNs / 5), 1);
  EXPECT_EQ(TakeAll(limiter, peer, kSecondNs * 6 / 5), 5);
  EXPECT_EQ(TakeAll(limiter, peer, kSecondNs * 1000), 10) << "silence earns one burst, not more";
}

TEST(RateLimiter, KeepsPeersApart) {
  RateLimiter limiter(1, 1, 1);
  EXPECT_TRUE(limiter.Take({1}, 0));
  EXPECT_FALSE(limiter.Take({1}, 0));
  EXPECT_TRUE(limiter.Take({2}, 0));
}

TEST(RateLimiter, ZeroIsNoLimit) {
  RateLimiter limiter(0, 1, 1);
  EXPECT_EQ(TakeAll(limiter, {1}, 0), 100000);
  EXPECT_EQ(limiter.peers(), 0u);
}

TEST(RateLimiter, AFloodOfPeersIsBounded) {
  RateLimiter limiter(1, 1, 1);
  for (uint64_t peer = 0; peer < 3 * RateLimiter::kMaxPeers; ++peer) {
    EXPECT_TRUE(limiter.Take({peer}, static_cast<int64_t>(peer)));
  }
  EXPECT_LE(limiter.peers(), RateLimiter::kMaxPeers);
  EXPECT_GE(limiter.peers(), RateLimiter::kMaxPeers / 2);
}

TEST(PlaceTable, AnAddressHasItsShare) {
  PlaceTable places(5, 2);
  EXPECT_TRUE(places.Take({1}, false));
  EXPECT_TRUE(places.Take({1}, false));
  EXPECT_FALSE(places.Take({1}, false));
  EXPECT_TRUE(places.Take({2}, false)) << "another one's share is its own";
  places.GiveBack({1});
  EXPECT_TRUE(places.Take({1}, false));
  EXPECT_TRUE(places.Take({3}, true));
  EXPECT_TRUE(places.Take({3}, true));
  EXPECT_FALSE(places.Take({4}, true)) << "there are five";
  places.GiveBack({3});
  EXPECT_TRUE(places.Take({4}, false));
}

TEST(PlaceTable, TheShareHoldsConcurrently) {
  PlaceTable places(1000, 3);
  std::atomic<int> most = 0, have = 0;
  {
    std::vector<std::jthread> threads;
    for (int thread = 0; thread < 8; ++thread) {
      threads.emplace_back([&] {
        for (int i = 0; i < 2000; ++i) {
          if (!places.Take({7}, false)) continue;
          const int now = ++have;
          for (int seen = most; seen < now && !most.compare_exchange_weak(seen, now);) {
          }
          --have;
          places.GiveBack({7});
        }
      });
    }
  }
  EXPECT_LE(most, 3);
  EXPECT_GT(most, 0);
  for (int i = 0; i < 3; ++i) EXPECT_TRUE(places.Take({7}, false)) << "all came back";
  EXPECT_FALSE(places.Take({7}, false));
}

// Who is slow to take what was asked for has a share of the places, not all of them.
TEST(Gate, AnAddressHasItsShareOfTheCallsAtOnce) {
  Config config;
  config.transfers_at_once = 4;
  config.percent_per_address = 50;
  config.trusted_proxies = "127.0.0.1";
  Metrics metrics;
  const Log log(LogLevel::kError);
  Gate gate(config, {}, metrics, log);
  const auto begin = [&](std::string_view address, std::string_view forwarded_for) {
    return gate.Begin({address, forwarded_for, "", 1'000'000'000},
                      "/bonafide.v1.SubmissionService/FetchPaper");
  };
  const Call first = begin("127.0.0.1", "198.51.100.1");
  {
    const Call second = begin("198.51.100.1", "");
    EXPECT_TRUE(second.admission().ok());
    EXPECT_EQ(ReasonOf(begin("198.51.100.1", "").admission()), "overloaded");
    EXPECT_EQ(ReasonOf(begin("127.0.0.1", "198.51.100.1").admission()), "overloaded");
    EXPECT_TRUE(begin("198.51.100.2", "").admission().ok());
  }
  EXPECT_TRUE(begin("198.51.100.1", "").admission().ok())
      << "a call that ends gives its place back";
  const Call of_proxy[] = {begin("127.0.0.1", ""), begin("127.0.0.1", ""), begin("127.0.0.1", "")};
  EXPECT_TRUE(of_proxy[2].admission().ok()) << "a proxy stands for many";
  EXPECT_EQ(ReasonOf(begin("198.51.100.2", "").admission()), "overloaded");
}

TEST(Gate, ACallWhoseTimeIsOverIsNotAnswered) {
  Config config;
  Metrics metrics;
  const Log log(LogLevel::kError);
  Gate gate(config, {}, metrics, log);
  const Call late = gate.Begin({"127.0.0.1", "", "", 1}, "/http/Tile");
  EXPECT_TRUE(late.admission().ok());
  EXPECT_EQ(ReasonOf(late.CheckDeadline()), "deadline");
  const Call early = gate.Begin({"127.0.0.1", "", "", 3'600'000'000'000}, "/http/Tile");
  EXPECT_TRUE(early.CheckDeadline().ok());
}

TEST(Peer, AnAddressHasOneKey) {
  const PeerKey v4 = *KeyOfAddress("192.0.2.1");
  EXPECT_EQ(v4, *KeyOfAddress("::ffff:192.0.2.1"));
  EXPECT_NE(v4, *KeyOfAddress("192.0.2.2"));
  EXPECT_EQ(*KeyOfAddress("2001:db8:1:2::1"), *KeyOfAddress("2001:db8:1:2:ffff::9"));
  EXPECT_NE(*KeyOfAddress("2001:db8:1:2::1"), *KeyOfAddress("2001:db8:1:3::1"));
  for (const char* bad : {"", "x", "192.0.2", "192.0.2.1 ", "2001:db8", "localhost"}) {
    EXPECT_FALSE(KeyOfAddress(bad).has_value()) << bad;
  }
}

TEST(Peer, ReadsWhatGrpcCallsAPeer) {
  const PeerTable table("");
  EXPECT_EQ(table.Of(rpc::AddressOf("ipv4:192.0.2.1:4711"), "").key, *KeyOfAddress("192.0.2.1"));
  EXPECT_EQ(table.Of(rpc::AddressOf("ipv6:[2001:db8::1]:4711"), "").key,
            *KeyOfAddress("2001:db8::1"));
  EXPECT_EQ(table.Of(rpc::AddressOf("ipv6:%5B2001:db8::1%5D:4711"), "").key,
            *KeyOfAddress("2001:db8::1"));
  EXPECT_EQ(table.Of(rpc::AddressOf("ipv6:%5Bfe80::1%25eth0%5D:4711"), "").key,
            *KeyOfAddress("fe80::1"));
  EXPECT_EQ(table.Of(rpc::AddressOf("unix:/run/x"), "").key, kNoAddress);
  EXPECT_EQ(table.Of(rpc::AddressOf(""), "").key, kNoAddress);
}

TEST(Peer, BelievesOnlyTrustedProxies) {
  const PeerTable table("127.0.0.1,2001:db8::1");
  const PeerKey client = *KeyOfAddress("198.51.100.7");
  EXPECT_EQ(table.Of("127.0.0.1", "198.51.100.7").key, client);
  EXPECT_EQ(table.Of("127.0.0.1", "203.0.113.1, 198.51.100.7 ").key, client)
      << "what stands before the last address was written by the client";
  EXPECT_EQ(table.Of("2001:db8::1", "198.51.100.7").key, client);
  EXPECT_EQ(table.Of("127.0.0.1", "198.51.100.7:4711").key, client);
  EXPECT_EQ(table.Of("127.0.0.1", "[2001:db8:7::1]:4711").key, *KeyOfAddress("2001:db8:7::1"));
  EXPECT_EQ(table.Of("127.0.0.2", "198.51.100.7").key, *KeyOfAddress("127.0.0.2"));
  EXPECT_EQ(table.Of("127.0.0.1", "").key, *KeyOfAddress("127.0.0.1"));
  EXPECT_EQ(table.Of("127.0.0.1", "nonsense").key, *KeyOfAddress("127.0.0.1"));
  EXPECT_TRUE(table.Of("127.0.0.1", "").many);
  EXPECT_FALSE(table.Of("127.0.0.1", "198.51.100.7").many);
  EXPECT_EQ(table.Of("2001:db8::2", "198.51.100.7").key, *KeyOfAddress("2001:db8::2"))
      << "a neighbour of a proxy is none";
  EXPECT_FALSE(table.Of("2001:db8::2", "").many);
  const PeerTable loopback("::1");
  EXPECT_FALSE(loopback.Of("", "198.51.100.7").many) << "no address is no proxy";
  EXPECT_EQ(loopback.Of("", "198.51.100.7").key, kNoAddress);
  EXPECT_EQ(loopback.Of("fe80::7%eth0", "").key, *KeyOfAddress("fe80::7"));
  const PeerTable nobody("");
  EXPECT_EQ(nobody.Of("127.0.0.1", "198.51.100.7").key, *KeyOfAddress("127.0.0.1"));
}

TEST(PageTokens, ComeBackOnlyWithTheirQuestion) {
  const PageTokens tokens(std::string(32, 'k'));
  const std::string token = tokens.Seal("names 3 annleeds", "100");
  EXPECT_EQ(*tokens.Open("names 3 annleeds", token), "100");
  EXPECT_EQ(*tokens.Open("names 3 annleeds", ""), "");
  for (const auto& opened : {tokens.Open("names 4 annleeds", token), tokens.Open("", token),
                             PageTokens(std::string(32, 'x')).Open("names 3 annleeds", token),
                             tokens.Open("names 3 annleeds", token + "A"),
                             tokens.Open("names 3 annleeds", token.substr(0, token.size() - 4)),
                             tokens.Open("names 3 annleeds", "!"),
                             tokens.Open("names 3 annleeds", std::string(1000, 'A'))}) {
    EXPECT_EQ(ReasonOf(opened.status()), "page_token");
  }
}

TEST(PageTokens, EveryFlippedBitIsNoticed) {
  const PageTokens tokens(std::string(32, 'k'));
  const std::string bytes = *certs::Base64UrlDecode(tokens.Seal("list", "100"));
  for (size_t bit = 0; bit < bytes.size() * 8; ++bit) {
    std::string other = bytes;
    other[bit / 8] = static_cast<char>(other[bit / 8] ^ (1 << bit % 8));
    EXPECT_FALSE(tokens.Open("list", certs::Base64UrlEncode(other)).ok()) << bit;
  }
  EXPECT_FALSE(tokens.Open("0list", tokens.Seal("list", "10")).ok())
      << "a position and a question must not run together";
}

}  // namespace
}  // namespace bonafide::server
