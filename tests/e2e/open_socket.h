// A plain connection to a server on this machine, from any of its addresses.
#ifndef BONAFIDE_TESTS_E2E_OPEN_SOCKET_H_
#define BONAFIDE_TESTS_E2E_OPEN_SOCKET_H_

#include <string>

namespace bonafide::e2e {

class OpenSocket {
 public:
  // Connects to `address`, "127.0.0.1:<port>"; `from` is an IPv4 address, or "".
  explicit OpenSocket(const std::string& address, const std::string& from = "");
  ~OpenSocket();
  OpenSocket(OpenSocket&& other) noexcept;
  OpenSocket(const OpenSocket&) = delete;
  OpenSocket& operator=(const OpenSocket&) = delete;

  bool connected() const { return connected_; }
  // Whether it is connected, and the other side has not hung up. Reads nothing and does not wait.
  bool IsHeld() const;
  bool Send(const std::string& bytes) const;
  // What comes until the other side closes.
  std::string ReadAll() const;

 private:
  int fd_;
  bool connected_ = false;
};

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_OPEN_SOCKET_H_
