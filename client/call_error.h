// What gRPC says went wrong, as an error with a reason.
#ifndef BONAFIDE_CLIENT_CALL_ERROR_H_
#define BONAFIDE_CLIENT_CALL_ERROR_H_

#include <absl/status/status.h>
#include <grpcpp/support/status.h>

namespace bonafide::client {

// The same code; the reason of google.rpc.ErrorInfo when its domain is "bonafide", else
// "unreachable" or "server" as client/remote.h says.
absl::Status FromGrpcStatus(const grpc::Status& status);

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_CALL_ERROR_H_
