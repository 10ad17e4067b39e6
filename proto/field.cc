#include "proto/field.h"

#include <absl/strings/cord.h>

#include "certs/reason.h"

namespace bonafide::proto {
namespace {

constexpr char kFieldUrl[] = "bonafide/field";

absl::Status Build(std::string_view field, absl::StatusCode code, std::string_view reason,
                   std::string_view message) {
  std::string text(field);
  text.append(": ").append(message);
  absl::Status status = Refusal(code, reason, text);
  status.SetPayload(kFieldUrl, absl::Cord(std::string(field)));
  return status;
}

}  // namespace

absl::Status MalformedField(std::string_view field, std::string_view reason,
                            std::string_view message) {
  return Build(field, absl::StatusCode::kInvalidArgument, reason, message);
}

absl::Status InField(std::string_view outer, const absl::Status& status) {
  if (status.ok()) return status;
  const std::string inner = FieldOf(status);
  std::string path(outer);
  std::string message(status.message().data(), status.message().size());
  if (!inner.empty()) {
    path.append(".").append(inner);
    message.erase(0, inner.size() + 2);  // the "inner: " that Build put there
  }
  return Build(path, status.code(), ReasonOf(status), message);
}

std::string FieldOf(const absl::Status& status) {
  const auto payload = status.GetPayload(kFieldUrl);
  return payload.has_value() ? std::string(*payload) : std::string();
}

}  // namespace bonafide::proto
