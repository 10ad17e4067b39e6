#include "tests/e2e/tls_socket.h"

#include <netdb.h>
#include <openssl/err.h>
#include <openssl/pem.h>
#include <openssl/ssl.h>
#include <signal.h>
#include <sys/socket.h>
#include <sys/time.h>
#include <unistd.h>

#include <array>
#include <cerrno>

namespace bonafide::e2e {
namespace {

struct Name {
  addrinfo* found = nullptr;
  Name(const std::string& host, const char* port) {
    addrinfo hints{};
    hints.ai_flags = AI_NUMERICHOST | AI_NUMERICSERV;
    hints.ai_socktype = SOCK_STREAM;
    if (getaddrinfo(host.c_str(), port, &hints, &found) != 0) found = nullptr;
  }
  ~Name() {
    if (found != nullptr) freeaddrinfo(found);
  }
  Name(const Name&) = delete;
  Name& operator=(const Name&) = delete;
};

// A connected socket, or -1.
int Connect(const std::string& address, const std::string& from) {
  const size_t colon = address.rfind(':');
  std::string host = address.substr(0, colon);
  if (host.starts_with('[')) host = host.substr(1, host.size() - 2);
  const Name to(host, &address[colon + 1]);
  if (to.found == nullptr) return -1;
  const int fd = socket(to.found->ai_family, SOCK_STREAM | SOCK_CLOEXEC, 0);
  const timeval patience{5, 0};
  setsockopt(fd, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  setsockopt(fd, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  bool good = true;
  if (!from.empty()) {
    const Name own(from, "0");
    good = own.found != nullptr && bind(fd, own.found->ai_addr, own.found->ai_addrlen) == 0;
  }
  if (good && connect(fd, to.found->ai_addr, to.found->ai_addrlen) == 0) return fd;
  close(fd);
  return -1;
}

std::string Wire(const std::string& protocol) {
  return std::string(1, static_cast<char>(protocol.size())) + protocol;
}

}  // namespace

struct TlsSocket::State {
  int fd = -1;
  SSL_CTX* context = nullptr;
  SSL* ssl = nullptr;
  bool connected = false;
  bool closed = false;

  ~State() {
    SSL_free(ssl);
    SSL_CTX_free(context);
    if (fd >= 0) close(fd);
  }
  // After a call of OpenSSL that did nothing: whether it was only for want of patience.
  void Note(int result) {
    const int error = SSL_get_error(ssl, result);
    const bool late = error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ||
                      (error == SSL_ERROR_SYSCALL && (errno == EAGAIN || errno == EINTR));
    if (!late) closed = true;
    ERR_clear_error();
  }
};

TlsSocket::TlsSocket(const std::string& address, const std::string& from, const std::string& ca_pem,
                     const std::string& protocol)
    : state_(std::make_unique<State>()) {
  signal(SIGPIPE, SIG_IGN);
  state_->fd = Connect(address, from);
  if (state_->fd < 0) return;
  state_->context = SSL_CTX_new(TLS_client_method());
  BIO* pem = BIO_new_mem_buf(ca_pem.data(), static_cast<int>(ca_pem.size()));
  X509* ca = PEM_read_bio_X509(pem, nullptr, nullptr, nullptr);
  X509_STORE_add_cert(SSL_CTX_get_cert_store(state_->context), ca);
  X509_free(ca);
  BIO_free(pem);
  SSL_CTX_set_verify(state_->context, SSL_VERIFY_PEER, nullptr);
  state_->ssl = SSL_new(state_->context);
  const std::string wire = Wire(protocol);
  SSL_set_alpn_protos(state_->ssl, reinterpret_cast<const unsigned char*>(wire.data()),
                      static_cast<unsigned>(wire.size()));
  SSL_set_tlsext_host_name(state_->ssl, "localhost");
  SSL_set1_host(state_->ssl, "localhost");
  SSL_set_fd(state_->ssl, state_->fd);
  state_->connected = SSL_connect(state_->ssl) == 1;
  ERR_clear_error();
}

TlsSocket::~TlsSocket() = default;
TlsSocket::TlsSocket(TlsSocket&& other) noexcept = default;

bool TlsSocket::connected() const { return state_->connected; }
bool TlsSocket::closed() const { return state_->closed; }

std::string TlsSocket::protocol() const {
  const unsigned char* chosen = nullptr;
  unsigned size = 0;
  if (state_->connected) SSL_get0_alpn_selected(state_->ssl, &chosen, &size);
  return {reinterpret_cast<const char*>(chosen), size};
}

bool TlsSocket::Send(std::string_view bytes) {
  if (!state_->connected || state_->closed) return false;
  errno = 0;
  const int sent = SSL_write(state_->ssl, bytes.data(), static_cast<int>(bytes.size()));
  if (sent <= 0) state_->Note(sent);
  return sent == static_cast<int>(bytes.size());
}

std::string TlsSocket::ReadSome() {
  if (!state_->connected || state_->closed) return {};
  std::array<char, 16384> some;
  errno = 0;
  const int got = SSL_read(state_->ssl, some.data(), some.size());
  if (got > 0) return {some.data(), static_cast<size_t>(got)};
  state_->Note(got);
  return {};
}

std::string TlsSocket::ReadAll() {
  std::string all;
  for (std::string some = ReadSome(); !some.empty(); some = ReadSome()) all += some;
  return all;
}

}  // namespace bonafide::e2e
