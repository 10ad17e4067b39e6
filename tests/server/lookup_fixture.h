// A story that is told once, to the register that the tests of lookups ask.
#ifndef BONAFIDE_TESTS_SERVER_LOOKUP_FIXTURE_H_
#define BONAFIDE_TESTS_SERVER_LOOKUP_FIXTURE_H_

#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <string>
#include <vector>

#include "proto/evidence_codec.h"
#include "proto/question_codec.h"
#include "tests/server/story.h"

namespace bonafide::server {

class LookupService : public testing::Test {
 protected:
  static void SetUpTestSuite() {
    running_ = new RunningRegister();
    story_ = new Story(*running_);
  }
  static void TearDownTestSuite() {
    delete story_;
    delete running_;
  }

  static grpc::Status Verify(const v1::VerifyRequest& request, v1::VerifyResponse* response,
                             const std::string& authorization = "") {
    grpc::ClientContext context;
    if (!authorization.empty()) context.AddMetadata("authorization", authorization);
    return running_->lookup().Verify(&context, request, response);
  }
  static v1::VerifyRequest Request() {
    v1::VerifyRequest request;
    *request.mutable_question() = story_->Question();
    return request;
  }
  // What a client makes of an answer.
  static absl::StatusOr<registry::Proven> Check(const v1::Evidence& message,
                                                const v1::Question& asked,
                                                const proto::KnownEntries* known = nullptr) {
    const auto evidence = proto::EvidenceFromProto(message, known);
    if (!evidence.ok()) return evidence.status();
    return registry::VerifyEvidence(running_->anchors(), *evidence,
                                    *proto::QuestionFromProto(asked),
                                    storage::SystemClock().NowMs(), registry::Freshness::kCurrent);
  }
  static std::vector<std::string> SlotsOf(const registry::Proven& proven) {
    std::vector<std::string> names;
    for (const auto& slot : proven.slots) names.push_back(slot.slot);
    return names;
  }

  inline static RunningRegister* running_ = nullptr;
  inline static Story* story_ = nullptr;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_TESTS_SERVER_LOOKUP_FIXTURE_H_
