// The admin port: /metrics and /healthz over plain HTTP/1.1, for whoever is on the same machine.
#ifndef BONAFIDE_SERVER_HTTP_ADMIN_H_
#define BONAFIDE_SERVER_HTTP_ADMIN_H_

#include <absl/status/statusor.h>

#include <functional>
#include <memory>
#include <string>

namespace bonafide::server::http {

struct AdminReply {
  bool ok = true;  // 200, else 503
  std::string content_type;
  std::string body;
};

// What is served. Called on the port's one thread; they may block for a few seconds.
struct AdminPages {
  std::function<AdminReply()> metrics;
  std::function<AdminReply()> health;
};

// Serves until it is destroyed. GET only; 16 connections at once, 5 seconds for each request, 8 KiB
// of header, no body.
class AdminServer {
 public:
  // `address` is host:port with an IP address; port 0 takes a free one. Error: "admin_address"
  // (kUnavailable) when it cannot listen there.
  static absl::StatusOr<std::unique_ptr<AdminServer>> Start(const std::string& address,
                                                            AdminPages pages);
  ~AdminServer();
  AdminServer(const AdminServer&) = delete;
  AdminServer& operator=(const AdminServer&) = delete;

  int port() const;

 private:
  class Impl;
  explicit AdminServer(std::unique_ptr<Impl> impl);
  std::unique_ptr<Impl> impl_;
};

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_ADMIN_H_
