#include "tests/server/silent_client.h"

#include <arpa/inet.h>
#include <gtest/gtest.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <unistd.h>

#include <string_view>

namespace bonafide::server {

struct SilentClient::Tls {
  std::unique_ptr<SSL_CTX, void (*)(SSL_CTX*)> context{SSL_CTX_new(TLS_client_method()),
                                                       SSL_CTX_free};
  std::unique_ptr<SSL, void (*)(SSL*)> connection{SSL_new(context.get()), SSL_free};
};

SilentClient::SilentClient(int port, After after) : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  EXPECT_EQ(connect(fd_, reinterpret_cast<sockaddr*>(&address), sizeof address), 0);
  if (after == After::kConnect) return;

  tls_ = std::make_unique<Tls>();
  SSL* ssl = tls_->connection.get();
  static constexpr unsigned char kProtocols[] = "\x02h2";
  EXPECT_EQ(SSL_set_alpn_protos(ssl, kProtocols, sizeof kProtocols - 1), 0);
  EXPECT_EQ(SSL_set_fd(ssl, fd_), 1);
  EXPECT_EQ(SSL_connect(ssl), 1);
  // The preface, and settings that change nothing.
  static constexpr std::string_view kBegin("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\4\0\0\0\0\0",
                                           33);
  EXPECT_EQ(SSL_write(ssl, kBegin.data(), static_cast<int>(kBegin.size())),
            static_cast<int>(kBegin.size()));
  // The server's settings have come: it has taken the connection.
  char settings = 0;
  EXPECT_EQ(SSL_read(ssl, &settings, 1), 1);
}

SilentClient::~SilentClient() { close(fd_); }

}  // namespace bonafide::server
