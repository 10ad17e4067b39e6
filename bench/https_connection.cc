#include "bench/https_connection.h"

#include <arpa/inet.h>
#include <fcntl.h>
#include <netinet/tcp.h>
#include <openssl/err.h>
#include <openssl/ssl.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cstdlib>

namespace bonafide::bench {
namespace {

constexpr timeval kPatience{5, 0};

SSL_CTX* Context() {
  static SSL_CTX* const context = SSL_CTX_new(TLS_client_method());
  return context;
}

int ConnectTo(int port) {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  setsockopt(socket, SOL_SOCKET, SO_RCVTIMEO, &kPatience, sizeof kPatience);
  setsockopt(socket, SOL_SOCKET, SO_SNDTIMEO, &kPatience, sizeof kPatience);
  const int on = 1;
  setsockopt(socket, IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_port = htons(static_cast<uint16_t>(port));
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  if (connect(socket, reinterpret_cast<sockaddr*>(&address), sizeof address) == 0) return socket;
  close(socket);
  return -1;
}

}  // namespace

struct HttpsConnection::Tls {
  int socket = -1;
  SSL* ssl = nullptr;
  std::string unread;

  ~Tls() {
    if (ssl != nullptr) SSL_free(ssl);
    if (socket >= 0) close(socket);
  }
  bool Read() {
    std::array<char, 16 * 1024> part{};
    size_t size = 0;
    if (SSL_read_ex(ssl, part.data(), part.size(), &size) != 1) return false;
    unread.append(part.data(), size);
    return true;
  }
};

HttpsConnection::HttpsConnection(std::unique_ptr<Tls> tls) : tls_(std::move(tls)) {}
HttpsConnection::~HttpsConnection() = default;

absl::StatusOr<std::unique_ptr<HttpsConnection>> HttpsConnection::Open(int port) {
  auto tls = std::make_unique<Tls>();
  tls->socket = ConnectTo(port);
  if (tls->socket < 0) return absl::UnavailableError("no connection");
  tls->ssl = SSL_new(Context());
  SSL_set_fd(tls->ssl, tls->socket);
  if (SSL_connect(tls->ssl) != 1) return absl::UnavailableError("no handshake");
  return std::unique_ptr<HttpsConnection>(new HttpsConnection(std::move(tls)));
}

bool HttpsConnection::Send(std::string_view bytes) {
  size_t sent = 0;
  return SSL_write_ex(tls_->ssl, bytes.data(), bytes.size(), &sent) == 1;
}

absl::StatusOr<std::string> HttpsConnection::Get(const std::string& path) {
  constexpr std::string_view kLength = "\r\nContent-Length: ";
  if (!Send("GET " + path + " HTTP/1.1\r\nHost: 127.0.0.1\r\n\r\n")) {
    return absl::UnavailableError(path + ": not sent");
  }
  std::string& unread = tls_->unread;
  size_t end = 0;
  while ((end = unread.find("\r\n\r\n")) == std::string::npos) {
    if (!tls_->Read()) return absl::UnavailableError(path + ": no answer");
  }
  const std::string header = unread.substr(0, end);
  unread.erase(0, end + 4);
  const size_t length = header.find(kLength);
  if (!header.starts_with("HTTP/1.1 200 ") || length == std::string::npos) {
    return absl::InternalError(path + ": " + header);
  }
  const size_t size = std::strtoull(header.c_str() + length + kLength.size(), nullptr, 10);
  while (unread.size() < size) {
    if (!tls_->Read()) return absl::UnavailableError(path + ": half an answer");
  }
  std::string body = unread.substr(0, size);
  unread.erase(0, size);
  return body;
}

bool HttpsConnection::Heard() {
  const int flags = fcntl(tls_->socket, F_GETFL);
  fcntl(tls_->socket, F_SETFL, flags | O_NONBLOCK);
  char byte = 0;
  size_t size = 0;
  ERR_clear_error();
  const int read = SSL_read_ex(tls_->ssl, &byte, 1, &size);
  const bool nothing = read != 1 && SSL_get_error(tls_->ssl, read) == SSL_ERROR_WANT_READ;
  fcntl(tls_->socket, F_SETFL, flags);
  return !nothing;
}

int HttpsConnection::descriptor() const { return tls_->socket; }

}  // namespace bonafide::bench
