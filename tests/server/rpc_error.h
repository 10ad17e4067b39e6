// What a failed call says, taken apart.
#ifndef BONAFIDE_TESTS_SERVER_RPC_ERROR_H_
#define BONAFIDE_TESTS_SERVER_RPC_ERROR_H_

#include <grpcpp/support/status.h>

#include <cstdint>
#include <optional>
#include <ostream>
#include <string>

namespace bonafide::server {

struct RpcError {
  grpc::StatusCode code = grpc::StatusCode::OK;
  std::string reason;
  std::string field;

  bool operator==(const RpcError&) const = default;
};

// What RetryInfo says, if there is one.
std::optional<int64_t> RetryDelayMsOf(const grpc::Status& status);
RpcError ErrorOf(const grpc::Status& status);
void PrintTo(const RpcError& error, std::ostream* out);

}  // namespace bonafide::server

#endif  // BONAFIDE_TESTS_SERVER_RPC_ERROR_H_
