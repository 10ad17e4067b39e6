#include "server/error_table.h"

#include <gtest/gtest.h>

#include "certs/reason.h"
#include "google/rpc/error_details.pb.h"
#include "google/rpc/status.pb.h"
#include "proto/field.h"

namespace bonafide::server {
namespace {

google::rpc::Status DetailsOf(const grpc::Status& status) {
  google::rpc::Status details;
  EXPECT_TRUE(details.ParseFromString(status.error_details()));
  return details;
}

template <typename Detail>
std::optional<Detail> Find(const grpc::Status& status) {
  Detail detail;
  const google::rpc::Status details = DetailsOf(status);
  for (const auto& any : details.details()) {
    if (any.UnpackTo(&detail)) return detail;
  }
  return std::nullopt;
}

TEST(ErrorTable, OkStaysOk) {
  EXPECT_TRUE(ToGrpcStatus(absl::OkStatus()).ok());
  EXPECT_EQ(ToGrpcStatus(absl::OkStatus()).error_details(), "");
  EXPECT_EQ(SentReason(absl::OkStatus()), "");
}

TEST(ErrorTable, EveryCodeKeepsItsNumber) {
  for (int code = 1; code <= 16; ++code) {
    const auto absl_code = static_cast<absl::StatusCode>(code);
    const grpc::Status status = ToGrpcStatus(Refusal(absl_code, "some_reason", "some message"));
    EXPECT_EQ(static_cast<int>(status.error_code()), code);
    EXPECT_EQ(status.error_message(), "some message");
    EXPECT_EQ(DetailsOf(status).code(), code);
    EXPECT_EQ(DetailsOf(status).message(), "some message");
    const auto info = Find<google::rpc::ErrorInfo>(status);
    ASSERT_TRUE(info.has_value());
    EXPECT_EQ(info->reason(), "some_reason");
    EXPECT_EQ(info->domain(), "bonafide");
  }
  EXPECT_EQ(ToGrpcStatus(Malformed("r", "m")).error_code(), grpc::StatusCode::INVALID_ARGUMENT);
  EXPECT_EQ(ToGrpcStatus(NotAdmitted("r", "m")).error_code(),
            grpc::StatusCode::FAILED_PRECONDITION);
  EXPECT_EQ(ToGrpcStatus(Damaged("r", "m")).error_code(), grpc::StatusCode::DATA_LOSS);
}

TEST(ErrorTable, NamesTheField) {
  const grpc::Status status =
      ToGrpcStatus(proto::MalformedField("question.on", "question", "no day"));
  const auto bad = Find<google::rpc::BadRequest>(status);
  ASSERT_TRUE(bad.has_value());
  ASSERT_EQ(bad->field_violations_size(), 1);
  EXPECT_EQ(bad->field_violations(0).field(), "question.on");
  EXPECT_EQ(bad->field_violations(0).description(), "question.on: no day");
  EXPECT_FALSE(Find<google::rpc::BadRequest>(ToGrpcStatus(Malformed("r", "m"))).has_value());
}

TEST(ErrorTable, SaysWhenToTryAgain) {
  struct Case {
    absl::StatusCode code;
    const char* reason;
    int64_t delay_ms;  // 0: never
  };
  const Case cases[] = {
      {absl::StatusCode::kResourceExhausted, "overloaded", 200},
      {absl::StatusCode::kResourceExhausted, "rate_limited", 1000},
      {absl::StatusCode::kResourceExhausted, "disk_full", 60000},
      {absl::StatusCode::kResourceExhausted, "subject_full", 0},
      {absl::StatusCode::kUnavailable, "shutting_down", 2000},
      {absl::StatusCode::kUnavailable, "anything", 1000},
      {absl::StatusCode::kUnknown, "outcome_unknown", 1000},
      {absl::StatusCode::kInvalidArgument, "question", 0},
      {absl::StatusCode::kDataLoss, "data_damaged", 0},
  };
  for (const Case& c : cases) {
    const grpc::Status status = ToGrpcStatus(Refusal(c.code, c.reason, "m"));
    const auto retry = Find<google::rpc::RetryInfo>(status);
    ASSERT_EQ(retry.has_value(), c.delay_ms != 0) << c.reason;
    if (!retry) continue;
    EXPECT_EQ(retry->retry_delay().seconds() * 1000 + retry->retry_delay().nanos() / 1'000'000,
              c.delay_ms)
        << c.reason;
  }
}

TEST(ErrorTable, WhatNobodyForesawKeepsItsMessageInside) {
  const grpc::Status status = ToGrpcStatus(absl::InternalError("salt 4711 in file x"));
  EXPECT_EQ(status.error_code(), grpc::StatusCode::INTERNAL);
  EXPECT_EQ(status.error_message(), "internal error");
  EXPECT_EQ(status.error_details().find("4711"), std::string::npos);
  EXPECT_EQ(Find<google::rpc::ErrorInfo>(status)->reason(), "internal");
}

}  // namespace
}  // namespace bonafide::server
