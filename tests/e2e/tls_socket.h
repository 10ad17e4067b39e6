// A TLS connection whose every byte the test chooses, from any of this machine's addresses.
#ifndef BONAFIDE_TESTS_E2E_TLS_SOCKET_H_
#define BONAFIDE_TESTS_E2E_TLS_SOCKET_H_

#include <memory>
#include <string>
#include <string_view>

namespace bonafide::e2e {

// Not thread-safe. What it sends and reads waits for five seconds at most.
class TlsSocket {
 public:
  // `address` is "127.0.0.1:<port>" or "[::1]:<port>"; `from` an address of the same family, or "";
  // `protocol` what ALPN offers.
  TlsSocket(const std::string& address, const std::string& from, const std::string& ca_pem,
            const std::string& protocol);
  ~TlsSocket();
  TlsSocket(TlsSocket&& other) noexcept;
  TlsSocket(const TlsSocket&) = delete;
  TlsSocket& operator=(const TlsSocket&) = delete;

  // Whether the handshake came to its end, with a certificate of that authority.
  bool connected() const;
  // The protocol that the other side chose.
  std::string protocol() const;
  // Whether all of it was taken.
  bool Send(std::string_view bytes);
  // What comes next; "" when nothing did, or the other side has closed.
  std::string ReadSome();
  // Whether the other side has closed, as ReadSome and Send noticed.
  bool closed() const;
  // What comes until the other side closes, or is silent.
  std::string ReadAll();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_TLS_SOCKET_H_
