// Accepting connections. gRPC 1.51 has a listener of its own, which ends for good when it once
// cannot accept for want of a file descriptor; this one waits and goes on.
#ifndef BONAFIDE_SERVER_LISTENER_H_
#define BONAFIDE_SERVER_LISTENER_H_

#include <absl/status/statusor.h>

#include <functional>
#include <memory>
#include <string>
#include <thread>
#include <vector>

namespace bonafide::server {

// A descriptor that closes itself.
class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor();
  Descriptor(Descriptor&& other) noexcept;
  Descriptor& operator=(Descriptor&&) = delete;
  int get() const { return fd_; }
  // Whoever takes it closes it.
  int Release();

 private:
  int fd_;
};

// Takes connections from Start to Stop, on a thread of its own. The last descriptors of the process
// are left to its files: a connection that would need one of them is closed at once.
class Listener {
 public:
  // Gets a connected, non-blocking socket, and has to close it.
  using Handover = std::function<void(int listener_fd, int fd)>;

  // Listens on every address that `address` ("host:port", "[host]:port") names; port 0 is any free
  // one. Error: "listen_address" (kUnavailable).
  static absl::StatusOr<std::unique_ptr<Listener>> Bind(const std::string& address);
  ~Listener();
  Listener(const Listener&) = delete;
  Listener& operator=(const Listener&) = delete;

  int port() const { return port_; }
  // Until then, and while descriptors are scarce, clients wait in the system's queue.
  void Start(Handover handover);
  // From when it returns no connection is handed over, and new ones are refused.
  void Stop();

 private:
  Listener(std::vector<Descriptor> sockets, Descriptor wake, int port);
  void Run(const Handover& handover);
  // False when it has to wait before it tries again.
  bool AcceptOne(int socket, const Handover& handover) const;

  std::vector<Descriptor> sockets_;
  Descriptor wake_;  // readable once Stop was called
  int port_;
  std::jthread thread_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_LISTENER_H_
