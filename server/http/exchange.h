// One request and its answer: route, gate, validators, compression. Knows no sockets.
#ifndef BONAFIDE_SERVER_HTTP_EXCHANGE_H_
#define BONAFIDE_SERVER_HTTP_EXCHANGE_H_

#include <absl/status/status.h>

#include <optional>
#include <string>
#include <string_view>

#include "server/answer/dependencies.h"
#include "server/http/request.h"
#include "server/http/request_head.h"
#include "server/http/response.h"
#include "server/http/route.h"

namespace bonafide::server::http {

// The rule of requests that lead nowhere.
inline constexpr std::string_view kNothing = "/http/Nothing";

// Not thread-safe; may move from thread to thread.
class Exchange {
 public:
  // `dependencies` has to outlive it. Finds the route and passes the gate.
  Exchange(const answer::Dependencies& dependencies, const RequestHead& head);

  // Whether Answer may block.
  bool on_pool() const;
  // Call it once. Never throws; what goes wrong is a problem (server/http/problem.h).
  Response Answer();
  // When the answer has been sent, or could not be.
  void End(const absl::Status& status);

 private:
  absl::Status Begin(const RequestHead& head);
  absl::Status FindAnswer(const RequestHead& head);
  absl::StatusOr<Response> Run();

  const answer::Dependencies& dependencies_;
  const Verb verb_;
  Request request_;
  Match match_;
  std::optional<Call> call_;
  absl::Status status_;  // of Begin, then of Run
};

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_EXCHANGE_H_
