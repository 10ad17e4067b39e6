// LookupService: GetSubject and GetEvidence.
#include <gmock/gmock.h>

#include <algorithm>

#include "merkle/frame.h"
#include "proto/evidence_file.h"
#include "registry/registration_number.h"
#include "tests/server/lookup_fixture.h"
#include "tests/server/rpc_error.h"
#include "tests/server/tested_methods.h"

namespace bonafide::server {
namespace {

using grpc::StatusCode;

ANSWERS(LookupService, LookupService, GetEvidence, AsAFileToKeep) {
  grpc::ClientContext context;
  v1::GetEvidenceRequest request;
  *request.mutable_question() = story_->Question();
  v1::GetEvidenceResponse response;
  const grpc::Status status = running_->lookup().GetEvidence(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  const std::string json =
      proto::WriteEvidenceFile({*proto::QuestionFromProto(response.file().question()),
                                *proto::EvidenceFromProto(response.file().evidence())});
  const auto file = proto::ParseEvidenceFile(json);
  ASSERT_TRUE(file.ok()) << file.status();
  const auto proven = registry::VerifyEvidence(
      running_->anchors(), file->evidence, file->question,
      storage::SystemClock().NowMs() + int64_t{365} * 86'400'000, registry::Freshness::kSaved);
  EXPECT_TRUE(proven.ok()) << proven.status();
}

REFUSES(LookupService, LookupService, GetEvidence, WhatNobodyCanAsk) {
  grpc::ClientContext context;
  v1::GetEvidenceResponse response;
  EXPECT_EQ(ErrorOf(running_->lookup().GetEvidence(&context, {}, &response)),
            (RpcError{StatusCode::INVALID_ARGUMENT, "question", "question.treatment"}));
}

ANSWERS(LookupService, LookupService, GetSubject, PageByPage) {
  v1::GetSubjectRequest request;
  request.set_registration_number(registry::RegistrationNumber(story_->practitioner.subject));
  request.set_page_size(1);
  std::string entries;
  for (int page = 0; page < 2; ++page) {
    grpc::ClientContext context;
    v1::GetSubjectResponse response;
    const grpc::Status status = running_->lookup().GetSubject(&context, request, &response);
    ASSERT_TRUE(status.ok()) << status.error_message();
    EXPECT_EQ(response.registration_number(), request.registration_number());
    EXPECT_EQ(response.entry_count(), 2u);
    ASSERT_EQ(response.evidence().subjects_size(), 1);
    EXPECT_EQ(response.evidence().subjects(0).number(), story_->practitioner.subject.value);
    EXPECT_EQ(response.evidence().subjects(0).known_entries(), static_cast<uint64_t>(page));
    entries += response.evidence().subjects(0).entries();
    EXPECT_EQ(response.next_page_token().empty(), page == 1);
    request.set_page_token(response.next_page_token());
  }
  const auto frames = merkle::ParseFrames(entries, 10);
  ASSERT_TRUE(frames.ok());
  EXPECT_EQ((*frames)[0], story_->practitioner.receipt.entry());
  EXPECT_EQ((*frames)[1], story_->training.receipt.entry());
}

REFUSES(LookupService, LookupService, GetSubject, WhatIsNotThereOrMistyped) {
  const auto refused = [](const v1::GetSubjectRequest& request) {
    grpc::ClientContext context;
    v1::GetSubjectResponse response;
    return ErrorOf(running_->lookup().GetSubject(&context, request, &response));
  };
  v1::GetSubjectRequest request;
  EXPECT_EQ(refused(request),
            (RpcError{StatusCode::INVALID_ARGUMENT, "subject_missing", "number"}));
  request.set_number(4711);
  EXPECT_EQ(refused(request), (RpcError{StatusCode::NOT_FOUND, "subject_unknown", ""}));
  request.set_registration_number("0000-0000-00");
  EXPECT_EQ(refused(request), (RpcError{StatusCode::INVALID_ARGUMENT, "registration_number_check",
                                        "registration_number"}));
  request.set_registration_number("Zo\xC3\xAB");
  EXPECT_EQ(refused(request).reason, "registration_number");
  request.set_number(0);
  request.set_page_size(251);
  EXPECT_EQ(refused(request), (RpcError{StatusCode::INVALID_ARGUMENT, "page_size", "page_size"}));
  request.set_page_size(1'000'000'000);
  EXPECT_EQ(refused(request).reason, "page_size");
  request.set_page_size(1);
  request.set_page_token("AAAA");
  EXPECT_EQ(refused(request), (RpcError{StatusCode::INVALID_ARGUMENT, "page_token", "page_token"}));
}

REFUSES(LookupService, LookupService, GetSubject, ATokenOfAnotherSubject) {
  v1::GetSubjectRequest request;
  request.set_number(story_->practitioner.subject.value);
  request.set_page_size(1);
  grpc::ClientContext context;
  v1::GetSubjectResponse response;
  ASSERT_TRUE(running_->lookup().GetSubject(&context, request, &response).ok());
  request.set_number(0);
  request.set_page_token(response.next_page_token());
  grpc::ClientContext stolen;
  EXPECT_EQ(ErrorOf(running_->lookup().GetSubject(&stolen, request, &response)).reason,
            "page_token");
}

// A page token says where to go on, not who goes on.
ANSWERS(LookupService, LookupService, GetSubject, ATokenOfAnotherCallerWithOnesOwnEyes) {
  const auto page = [](const std::string& token, const std::string& authorization) {
    grpc::ClientContext context;
    if (!authorization.empty()) context.AddMetadata("authorization", authorization);
    v1::GetSubjectRequest request;
    request.set_number(story_->practitioner.subject.value);
    request.set_page_size(1);
    request.set_page_token(token);
    v1::GetSubjectResponse response;
    const grpc::Status status = running_->lookup().GetSubject(&context, request, &response);
    EXPECT_TRUE(status.ok()) << status.error_message();
    return response;
  };
  const auto party = [] {
    return running_->Authorization(story_->clinic, "/bonafide.v1.LookupService/GetSubject");
  };
  const std::string token = page("", party()).next_page_token();
  ASSERT_NE(token, "");
  const std::string whole = page(token, party()).evidence().subjects(0).disclosures();
  const std::string stolen = page(token, "").evidence().subjects(0).disclosures();
  const std::string own =
      page(page("", "").next_page_token(), "").evidence().subjects(0).disclosures();
  EXPECT_LT(stolen.size(), whole.size());
  EXPECT_EQ(stolen, own);
}

}  // namespace
}  // namespace bonafide::server
