#include "certs/reason.h"

#include <absl/strings/cord.h>

namespace bonafide {
namespace {

constexpr char kReasonUrl[] = "bonafide/reason";

}  // namespace

absl::Status Refusal(absl::StatusCode code, std::string_view reason, std::string_view message) {
  absl::Status status(code, std::string(message));
  status.SetPayload(kReasonUrl, absl::Cord(std::string(reason)));
  return status;
}

absl::Status Malformed(std::string_view reason, std::string_view message) {
  return Refusal(absl::StatusCode::kInvalidArgument, reason, message);
}

absl::Status NotAdmitted(std::string_view reason, std::string_view message) {
  return Refusal(absl::StatusCode::kFailedPrecondition, reason, message);
}

absl::Status Damaged(std::string_view reason, std::string_view message) {
  return Refusal(absl::StatusCode::kDataLoss, reason, message);
}

std::string ReasonOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kReasonUrl);
  return payload.has_value() ? std::string(*payload) : std::string();
}

absl::Status Within(std::string_view where, const absl::Status& status) {
  if (status.ok()) return status;
  std::string message(where);
  message += ": ";
  message.append(status.message().data(), status.message().size());
  return Refusal(status.code(), ReasonOf(status), message);
}

}  // namespace bonafide
