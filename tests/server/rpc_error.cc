#include "tests/server/rpc_error.h"

#include <gtest/gtest.h>

#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace bonafide::server {

RpcError ErrorOf(const grpc::Status& status) {
  RpcError error;
  error.code = status.error_code();
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  google::rpc::ErrorInfo info;
  google::rpc::BadRequest bad;
  for (const auto& detail : details.details()) {
    if (detail.UnpackTo(&info)) error.reason = info.reason();
    if (detail.UnpackTo(&bad)) error.field = bad.field_violations(0).field();
  }
  return error;
}

std::optional<int64_t> RetryDelayMsOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  google::rpc::RetryInfo retry;
  for (const auto& detail : details.details()) {
    if (!detail.UnpackTo(&retry)) continue;
    return retry.retry_delay().seconds() * 1000 + retry.retry_delay().nanos() / 1'000'000;
  }
  return std::nullopt;
}

void PrintTo(const RpcError& error, std::ostream* out) {
  *out << "code " << error.code << ", reason \"" << error.reason << "\", field \"" << error.field
       << "\"";
}

}  // namespace bonafide::server
