#include "client/call_error.h"

#include <algorithm>
#include <string>

#include "certs/reason.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"

namespace bonafide::client {
namespace {

constexpr char kErrorDomain[] = "bonafide";

std::string SentReason(const grpc::Status& status) {
  google::rpc::Status details;
  if (!details.ParseFromString(status.error_details())) return "";
  for (const auto& detail : details.details()) {
    google::rpc::ErrorInfo info;
    if (detail.UnpackTo(&info) && info.domain() == kErrorDomain) return info.reason();
  }
  return "";
}

// What a server says may be anything; nothing of it may steer a terminal.
std::string Printable(const std::string& message) {
  std::string text = message;
  std::replace_if(
      text.begin(), text.end(),
      [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; }, ' ');
  return text;
}

}  // namespace

absl::Status FromGrpcStatus(const grpc::Status& status) {
  if (status.ok()) return absl::OkStatus();
  // The codes of abseil and of gRPC are the same numbers.
  const auto code = static_cast<absl::StatusCode>(status.error_code());
  const std::string message = Printable(status.error_message());
  if (const std::string reason = SentReason(status); !reason.empty()) {
    return Refusal(code, Printable(reason), message);
  }
  if (code == absl::StatusCode::kUnavailable) {
    return Refusal(code, "unreachable", "the register cannot be reached: " + message);
  }
  if (code == absl::StatusCode::kDeadlineExceeded) {
    return Refusal(code, "unreachable", "the register did not answer in time");
  }
  return Refusal(code, "server", "the register failed: " + message);
}

}  // namespace bonafide::client
