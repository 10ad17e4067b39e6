#include "tests/e2e/proxy.h"

#include <arpa/inet.h>
#include <netinet/in.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <ctime>
#include <filesystem>
#include <thread>
#include <utility>

#include "certs/tls.h"
#include "tests/e2e/file.h"
#include "tests/e2e/open_socket.h"

namespace bonafide::e2e {
namespace {

constexpr int64_t kHourS = 3600;

[[noreturn]] void Die(const std::string& what, const std::string& said) {
  std::fprintf(stderr, "%s\n%s\n", what.c_str(), said.c_str());
  std::abort();
}

// A socket of that type on a free port of the loopback, and the port.
std::pair<int, std::string> FreePort(int type) {
  const int fd = socket(AF_INET, type | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  if (bind(fd, reinterpret_cast<const sockaddr*>(&address), size) != 0 ||
      getsockname(fd, reinterpret_cast<sockaddr*>(&address), &size) != 0) {
    Die("no free port", "");
  }
  return {fd, std::to_string(ntohs(address.sin_port))};
}

// The value of that member in the line in which the register said that it serves.
std::string PortIn(const ServedRegister& served, const std::string& name) {
  const std::string log = served.log();
  const std::string member = "\"" + name + "\":";
  const size_t at = log.rfind(member);
  if (at == std::string::npos) return "0";
  const size_t begin = at + member.size();
  return log.substr(begin, log.find_first_not_of("0123456789", begin) - begin);
}

// Writes the authority and, with its key, the certificate that callers are shown.
void WriteCertificates(const std::string& directory) {
  const int64_t now_s = std::time(nullptr);
  const certs::TlsValidity validity{now_s - kHourS, now_s + kHourS};
  const auto ca = certs::MakeDevelopmentCa("authority of the proxy", validity);
  if (!ca.ok()) Die("no authority", "");
  const auto own = certs::IssueTlsCertificate(
      *ca, {certs::TlsPurpose::kServer, "proxy", {"localhost"}, {"127.0.0.1", "::1"}, validity});
  if (!own.ok()) Die("no certificate", "");
  WriteText(directory + "/ca.pem", ca->certificate_pem);
  WriteText(directory + "/proxy.pem", own->certificate_pem + own->private_key_pem);
}

}  // namespace

bool HasIpv6() {
  const int fd = socket(AF_INET6, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in6 address{};
  address.sin6_family = AF_INET6;
  address.sin6_addr = in6addr_loopback;
  const bool has = bind(fd, reinterpret_cast<const sockaddr*>(&address), sizeof address) == 0;
  close(fd);
  return has;
}

size_t PeakBytes(pid_t pid) {
  const std::string status = ReadText("/proc/" + std::to_string(pid) + "/status");
  const size_t at = status.find("VmHWM:");
  return at == std::string::npos ? 0 : std::strtoull(&status[at + 6], nullptr, 10) * 1024;
}

std::string Proxy::Program() {
  const char* chosen = std::getenv("BONAFIDE_HAPROXY");
  const std::string path = chosen == nullptr ? "/usr/sbin/haproxy" : chosen;
  return std::filesystem::exists(path) ? path : "";
}

std::map<std::string, std::string> Proxy::Environment(const ServedRegister& served,
                                                      const std::string& directory) {
  std::filesystem::create_directories(directory);
  WriteCertificates(directory);
  const auto [fd, port] = FreePort(SOCK_STREAM);
  close(fd);
  std::map<std::string, std::string> environment = {
      {"BONAFIDE_PUBLIC", "127.0.0.1:" + port + (HasIpv6() ? ",[::1]:" + port : "")},
      {"BONAFIDE_CERTIFICATE", directory + "/proxy.pem"},
      {"BONAFIDE_GRPC", served.address()},
      {"BONAFIDE_HTTP", "127.0.0.1:" + PortIn(served, "http_port")},
      {"BONAFIDE_ADMIN_PORT", PortIn(served, "admin_port")},
      {"BONAFIDE_CA", served.ca_path()},
      {"BONAFIDE_STATS", directory + "/stats"},
  };
  if (geteuid() != 0) environment["BONAFIDE_UNPRIVILEGED"] = "1";
  return environment;
}

Proxy::Proxy(const ServedRegister& served, const std::string& directory,
             const std::map<std::string, std::string>& changes)
    : directory_(directory) {
  Command command;
  command.words = {Program(), "-db", "-f", BONAFIDE_SOURCE_DIR "/deploy/haproxy.cfg"};
  command.environment = Environment(served, directory);
  const auto [fd, port] = FreePort(SOCK_DGRAM);
  log_fd_ = fd;
  command.environment["BONAFIDE_LOG"] = "127.0.0.1:" + port;
  for (const auto& [name, value] : changes) command.environment[name] = value;
  const std::string& addresses = command.environment["BONAFIDE_PUBLIC"];
  address_ = addresses.substr(0, addresses.find(','));
  ca_pem_ = ReadText(ca_path());
  command.out_path = command.err_path = directory_ + "/said";
  process_ = std::make_unique<Process>(command);
  while (!OpenSocket(address_).connected()) {
    if (process_->Wait(std::chrono::milliseconds(20))) {
      Die("haproxy did not start", ReadText(directory_ + "/said"));
    }
  }
}

Proxy::~Proxy() { close(log_fd_); }

TlsSocket Proxy::Connect(const std::string& protocol, const std::string& from) const {
  const bool ipv6 = from.find(':') != std::string::npos;
  return TlsSocket(ipv6 ? "[::1]:" + port() : address_, from, ca_pem_, protocol);
}

std::string Proxy::Logged() const {
  std::string all;
  std::array<char, 8192> line;
  while (true) {
    const ssize_t got = recv(log_fd_, line.data(), line.size(), MSG_DONTWAIT);
    if (got < 0) return all;
    all.append(line.data(), static_cast<size_t>(got)) += '\n';
  }
}

}  // namespace bonafide::e2e
