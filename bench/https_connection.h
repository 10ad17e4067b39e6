// A connection over TLS on loopback, for the few things that wrk does not do.
#ifndef BONAFIDE_BENCH_HTTPS_CONNECTION_H_
#define BONAFIDE_BENCH_HTTPS_CONNECTION_H_

#include <absl/status/statusor.h>

#include <memory>
#include <string>
#include <string_view>

namespace bonafide::bench {

// Not thread-safe. Whose certificate it is does not matter here.
class HttpsConnection {
 public:
  // Connects and shakes hands, within 5 s.
  static absl::StatusOr<std::unique_ptr<HttpsConnection>> Open(int port);
  ~HttpsConnection();
  HttpsConnection(const HttpsConnection&) = delete;
  HttpsConnection& operator=(const HttpsConnection&) = delete;

  bool Send(std::string_view bytes);
  // The body of the answer, which has to be a 200 with its length.
  absl::StatusOr<std::string> Get(const std::string& path);
  // Whether the other side has sent something of its own, or its end. Does not wait.
  bool Heard();
  // The socket, for poll.
  int descriptor() const;

 private:
  struct Tls;
  explicit HttpsConnection(std::unique_ptr<Tls> tls);
  std::unique_ptr<Tls> tls_;
};

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_HTTPS_CONNECTION_H_
