#include "server/listener.h"

#include <netdb.h>
#include <netinet/in.h>
#include <netinet/tcp.h>
#include <poll.h>
#include <sys/eventfd.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstring>
#include <optional>
#include <utility>

#include "certs/reason.h"

namespace bonafide::server {
namespace {

constexpr int kPatienceMs = 100;

struct HostPort {
  std::string host;
  std::string port;
};

std::optional<HostPort> Split(const std::string& address) {
  const size_t colon = address.rfind(':');
  if (colon == std::string::npos || colon + 1 == address.size()) return std::nullopt;
  HostPort parts = {address.substr(0, colon), address.substr(colon + 1)};
  if (parts.host.size() >= 2 && parts.host.front() == '[' && parts.host.back() == ']') {
    parts.host = parts.host.substr(1, parts.host.size() - 2);
  }
  return parts;
}

int PortOf(int socket) {
  sockaddr_storage bound{};
  socklen_t size = sizeof bound;
  if (getsockname(socket, reinterpret_cast<sockaddr*>(&bound), &size) != 0) return 0;
  return ntohs(bound.ss_family == AF_INET6 ? reinterpret_cast<sockaddr_in6*>(&bound)->sin6_port
                                           : reinterpret_cast<sockaddr_in*>(&bound)->sin_port);
}

void SetPort(addrinfo& at, int port) {
  if (at.ai_family == AF_INET6) {
    reinterpret_cast<sockaddr_in6*>(at.ai_addr)->sin6_port = htons(static_cast<uint16_t>(port));
  } else {
    reinterpret_cast<sockaddr_in*>(at.ai_addr)->sin_port = htons(static_cast<uint16_t>(port));
  }
}

// Returns a socket that listens, or -1 with errno set.
Descriptor ListenAt(const addrinfo& at) {
  Descriptor socket(::socket(at.ai_family, SOCK_STREAM | SOCK_NONBLOCK | SOCK_CLOEXEC, 0));
  if (socket.get() < 0) return socket;
  const int on = 1, off = 0;
  setsockopt(socket.get(), SOL_SOCKET, SO_REUSEADDR, &on, sizeof on);
  // Connections inherit it.
  setsockopt(socket.get(), IPPROTO_TCP, TCP_NODELAY, &on, sizeof on);
  if (at.ai_family == AF_INET6) {
    setsockopt(socket.get(), IPPROTO_IPV6, IPV6_V6ONLY, &off, sizeof off);
  }
  if (bind(socket.get(), at.ai_addr, at.ai_addrlen) == 0 && listen(socket.get(), SOMAXCONN) == 0) {
    return socket;
  }
  return Descriptor(-1);
}

// Descriptors are given from the lowest, so that a high one says how many are in use.
bool IsAmongTheLast(int fd) {
  rlimit limit{};
  if (getrlimit(RLIMIT_NOFILE, &limit) != 0 || limit.rlim_cur == RLIM_INFINITY) return false;
  const rlim_t kept = std::clamp<rlim_t>(limit.rlim_cur / 8, 8, 256);
  return limit.rlim_cur < kept || static_cast<rlim_t>(fd) >= limit.rlim_cur - kept;
}

absl::Status CannotListen(const std::string& address, const std::string& why) {
  return Refusal(absl::StatusCode::kUnavailable, "listen_address",
                 "cannot serve on " + address + ": " + why);
}

}  // namespace

Descriptor::~Descriptor() {
  if (fd_ >= 0) close(fd_);
}

Descriptor::Descriptor(Descriptor&& other) noexcept : fd_(other.Release()) {}

int Descriptor::Release() { return std::exchange(fd_, -1); }

absl::StatusOr<std::unique_ptr<Listener>> Listener::Bind(const std::string& address) {
  const auto parts = Split(address);
  if (!parts) return CannotListen(address, "it has to be host:port");
  addrinfo hints{};
  hints.ai_family = AF_UNSPEC;
  hints.ai_socktype = SOCK_STREAM;
  hints.ai_flags = AI_PASSIVE;
  addrinfo* found = nullptr;
  if (const int error = getaddrinfo(parts->host.c_str(), parts->port.c_str(), &hints, &found);
      error != 0) {
    return CannotListen(address, gai_strerror(error));
  }
  const std::unique_ptr<addrinfo, decltype(&freeaddrinfo)> addresses(found, &freeaddrinfo);
  std::vector<Descriptor> sockets;
  int port = 0;
  int error = 0;
  for (addrinfo* at = found; at != nullptr; at = at->ai_next) {
    if (at->ai_family != AF_INET && at->ai_family != AF_INET6) continue;
    if (port != 0) SetPort(*at, port);
    Descriptor socket = ListenAt(*at);
    if (socket.get() < 0) {
      error = errno;
      // A name may have an address of a family that this machine does not have.
      if (error == EAFNOSUPPORT || error == EADDRNOTAVAIL) continue;
      return CannotListen(address, std::strerror(error));
    }
    if (port == 0) port = PortOf(socket.get());
    sockets.push_back(std::move(socket));
  }
  Descriptor wake(eventfd(0, EFD_CLOEXEC | EFD_NONBLOCK));
  if (sockets.empty() || port == 0 || wake.get() < 0) {
    return CannotListen(address, error != 0 ? std::strerror(error) : "there is no such address");
  }
  return std::unique_ptr<Listener>(new Listener(std::move(sockets), std::move(wake), port));
}

Listener::Listener(std::vector<Descriptor> sockets, Descriptor wake, int port)
    : sockets_(std::move(sockets)), wake_(std::move(wake)), port_(port) {}

Listener::~Listener() { Stop(); }

void Listener::Start(Handover handover) {
  thread_ = std::jthread([this, handover = std::move(handover)] { Run(handover); });
}

void Listener::Stop() {
  const uint64_t one = 1;
  if (write(wake_.get(), &one, sizeof one) < 0) {
    // It is full, so it was called before.
  }
  if (thread_.joinable()) thread_.join();
  sockets_.clear();
}

void Listener::Run(const Handover& handover) {
  std::vector<pollfd> ready;
  for (const Descriptor& socket : sockets_) ready.push_back({socket.get(), POLLIN, 0});
  ready.push_back({wake_.get(), POLLIN, 0});
  while (true) {
    if (poll(ready.data(), ready.size(), -1) < 0) continue;  // interrupted
    if (ready.back().revents != 0) return;
    bool going = true;
    for (size_t i = 0; i + 1 < ready.size(); ++i) {
      if (ready[i].revents != 0) going = AcceptOne(ready[i].fd, handover) && going;
    }
    if (!going && poll(&ready.back(), 1, kPatienceMs) > 0) return;
  }
}

bool Listener::AcceptOne(int socket, const Handover& handover) const {
  Descriptor connection(accept4(socket, nullptr, nullptr, SOCK_NONBLOCK | SOCK_CLOEXEC));
  if (connection.get() < 0) {
    // The first four concern one connection, or none; whatever else is wrong may pass.
    return errno == EAGAIN || errno == EINTR || errno == ECONNABORTED || errno == EPROTO;
  }
  if (!IsAmongTheLast(connection.get())) handover(socket, connection.Release());
  return true;
}

}  // namespace bonafide::server
