#include "server/error_table.h"

#include <string_view>

#include "certs/reason.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "proto/field.h"
#include "storage/register/register.h"

namespace bonafide::server {
namespace {

struct Retry {
  std::string_view reason;
  int64_t delay_ms;
};

constexpr Retry kRetries[] = {
    {"overloaded", 200},        // all places for such calls are taken
    {"rate_limited", 1000},     // this address asks too often
    {"shutting_down", 2000},    // another instance, or this one again
    {"deadline", 200},          // it took too long here
    {"outcome_unknown", 1000},  // the same event gives its one truth
    {"disk_full", 60000},       // when somebody has made space
};

template <typename Detail>
void Add(const Detail& detail, google::rpc::Status& out) {
  out.add_details()->PackFrom(detail);
}

}  // namespace

std::optional<int64_t> RetryDelayMs(const absl::Status& status) {
  if (const auto delay_ms = storage::RetryAfterMs(status)) return delay_ms;
  const std::string reason = ReasonOf(status);
  for (const Retry& retry : kRetries) {
    if (retry.reason == reason) return retry.delay_ms;
  }
  if (absl::IsUnavailable(status)) return 1000;
  return std::nullopt;
}

std::string SentReason(const absl::Status& status) {
  if (status.ok()) return "";
  const std::string reason = ReasonOf(status);
  return reason.empty() ? "internal" : reason;
}

std::string SentMessage(const absl::Status& status) {
  if (ReasonOf(status).empty()) return "internal error";
  return std::string(status.message().data(), status.message().size());
}

grpc::Status ToGrpcStatus(const absl::Status& status) {
  if (status.ok()) return grpc::Status::OK;
  const std::string reason = SentReason(status);
  const std::string message = SentMessage(status);

  google::rpc::Status details;
  details.set_code(static_cast<int>(status.code()));
  details.set_message(message);
  google::rpc::ErrorInfo info;
  info.set_reason(reason);
  info.set_domain(kErrorDomain);
  Add(info, details);
  if (const std::string field = proto::FieldOf(status); !field.empty()) {
    google::rpc::BadRequest bad;
    auto* violation = bad.add_field_violations();
    violation->set_field(field);
    violation->set_description(message);
    Add(bad, details);
  }
  if (const auto delay_ms = RetryDelayMs(status)) {
    google::rpc::RetryInfo retry;
    retry.mutable_retry_delay()->set_seconds(*delay_ms / 1000);
    retry.mutable_retry_delay()->set_nanos(static_cast<int32_t>(*delay_ms % 1000 * 1'000'000));
    Add(retry, details);
  }
  // The codes of abseil and of gRPC are the same numbers.
  return grpc::Status(static_cast<grpc::StatusCode>(status.code()), message,
                      details.SerializeAsString());
}

}  // namespace bonafide::server
