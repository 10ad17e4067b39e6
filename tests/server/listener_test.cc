// The listener hands over what connects, from Start to Stop. That it survives running out of
// descriptors is shown from outside, in tests/e2e/exhaustion_test.cc.
#include "server/listener.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <netinet/in.h>
#include <sys/socket.h>

#include <array>
#include <future>
#include <string>

#include "certs/reason.h"

namespace bonafide::server {
namespace {

std::string At(int port) { return "127.0.0.1:" + std::to_string(port); }

// A socket connected to `port`, or -1.
Descriptor Connect(int port) {
  Descriptor socket(::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0));
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(port));
  to.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  const int result = connect(socket.get(), reinterpret_cast<sockaddr*>(&to), sizeof to);
  return result == 0 ? std::move(socket) : Descriptor(-1);
}

TEST(ListenerTest, HandsOverWhatConnects) {
  auto listener = Listener::Bind("127.0.0.1:0");
  ASSERT_TRUE(listener.ok()) << listener.status();
  ASSERT_GT((*listener)->port(), 0);
  const Descriptor early = Connect((*listener)->port());
  ASSERT_GE(early.get(), 0) << "it waits until somebody takes it";
  std::promise<int> taken;
  (*listener)->Start([&taken](int, int fd) { taken.set_value(fd); });
  const Descriptor connection(taken.get_future().get());
  ASSERT_EQ(send(connection.get(), "hello", 5, MSG_NOSIGNAL), 5);
  std::array<char, 5> text;
  ASSERT_EQ(recv(early.get(), text.data(), text.size(), MSG_WAITALL), 5);
  EXPECT_EQ(std::string(text.data(), text.size()), "hello");
}

TEST(ListenerTest, NothingConnectsAfterStop) {
  auto listener = Listener::Bind("127.0.0.1:0");
  ASSERT_TRUE(listener.ok()) << listener.status();
  (*listener)->Start([](int, int fd) { const Descriptor closed(fd); });
  (*listener)->Stop();
  EXPECT_LT(Connect((*listener)->port()).get(), 0);
  (*listener)->Stop();
}

TEST(ListenerTest, NamesWhatIsWrongWithAnAddress) {
  const auto first = Listener::Bind("127.0.0.1:0");
  ASSERT_TRUE(first.ok()) << first.status();
  for (const std::string& wrong :
       {At((*first)->port()), std::string("127.0.0.1"), std::string("127.0.0.1:"),
        std::string("127.0.0.1:x"), std::string("192.0.2.1:0")}) {
    const auto second = Listener::Bind(wrong);
    ASSERT_FALSE(second.ok()) << wrong;
    EXPECT_EQ(ReasonOf(second.status()), "listen_address") << wrong;
    EXPECT_NE(second.status().message().find(wrong), std::string::npos) << second.status();
  }
}

}  // namespace
}  // namespace bonafide::server
