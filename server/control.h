// How a command reaches the server that has its data directory: a socket in that directory, which
// only the owner of the directory can open.
#ifndef BONAFIDE_SERVER_CONTROL_H_
#define BONAFIDE_SERVER_CONTROL_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <atomic>
#include <functional>
#include <memory>
#include <string>
#include <thread>

namespace bonafide::server {

// One line in, one line out, one caller at a time.
class ControlSocket {
 public:
  // Answers a request, on the socket's own thread; may take long.
  using Handler = std::function<absl::Status(const std::string& request)>;

  // Listens at <directory>/control. Error: "control_socket" (kUnavailable).
  static absl::StatusOr<std::unique_ptr<ControlSocket>> Listen(const std::string& directory,
                                                               Handler handler);
  ~ControlSocket();
  ControlSocket(const ControlSocket&) = delete;
  ControlSocket& operator=(const ControlSocket&) = delete;

 private:
  ControlSocket(int fd, Handler handler);
  void Run();
  void Serve(int connection);

  const int fd_;
  const Handler handler_;
  std::atomic<bool> closing_{false};
  std::thread thread_;
};

// Sends `request` (at most 4 KiB, without a newline) to the server of `directory` and returns what
// it did. Errors: "no_server" (kNotFound) when none is running, "control_socket", and those of the
// handler, with their reasons.
absl::Status AskServer(const std::string& directory, const std::string& request);

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_CONTROL_H_
