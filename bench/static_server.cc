#include "bench/static_server.h"

#include <arpa/inet.h>
#include <sys/resource.h>
#include <sys/socket.h>
#include <unistd.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <fstream>
#include <thread>

#include "bench/https_connection.h"

namespace bonafide::bench {
namespace {

namespace fs = std::filesystem;

// Of the files that nginx has open, those that are none it serves: connections, for the most part.
constexpr uint64_t kOtherFiles = 640;
constexpr int kTries = 100;
constexpr auto kBetweenTries = std::chrono::milliseconds(50);

// A port that nobody uses now.
int FreePort() {
  const int socket = ::socket(AF_INET, SOCK_STREAM | SOCK_CLOEXEC, 0);
  sockaddr_in address{};
  address.sin_family = AF_INET;
  address.sin_addr.s_addr = htonl(INADDR_LOOPBACK);
  socklen_t size = sizeof address;
  bind(socket, reinterpret_cast<sockaddr*>(&address), size);
  getsockname(socket, reinterpret_cast<sockaddr*>(&address), &size);
  close(socket);
  return ntohs(address.sin_port);
}

// As many as this process may allow.
uint64_t OpenFiles() {
  rlimit limit{};
  getrlimit(RLIMIT_NOFILE, &limit);
  return std::min<uint64_t>(limit.rlim_max, 65536);
}

// Relative paths are of the directory; its own log is what it says on standard error.
std::string Configuration(int port, const std::string& tls) {
  std::string text = geteuid() == 0 ? "user root;\n" : "";  // who may read the files
  const uint64_t files = OpenFiles();
  text += "worker_rlimit_nofile " + std::to_string(files) + ";\n";
  text += R"(daemon off;
worker_processes 1;
pid nginx.pid;
error_log stderr crit;
events {
  worker_connections 512;
}
http {
  access_log off;
  server_tokens off;
  sendfile on;
  tcp_nopush on;
  tcp_nodelay on;
  open_file_cache_valid 1h;
  keepalive_timeout 1h;
  keepalive_time 24h;
  keepalive_requests 1000000000;
  reset_timedout_connection on;
  client_body_temp_path temp/body;
  proxy_temp_path temp/proxy;
  fastcgi_temp_path temp/fastcgi;
  uwsgi_temp_path temp/uwsgi;
  scgi_temp_path temp/scgi;
  ssl_protocols TLSv1.3;
  default_type application/json;
  server {
)";
  text += "    open_file_cache max=" + std::to_string(files - kOtherFiles) + " inactive=1h;\n";
  text += "    listen 127.0.0.1:" + std::to_string(port) + " ssl backlog=4096;\n";
  text += "    ssl_certificate " + tls + "/server.pem;\n";
  text += "    ssl_certificate_key " + tls + "/server.key;\n";
  text += R"(    root files;
    location /tile/ {
      default_type application/octet-stream;
    }
  }
}
)";
  return text;
}

pid_t FirstChildOf(pid_t pid) {
  const std::string id = std::to_string(pid);
  pid_t child = 0;
  std::ifstream("/proc/" + id + "/task/" + id + "/children") >> child;
  return child;
}

}  // namespace

absl::Status StaticServer::Add(const std::string& directory, std::string_view path,
                               std::string_view content) {
  const fs::path file = directory + "/files" + std::string(path.substr(0, path.find('?')));
  std::error_code error;
  fs::create_directories(file.parent_path(), error);
  std::ofstream out(file, std::ios::binary);
  out << content;
  out.close();
  return out ? absl::OkStatus() : absl::InternalError("cannot write " + file.string());
}

absl::StatusOr<std::unique_ptr<StaticServer>> StaticServer::Start(const std::string& directory,
                                                                  const std::string& tls,
                                                                  std::optional<unsigned> core) {
  std::unique_ptr<StaticServer> server(new StaticServer);
  server->port_ = FreePort();
  const std::string root = fs::absolute(directory);
  fs::create_directories(root + "/temp");
  const std::string file = root + "/nginx.conf";
  std::ofstream(file) << Configuration(server->port_, fs::absolute(tls));
  auto child = Child::Start({"nginx", "-p", root, "-c", file}, core);
  if (!child.ok()) return child.status();
  server->child_ = *std::move(child);
  for (int i = 0; i < kTries; ++i) {
    std::this_thread::sleep_for(kBetweenTries);
    if (!HttpsConnection::Open(server->port_).ok()) continue;
    server->worker_ = FirstChildOf(server->child_->pid());
    return server;
  }
  return absl::InternalError("no nginx here that can be started: scripts/install bench");
}

StaticServer::~StaticServer() {
  if (child_ != nullptr) child_->Terminate();
}

}  // namespace bonafide::bench
