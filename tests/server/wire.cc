#include "tests/server/wire.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace bonafide::server {

struct Wire::Tls {
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context{SSL_CTX_new(TLS_client_method()),
                                                       SSL_CTX_free};
  std::unique_ptr<SSL, void (*)(SSL*)> connection{SSL_new(context.get()), SSL_free};
};

bool Wire::Shakes(int port) {
  const Wire wire(port, As::kTcp);
  const Tls tls;
  SSL* ssl = tls.connection.get();
  return SSL_set_fd(ssl, wire.fd_) == 1 && SSL_connect(ssl) == 1;
}

Wire::Wire(int port, As as) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  const timeval patience{5, 0};
  EXPECT_EQ(setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience), 0);
  if (as == As::kTcp) return;

  // OpenSSL writes to a connection that the other side has closed as to any other.
  sigset_t pipe;
  sigemptyset(&pipe);
  sigaddset(&pipe, SIGPIPE);
  EXPECT_EQ(pthread_sigmask(SIG_BLOCK, &pipe, nullptr), 0);
  tls_ = std::make_unique<Tls>();
  SSL* ssl = tls_->connection.get();
  if (as == As::kHttp2) {
    static constexpr unsigned char kProtocols[] = "\x02h2";
    EXPECT_EQ(SSL_set_alpn_protos(ssl, kProtocols, sizeof kProtocols - 1), 0);
  }
  EXPECT_EQ(SSL_set_fd(ssl, fd_), 1);
  EXPECT_EQ(SSL_connect(ssl), 1);
  if (as == As::kTls) return;
  // The preface, and settings that change nothing.
  static constexpr std::string_view kBegin("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
                                           33);
  EXPECT_TRUE(Send(kBegin));
  // The server's settings have come: it has taken the connection.
  EXPECT_NE(Read(), "");
}

Wire::~Wire() { close(fd_); }

bool Wire::Send(std::string_view bytes) {
  const auto size = static_cast<ssize_t>(bytes.size());
  if (tls_ != nullptr) {
    return SSL_write(tls_->connection.get(), bytes.data(), static_cast<int>(size)) == size;
  }
  return send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == size;
}

std::string Wire::Read() {
  std::array<char, 16384> bytes;
  errno = 0;
  const ssize_t got = tls_ != nullptr ? SSL_read(tls_->connection.get(), bytes.data(),
                                                 static_cast<int>(bytes.size()))
                                      : recv(fd_, bytes.data(), bytes.size(), 0);
  if (got > 0) return {bytes.data(), static_cast<size_t>(got)};
  closed_ = errno != EAGAIN;
  return "";
}

std::string Wire::ReadAll() {
  std::string all;
  while (true) {
    const std::string some = Read();
    if (some.empty()) return all;
    all += some;
  }
}

}  // namespace bonafide::server
