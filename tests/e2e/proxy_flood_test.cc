// Floods that Debian's gRPC cannot bear (faults.md, V4), against the proxy as it is shipped: honest
// callers are answered all the while, and memory stays within bounds.
#include <gmock/gmock.h>

#include <atomic>
#include <chrono>
#include <functional>
#include <list>
#include <string>
#include <thread>
#include <vector>

#include "tests/e2e/open_socket.h"
#include "tests/e2e/proxied_stage.h"
#include "tests/e2e/status_text.h"

namespace bonafide::e2e {
namespace {

using http2::Frame;
using http2::Type;
using ::testing::StartsWith;

constexpr size_t kMiB = 1024 * 1024;
// That the proxy may grow by, in all floods together.
constexpr size_t kProxyBytes = 128 * kMiB;
// That the register may grow by, where calls reach it, and where nothing of the flood should. With
// the address sanitizer, what is freed counts for a while.
constexpr size_t kRegisterBytes = 512 * kMiB;
constexpr size_t kIdleRegisterBytes = 64 * kMiB;
constexpr int kHonestCalls = 10;
// An attacker may begin anew 200 times in ten seconds.
constexpr int kPoured = 8;
// Of one address at once, as the configuration says; in ten seconds, and a little for those that
// pass; and what the attacker would like.
constexpr size_t kConnectionsOfOne = 64;
constexpr int kNewOfOne = 200 + 20;
constexpr int kWanted = 400;

std::string GrpcRequest() {
  return http2::Request("POST", "/bonafide.v1.LogService/GetCheckpoint",
                        {{"content-type", "application/grpc"}, {"te", "trailers"}});
}

std::string Times(const std::string& bytes, int count) {
  std::string all;
  for (int i = 0; i < count; ++i) all += bytes;
  return all;
}

// Sends what `next` gives until the other side has enough, or that many times. Reads nothing.
void Pour(TlsSocket& socket, int most, const std::function<std::string()>& next) {
  for (int i = 0; i < most && socket.Send(next()); ++i) {
  }
}

// Requests that are taken back at once.
void RapidReset(TlsSocket& socket) {
  uint32_t stream = 1;
  Pour(socket, 50, [&stream] {
    std::string some;
    for (int i = 0; i < 100; ++i, stream += 2) {
      some += Frame(Type::kHeaders, http2::kEndHeaders, stream, GrpcRequest());
      some += Frame(Type::kReset, 0, stream, std::string("\0\0\0\x08", 4));
    }
    return some;
  });
}

// Streams beyond the limit that was never acknowledged, none of which ends.
void UnacknowledgedSettings(TlsSocket& socket) {
  uint32_t stream = 1;
  Pour(socket, 500, [&stream] {
    stream += 2;
    return Frame(Type::kHeaders, http2::kEndHeaders, stream, GrpcRequest());
  });
  const std::string settings = Frame(Type::kSettings, 0, 0, std::string("\0\x04\0\0\xff\xff", 6));
  Pour(socket, 100, [&settings] { return Times(settings, 500); });
}

void Continuations(TlsSocket& socket) {
  socket.Send(Frame(Type::kHeaders, http2::kEndStream, 1, http2::Request("GET", "/checkpoint")));
  const std::string more =
      Frame(Type::kContinuation, 0, 1, Times(http2::Literal("x", std::string(100, 'x')), 150));
  Pour(socket, 1000, [&more] { return more; });
}

void EmptyContinuations(TlsSocket& socket) {
  socket.Send(Frame(Type::kHeaders, http2::kEndStream, 1, http2::Request("GET", "/checkpoint")));
  const std::string nothing = Times(Frame(Type::kContinuation, 0, 1, ""), 1000);
  Pour(socket, 200, [&nothing] { return nothing; });
}

void Pings(TlsSocket& socket) {
  const std::string pings = Times(Frame(Type::kPing, 0, 0, "12345678"), 500);
  Pour(socket, 400, [&pings] { return pings; });
}

void Priorities(TlsSocket& socket) {
  const std::string priorities =
      Times(Frame(Type::kPriority, 0, 1, std::string("\0\0\0\0\x10", 5)), 500);
  Pour(socket, 400, [&priorities] { return priorities; });
}

// One large field put into the table, then named thousands of times with a byte each.
void HpackBomb(TlsSocket& socket) {
  const std::string value(3000, 'x');
  uint32_t stream = 1;
  Pour(socket, 50, [&] {
    std::string block = http2::Request("GET", "/checkpoint");
    block += "\x40" + http2::Integer(0, 7, 4) + "bomb" +
             http2::Integer(0, 7, static_cast<uint32_t>(value.size())) + value;
    block += std::string(10'000, '\xbe');  // 62, the newest in the table
    std::string request =
        Frame(Type::kHeaders, http2::kEndStream | http2::kEndHeaders, stream, block);
    stream += 2;
    return request;
  });
}

// Whole requests whose answers nobody reads.
void AnswersUnread(TlsSocket& socket) {
  uint32_t stream = 1;
  Pour(socket, 300, [&stream] {
    stream += 2;
    return Frame(Type::kHeaders, http2::kEndStream | http2::kEndHeaders, stream,
                 http2::Request("GET", "/openapi.json"));
  });
}

struct Flood {
  const char* name;
  void (*pour)(TlsSocket&);
  size_t register_bytes;
};
// Those that leave the register alone come first, since a peak hides what stays below it. HAProxy
// bears them whatever its configuration; they fail where the register itself is reached.
constexpr Flood kFloods[] = {
    {"Continuations", Continuations, kIdleRegisterBytes},
    {"EmptyContinuations", EmptyContinuations, kIdleRegisterBytes},
    {"Pings", Pings, kIdleRegisterBytes},
    {"Priorities", Priorities, kIdleRegisterBytes},
    {"HpackBomb", HpackBomb, kIdleRegisterBytes},
    // Without "http-reuse never" honest calls fail in most runs of the next two.
    {"RapidReset", RapidReset, kRegisterBytes},
    {"UnacknowledgedSettings", UnacknowledgedSettings, kRegisterBytes},
    // With other limits it only takes more memory; proxy_limit_test.cc has them one by one.
    {"AnswersUnread", AnswersUnread, kRegisterBytes}};
void PrintTo(const Flood& flood, std::ostream* out) { *out << flood.name; }

class Besieged : public ProxiedStage {
 protected:
  static void SetUpTestSuite() {
    ProxiedStage::SetUpTestSuite();
    if (proxy_ != nullptr) idle_bytes_ = PeakBytes(proxy_->pid());
  }
  static size_t ProxyGrewBytes() { return PeakBytes(proxy_->pid()) - idle_bytes_; }

  // Of somebody who asks as fast as a person might, on connections of their own.
  void ExpectHonestAnswers() {
    std::this_thread::sleep_for(std::chrono::milliseconds(100));
    const std::string from = "127.0.2." + std::to_string(1 + ++asked_ % 20);
    EXPECT_THAT(Get(*proxy_, "/checkpoint", from), StartsWith("HTTP/1.1 200"));
    EXPECT_EQ(Get2(*proxy_, "/checkpoint", from).header.substr(0, 1), "\x88");
    EXPECT_EQ(Text(Client(*proxy_)->Checkpoint(client::Head::kNewest)), "ok");
  }

 private:
  static inline size_t idle_bytes_ = 0;
  int asked_ = 0;
};

class ProxyFloodTest : public Besieged, public ::testing::WithParamInterface<Flood> {};

TEST_P(ProxyFloodTest, HonestCallersAreAnswered) {
  ExpectHonestAnswers();
  const size_t before = PeakBytes(served_->pid());
  static int floods = 0;
  const std::string net = "127.1." + std::to_string(++floods) + ".";
  std::atomic<bool> over = false;
  std::atomic<int> poured = 0;
  std::vector<std::thread> attackers;
  for (int i = 0; i < 4; ++i) {
    attackers.emplace_back([&over, &poured, from = net + std::to_string(i + 1)] {
      while (!over) {
        TlsSocket socket = proxy_->Connect("h2", from);
        if (!socket.connected()) {  // as often as it may for now
          std::this_thread::sleep_for(std::chrono::milliseconds(50));
          continue;
        }
        socket.Send(http2::Beginning());
        GetParam().pour(socket);
        ++poured;
      }
    });
  }
  for (int i = 0; i < kHonestCalls || poured < kPoured; ++i) ExpectHonestAnswers();
  over = true;
  for (std::thread& attacker : attackers) attacker.join();
  ExpectHonestAnswers();
  EXPECT_FALSE(served_->HasDied()) << served_->log();
  EXPECT_LT(ProxyGrewBytes(), kProxyBytes);
  EXPECT_LT(PeakBytes(served_->pid()), before + GetParam().register_bytes);
  RecordProperty("proxy_bytes", std::to_string(ProxyGrewBytes()));
  RecordProperty("register_bytes", std::to_string(PeakBytes(served_->pid()) - before));
}

INSTANTIATE_TEST_SUITE_P(V4, ProxyFloodTest, ::testing::ValuesIn(kFloods),
                         [](const auto& flood) { return std::string(flood.param.name); });

using ProxyConnectionsTest = Besieged;

// Connections on which not even a handshake begins: time alone would leave each for many seconds.
TEST_F(ProxyConnectionsTest, AreFewForEachAddress) {
  const std::string from = "127.1.100.1";
  const auto hung_up = [](const OpenSocket& socket) { return !socket.IsHeld(); };
  std::list<OpenSocket> open;
  std::atomic<bool> over = false;
  std::thread attacker([&] {
    while (!over) {
      open.remove_if(hung_up);
      while (open.size() < kWanted) open.emplace_back(proxy_->address(), from);
    }
  });
  for (int i = 0; i < kHonestCalls; ++i) ExpectHonestAnswers();
  over = true;
  attacker.join();
  ExpectHonestAnswers();  // who came after them all
  open.remove_if(hung_up);
  EXPECT_LE(open.size(), kConnectionsOfOne);
  EXPECT_LT(ProxyGrewBytes(), kProxyBytes);
  EXPECT_FALSE(served_->HasDied()) << served_->log();
  RecordProperty("held", std::to_string(open.size()));
}

// Nor does it help to let go of each at once.
TEST_F(ProxyConnectionsTest, AreRarelyNewFromOneAddress) {
  int taken = 0;
  for (int i = 0; i < kWanted; ++i) {
    // A handshake, for only whoever is let in gets one.
    if (proxy_->Connect("h2", "127.1.100.2").connected()) ++taken;
  }
  EXPECT_GT(taken, 0);
  EXPECT_LE(taken, kNewOfOne);
  ExpectHonestAnswers();
  RecordProperty("taken", std::to_string(taken));
}

}  // namespace
}  // namespace bonafide::e2e
