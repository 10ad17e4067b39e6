// The one wrapper around every method: through the gate, run, and end with one status; no exception
// crosses it.
#ifndef BONAFIDE_SERVER_RPC_METHOD_H_
#define BONAFIDE_SERVER_RPC_METHOD_H_

#include <absl/status/status.h>
#include <grpcpp/server_context.h>
#include <grpcpp/support/server_callback.h>

#include <memory>
#include <string_view>
#include <utility>

#include "certs/reason.h"
#include "server/error_table.h"
#include "server/gate.h"
#include "server/guarded.h"
#include "server/rpc/arrival.h"
#include "server/worker_pool.h"

namespace bonafide::server::rpc {

// Ends the call and sends what came of it.
template <typename Reactor>
void End(Reactor& reactor, Call& call, const absl::Status& status) {
  call.End(status);
  reactor.Finish(ToGrpcStatus(status));
}

// A unary method that answers at once. `body(Call&)` fills the response and returns a status.
template <typename Body>
grpc::ServerUnaryReactor* AnswerInline(Gate& gate, grpc::CallbackServerContext* context,
                                       std::string_view method, Body&& body) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  Call call = BeginCall(gate, *context, method);
  absl::Status status = call.admission();
  if (status.ok()) status = Guarded([&] { return body(call); });
  End(*reactor, call, status);
  return reactor;
}

// A unary method that takes longer: `body(Call&)` runs on `pool`. The request and the response live
// until the call ends.
template <typename Body>
grpc::ServerUnaryReactor* AnswerOnPool(Gate& gate, WorkerPool& pool,
                                       grpc::CallbackServerContext* context,
                                       std::string_view method, Body body) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  auto call = std::make_shared<Call>(BeginCall(gate, *context, method));
  if (!call->admission().ok()) {
    End(*reactor, *call, call->admission());
    return reactor;
  }
  pool.Post([reactor, call, context, body = std::move(body)] {
    absl::Status status = context->IsCancelled() ? Refusal(absl::StatusCode::kCancelled,
                                                           "cancelled", "the caller went away")
                                                 : call->CheckDeadline();
    if (status.ok()) status = Guarded([&] { return body(*call); });
    End(*reactor, *call, status);
  });
  return reactor;
}

// A unary method whose answer comes from elsewhere: `body(Call&, done)` calls `done(status)`
// exactly once, on any thread, or returns an error and does not call it.
template <typename Body>
grpc::ServerUnaryReactor* AnswerLater(Gate& gate, grpc::CallbackServerContext* context,
                                      std::string_view method, Body&& body) {
  grpc::ServerUnaryReactor* reactor = context->DefaultReactor();
  auto call = std::make_shared<Call>(BeginCall(gate, *context, method));
  auto done = [reactor, call](const absl::Status& status) { End(*reactor, *call, status); };
  absl::Status status = call->admission();
  if (status.ok()) status = Guarded([&] { return body(*call, done); });
  if (!status.ok()) done(status);
  return reactor;
}

}  // namespace bonafide::server::rpc

#endif  // BONAFIDE_SERVER_RPC_METHOD_H_
