#include "server/http/problem.h"

#include <string>
#include <utility>

#include "certs/json.h"
#include "certs/reason.h"
#include "proto/field.h"
#include "server/error_table.h"

namespace bonafide::server::http {
namespace {

struct Kind {
  unsigned status;
  const char* title;
};

// The mapping of google.rpc.Code; some reasons say more precisely what HTTP has a number for.
Kind KindOf(absl::StatusCode code, std::string_view reason) {
  if (reason == "target_size") return {414, "URI Too Long"};
  if (reason == "header_size") return {431, "Request Header Fields Too Large"};
  if (reason == "body_unwanted") return {413, "Content Too Large"};
  if (reason == "method_not_allowed") return {405, "Method Not Allowed"};
  if (reason == "evidence_too_large") return {422, "Unprocessable Content"};
  if (reason == "overloaded") return {503, "Service Unavailable"};
  switch (code) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kOutOfRange:
      return {400, "Bad Request"};
    case absl::StatusCode::kUnauthenticated:
      return {401, "Unauthorized"};
    case absl::StatusCode::kPermissionDenied:
      return {403, "Forbidden"};
    case absl::StatusCode::kNotFound:
      return {404, "Not Found"};
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kAborted:
      return {409, "Conflict"};
    case absl::StatusCode::kResourceExhausted:
      return {429, "Too Many Requests"};
    case absl::StatusCode::kUnavailable:
      return {503, "Service Unavailable"};
    case absl::StatusCode::kDeadlineExceeded:
      return {504, "Gateway Timeout"};
    default:
      return {500, "Internal Server Error"};
  }
}

}  // namespace

Response ProblemOf(const absl::Status& status) {
  using certs::Json;
  const std::string reason = SentReason(status);
  const Kind kind = KindOf(status.code(), reason);
  Json::Members members;
  members.push_back({"type", Json::String("urn:bonafide:reason:" + reason)});
  members.push_back({"title", Json::String(kind.title)});
  members.push_back({"status", Json::Integer(kind.status)});
  members.push_back({"detail", Json::String(SentMessage(status))});
  members.push_back({"reason", Json::String(reason)});
  if (const std::string field = proto::FieldOf(status); !field.empty()) {
    members.push_back({"field", Json::String(field)});
  }
  Response response;
  response.status = kind.status;
  response.content_type = "application/problem+json";
  response.body = certs::WriteJson(Json::Object(std::move(members))) + "\n";
  if (const auto delay_ms = RetryDelayMs(status)) {
    response.headers.emplace_back("Retry-After", std::to_string((*delay_ms + 999) / 1000));
  }
  if (kind.status == 405) response.headers.emplace_back("Allow", "GET, HEAD, OPTIONS");
  return response;
}

}  // namespace bonafide::server::http
