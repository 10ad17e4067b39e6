// A connection made by hand: a client that falls silent, or that says what no gRPC client would.
#ifndef BONAFIDE_TESTS_SERVER_WIRE_H_
#define BONAFIDE_TESTS_SERVER_WIRE_H_

#include <memory>
#include <string>
#include <string_view>

namespace bonafide::server {

class Wire {
 public:
  // What the two sides have agreed on already.
  enum class As { kTcp, kTls, kHttp2 };

  // Connects to `port` on this machine. As kHttp2 the settings have been exchanged; as kTls there
  // was no word about the protocol inside.
  Wire(int port, As as);
  ~Wire();
  Wire(const Wire&) = delete;
  Wire& operator=(const Wire&) = delete;

  // Whether `port` answers a TLS handshake.
  static bool Shakes(int port);

  // Whether all of it went out.
  bool Send(std::string_view bytes);
  // What comes next: "" when the other side has closed, or says nothing for 5 s.
  std::string Read();
  // All that comes until the other side closes.
  std::string ReadAll();
  // Whether the other side has closed, as the last Read found it.
  bool closed() const { return closed_; }

 private:
  struct Tls;
  int fd_ = -1;
  bool closed_ = false;
  std::unique_ptr<Tls> tls_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_TESTS_SERVER_WIRE_H_
