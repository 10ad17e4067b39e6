// A client that has connected and says nothing more: it reads nothing and answers no ping.
#ifndef BONAFIDE_TESTS_SERVER_SILENT_CLIENT_H_
#define BONAFIDE_TESTS_SERVER_SILENT_CLIENT_H_

#include <memory>

namespace bonafide::server {

class SilentClient {
 public:
  // How far it goes before it falls silent.
  enum class After { kConnect, kHttp2 };

  // Connects to `port` on this machine.
  SilentClient(int port, After after);
  ~SilentClient();
  SilentClient(const SilentClient&) = delete;
  SilentClient& operator=(const SilentClient&) = delete;

 private:
  struct Tls;
  int fd_ = -1;
  std::unique_ptr<Tls> tls_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_TESTS_SERVER_SILENT_CLIENT_H_
