#include "server/control.h"

#include <fcntl.h>
#include <poll.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>
#include <utility>

#include "certs/reason.h"

namespace bonafide::server {
namespace {

constexpr size_t kMaxLineBytes = 4096;
constexpr int kReadTimeoutMs = 5000;
constexpr int kPollMs = 200;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }
  int Release() { return std::exchange(fd_, -1); }

 private:
  int fd_;
};

absl::Status Failed(const std::string& what) {
  return Refusal(absl::StatusCode::kUnavailable, "control_socket",
                 what + ": " + std::strerror(errno));
}

// The address of <directory>/control. A socket's path has at most 107 bytes, a directory's more:
// so it goes through the open `directory_fd`.
sockaddr_un AddressOf(int directory_fd) {
  sockaddr_un address{};
  address.sun_family = AF_UNIX;
  const std::string path = "/proc/self/fd/" + std::to_string(directory_fd) + "/control";
  std::memcpy(address.sun_path, path.c_str(), path.size() + 1);
  return address;
}

// Reads to the newline, which is left out; "" when there is none in time.
std::string ReadLine(int fd, int timeout_ms) {
  std::string line;
  while (line.size() < kMaxLineBytes) {
    pollfd ready{fd, POLLIN, 0};
    if (poll(&ready, 1, timeout_ms) <= 0) return {};
    char buffer[512];
    const ssize_t got = read(fd, buffer, sizeof buffer);
    if (got <= 0) return {};
    line.append(buffer, static_cast<size_t>(got));
    if (const size_t end = line.find('\n'); end != std::string::npos) return line.substr(0, end);
  }
  return {};
}

void WriteLine(int fd, std::string line) {
  for (char& c : line) {
    if (c == '\n') c = ' ';
  }
  line += '\n';
  for (std::string_view rest = line; !rest.empty();) {
    const ssize_t put = send(fd, rest.data(), rest.size(), MSG_NOSIGNAL);
    if (put <= 0) return;
    rest.remove_prefix(static_cast<size_t>(put));
  }
}

// "ok", or "<code> <reason> <message>".
std::string ReplyOf(const absl::Status& status) {
  if (status.ok()) return "ok";
  const std::string reason = ReasonOf(status);
  return std::to_string(static_cast<int>(status.code())) + " " +
         (reason.empty() ? "internal" : reason) + " " + std::string(status.message());
}

absl::Status StatusOf(const std::string& reply) {
  if (reply == "ok") return absl::OkStatus();
  const size_t first = reply.find(' ');
  const size_t second = reply.find(' ', first + 1);
  if (first == std::string::npos || second == std::string::npos) {
    return Refusal(absl::StatusCode::kUnavailable, "control_socket", "the server gave no answer");
  }
  return Refusal(static_cast<absl::StatusCode>(std::atoi(reply.c_str())),
                 reply.substr(first + 1, second - first - 1), reply.substr(second + 1));
}

}  // namespace

ControlSocket::ControlSocket(int fd, Handler handler)
    : fd_(fd), handler_(std::move(handler)), thread_([this] { Run(); }) {}

ControlSocket::~ControlSocket() {
  closing_ = true;
  thread_.join();
  close(fd_);
}

absl::StatusOr<std::unique_ptr<ControlSocket>> ControlSocket::Listen(const std::string& directory,
                                                                     Handler handler) {
  const Descriptor parent(open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (parent.get() < 0) return Failed(directory);
  // The register's lock says that nobody else serves here; what lies there was left by a crash.
  unlinkat(parent.get(), "control", 0);
  Descriptor listener(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_un address = AddressOf(parent.get());
  if (listener.get() < 0 ||
      bind(listener.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0 ||
      fchmodat(parent.get(), "control", 0600, 0) != 0 || listen(listener.get(), 4) != 0) {
    return Failed(directory + "/control");
  }
  return std::unique_ptr<ControlSocket>(new ControlSocket(listener.Release(), std::move(handler)));
}

void ControlSocket::Run() {
  while (!closing_) {
    pollfd ready{fd_, POLLIN, 0};
    if (poll(&ready, 1, kPollMs) <= 0) continue;
    const Descriptor connection(accept4(fd_, nullptr, nullptr, SOCK_CLOEXEC));
    if (connection.get() >= 0) Serve(connection.get());
  }
}

void ControlSocket::Serve(int connection) {
  const std::string request = ReadLine(connection, kReadTimeoutMs);
  if (!request.empty()) WriteLine(connection, ReplyOf(handler_(request)));
}

absl::Status AskServer(const std::string& directory, const std::string& request) {
  const Descriptor parent(open(directory.c_str(), O_PATH | O_DIRECTORY | O_CLOEXEC));
  if (parent.get() < 0) return Failed(directory);
  const Descriptor connection(socket(AF_UNIX, SOCK_STREAM | SOCK_CLOEXEC, 0));
  const sockaddr_un address = AddressOf(parent.get());
  if (connection.get() < 0) return Failed(directory);
  if (connect(connection.get(), reinterpret_cast<const sockaddr*>(&address), sizeof address) != 0) {
    if (errno == ENOENT || errno == ECONNREFUSED) {
      return Refusal(absl::StatusCode::kNotFound, "no_server", "no server has " + directory);
    }
    return Failed(directory + "/control");
  }
  WriteLine(connection.get(), request);
  return StatusOf(ReadLine(connection.get(), /*timeout_ms=*/-1));
}

}  // namespace bonafide::server
