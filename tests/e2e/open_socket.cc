#include "tests/e2e/open_socket.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstdlib>
#include <utility>

namespace bonafide::e2e {

OpenSocket::OpenSocket(const std::string& address, const std::string& from)
    : fd_(socket(AF_INET, SOCK_STREAM, 0)) {
  const size_t colon = address.rfind(':');
  sockaddr_in to{};
  to.sin_family = AF_INET;
  to.sin_port = htons(static_cast<uint16_t>(std::strtoul(&address[colon + 1], nullptr, 10)));
  inet_pton(AF_INET, address.substr(0, colon).c_str(), &to.sin_addr);
  sockaddr_in own{};
  own.sin_family = AF_INET;
  inet_pton(AF_INET, from.c_str(), &own.sin_addr);
  if (!from.empty() && bind(fd_, reinterpret_cast<const sockaddr*>(&own), sizeof own) != 0) return;
  const timeval patience{5, 0};
  setsockopt(fd_, SOL_SOCKET, SO_SNDTIMEO, &patience, sizeof patience);
  setsockopt(fd_, SOL_SOCKET, SO_RCVTIMEO, &patience, sizeof patience);
  connected_ = connect(fd_, reinterpret_cast<const sockaddr*>(&to), sizeof to) == 0;
}

OpenSocket::~OpenSocket() {
  if (fd_ >= 0) close(fd_);
}

OpenSocket::OpenSocket(OpenSocket&& other) noexcept
    : fd_(std::exchange(other.fd_, -1)), connected_(std::exchange(other.connected_, false)) {}

bool OpenSocket::IsHeld() const {
  char byte;
  return connected_ && recv(fd_, &byte, 1, MSG_PEEK | MSG_DONTWAIT) < 0 && errno == EAGAIN;
}

bool OpenSocket::Send(const std::string& bytes) const {
  return send(fd_, bytes.data(), bytes.size(), MSG_NOSIGNAL) == static_cast<ssize_t>(bytes.size());
}

std::string OpenSocket::ReadAll() const {
  std::string all;
  std::array<char, 4096> some;
  while (true) {
    const ssize_t got = recv(fd_, some.data(), some.size(), 0);
    if (got <= 0) return all;
    all.append(some.data(), static_cast<size_t>(got));
  }
}

}  // namespace bonafide::e2e
