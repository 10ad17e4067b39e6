// The one translation of errors into what gRPC sends.
#ifndef BONAFIDE_SERVER_ERROR_TABLE_H_
#define BONAFIDE_SERVER_ERROR_TABLE_H_

#include <absl/status/status.h>
#include <grpcpp/support/status.h>

#include <cstdint>
#include <optional>
#include <string>

namespace bonafide::server {

inline constexpr char kErrorDomain[] = "bonafide";

// The same code and message, and as details a google.rpc.Status with ErrorInfo (the reason of
// certs/reason.h, domain "bonafide"), BadRequest where the error names a field (proto/field.h), and
// RetryInfo where trying again makes sense. An error without a reason is one nobody foresaw: its
// message stays here, and its reason is "internal".
grpc::Status ToGrpcStatus(const absl::Status& status);

// How long to wait before the same call may succeed; nothing when it will not. What the register
// itself says (storage::RetryAfterMs) goes first.
std::optional<int64_t> RetryDelayMs(const absl::Status& status);

// The reason that is sent, on every transport; "" for OK.
std::string SentReason(const absl::Status& status);
// The message that is sent.
std::string SentMessage(const absl::Status& status);

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_ERROR_TABLE_H_
