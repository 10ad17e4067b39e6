#include <gmock/gmock.h>
#include <grpcpp/client_context.h>
#include <gtest/gtest.h>

#include <algorithm>

#include "merkle/frame.h"
#include "proto/evidence_codec.h"
#include "proto/evidence_file.h"
#include "proto/question_codec.h"
#include "proto/verdict_codec.h"
#include "registry/registration_number.h"
#include "tests/server/rpc_error.h"
#include "tests/server/story.h"
#include "tests/server/tested_methods.h"

namespace bonafide::server {
namespace {

using grpc::StatusCode;

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

  static RunningRegister* running_;
  static Story* story_;
};

RunningRegister* LookupService::running_ = nullptr;
Story* LookupService::story_ = nullptr;

ANSWERS(LookupService, LookupService, Verify, WithEvidenceThatChecks) {
  v1::VerifyResponse response;
  const grpc::Status status = Verify(Request(), &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_FALSE(response.has_verdict());
  const auto proven = Check(response.evidence(), story_->Question());
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_EQ(proven->verdict.outcome, registry::Outcome::kNo) << "nothing is insured";
  EXPECT_EQ(proven->verdict.legs[0].outcome, registry::Outcome::kYes);
  EXPECT_EQ(proven->verdict.legs[1].outcome, registry::Outcome::kYes);
  EXPECT_THAT(SlotsOf(*proven), testing::UnorderedElementsAre("name", "town", "public_papers"));
}

ANSWERS(LookupService, LookupService, Verify, OfANumberThatIsNotThereIsAnAnswer) {
  v1::VerifyRequest request = Request();
  request.mutable_question()->set_practitioner(4711);
  v1::VerifyResponse response;
  ASSERT_TRUE(Verify(request, &response).ok());
  const auto proven = Check(response.evidence(), request.question());
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_EQ(proven->verdict.legs[0].outcome, registry::Outcome::kNo);
}

ANSWERS(LookupService, LookupService, Verify, LeavesOutWhatIsKnown) {
  v1::VerifyResponse full;
  ASSERT_TRUE(Verify(Request(), &full).ok());
  class Cache : public proto::KnownEntries {
   public:
    explicit Cache(const v1::Evidence& evidence) : evidence_(evidence) {}
    absl::StatusOr<std::string> First(registry::SubjectNumber subject,
                                      uint64_t count) const override {
      for (const auto& known : evidence_.subjects()) {
        if (known.number() != subject.value) continue;
        std::string first;
        const auto frames = merkle::ParseFrames(known.entries(), 10000);
        for (const auto& entry : *frames) {
          if (count-- == 0) break;
          EXPECT_TRUE(merkle::AppendFrame(entry, first).ok());
        }
        return first;
      }
      return absl::NotFoundError("not known");
    }

   private:
    const v1::Evidence& evidence_;
  } cache(full.evidence());

  v1::VerifyRequest request = Request();
  for (const auto& [subject, entries] :
       {std::pair<uint64_t, uint64_t>{story_->practitioner.subject.value, 1}, {0, 1'000'000}}) {
    v1::KnownSubject* known = request.add_have();
    known->set_subject(subject);
    known->set_entries(entries);
  }
  v1::VerifyResponse partial;
  ASSERT_TRUE(Verify(request, &partial).ok());
  EXPECT_LT(partial.ByteSizeLong(), full.ByteSizeLong());
  EXPECT_GT(partial.evidence().subjects(0).known_entries(), 0u);
  EXPECT_EQ(partial.evidence().subjects(0).entries(), "");
  const auto proven = Check(partial.evidence(), story_->Question(), &cache);
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_FALSE(Check(partial.evidence(), story_->Question()).ok());
}

ANSWERS(LookupService, LookupService, Verify, GivesItsOwnVerdictWhenAsked) {
  v1::VerifyRequest request = Request();
  request.set_want_verdict(true);
  v1::VerifyResponse response;
  const grpc::Status status = Verify(request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  EXPECT_EQ(response.verdict().outcome(), v1::OUTCOME_NO);
  EXPECT_EQ(response.verdict().legs_size(), 5);
  EXPECT_TRUE(Check(response.evidence(), story_->Question()).ok());
}

ANSWERS(LookupService, LookupService, Verify, ShowsAPartyMore) {
  v1::VerifyResponse response;
  const std::string method = "/bonafide.v1.LookupService/Verify";
  ASSERT_TRUE(Verify(Request(), &response, running_->Authorization(story_->clinic, method)).ok());
  auto proven = Check(response.evidence(), story_->Question());
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_THAT(SlotsOf(*proven), testing::UnorderedElementsAre("name", "town", "certificate_number",
                                                              "papers", "public_papers"));
  ASSERT_TRUE(Verify(Request(), &response, running_->Authorization(story_->stranger, method)).ok());
  proven = Check(response.evidence(), story_->Question());
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_THAT(SlotsOf(*proven), testing::UnorderedElementsAre("name", "town", "public_papers"));
}

REFUSES(LookupService, LookupService, Verify, WhatNobodyCanAsk) {
  struct Case {
    std::function<void(v1::VerifyRequest&)> spoil;
    const char* reason;
    const char* field;
  };
  const Case cases[] = {
      {[](auto& r) { r.clear_question(); }, "question", "question.treatment"},
      {[](auto& r) { r.mutable_question()->set_on("soon"); }, "question", "question.on"},
      {[](auto& r) { r.mutable_question()->set_claim_on("2020-01-01"); }, "question",
       "question.claim_on"},
      {[](auto& r) { r.set_head(static_cast<v1::Head>(-1)); }, "head", "head"},
      {[](auto& r) {
         r.add_have();
         r.add_have();
       },
       "have", "have"},
      {[](auto& r) {
         for (uint64_t i = 0; i < 257; ++i) r.add_have()->set_subject(i);
       },
       "have", "have"},
      {[](auto& r) {
         r.add_have();
         r.set_want_verdict(true);
       },
       "have", "have"},
  };
  for (const Case& c : cases) {
    v1::VerifyRequest request = Request();
    c.spoil(request);
    v1::VerifyResponse response;
    EXPECT_EQ(ErrorOf(Verify(request, &response)),
              (RpcError{StatusCode::INVALID_ARGUMENT, c.reason, c.field}))
        << request.DebugString();
  }
}

REFUSES(LookupService, LookupService, Verify, AnIdentityThatIsNotShown) {
  const std::string good =
      running_->Authorization(story_->clinic, "/bonafide.v1.LookupService/Verify");
  RunningRegister::Organisation impostor = story_->clinic;
  impostor.key = certs::PrivateKey::Generate(certs::Algorithm::kEd25519);
  RunningRegister::Organisation nobody = story_->clinic;
  nobody.number.value = 4711;
  const std::pair<std::string, const char*> cases[] = {
      {"Basic x", "token_bearer"},
      {"Bearer x", "token_parts"},
      {good.substr(0, good.size() - 4) + "AAAA", "token_signature_wrong"},
      {running_->Authorization(story_->clinic, "/bonafide.v1.LookupService/GetSubject"),
       "request_method"},
      {running_->Authorization(impostor, "/bonafide.v1.LookupService/Verify"), "key_unknown"},
      {running_->Authorization(nobody, "/bonafide.v1.LookupService/Verify"), "issuer_unknown"},
      {"Bearer " + story_->practitioner.sd_jwt.substr(0, story_->practitioner.sd_jwt.find('~')),
       "token_typ"},
  };
  for (const auto& [authorization, reason] : cases) {
    v1::VerifyResponse response;
    EXPECT_EQ(ErrorOf(Verify(Request(), &response, authorization)),
              (RpcError{StatusCode::UNAUTHENTICATED, reason, ""}));
  }
}

ANSWERS(LookupService, LookupService, VerifyMany, SharesWhatSeveralAnswersNeed) {
  v1::VerifyManyRequest request;
  *request.add_questions() = story_->Question();
  *request.add_questions() = story_->Question();
  request.mutable_questions(1)->set_treatment("another_treatment");
  request.set_want_verdict(true);
  grpc::ClientContext context;
  v1::VerifyManyResponse response;
  const grpc::Status status = running_->lookup().VerifyMany(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.answers_size(), 2);
  EXPECT_EQ(response.answers(0).subjects_size(), response.evidence().subjects_size());
  EXPECT_EQ(response.answers(1).subjects_size(), response.evidence().subjects_size() - 1)
      << "there is no scheme for the other treatment";
  for (int i = 0; i < 2; ++i) {
    v1::Evidence one = response.evidence();
    one.clear_subjects();
    for (const auto& subject : response.evidence().subjects()) {
      const auto& needed = response.answers(i).subjects();
      if (std::ranges::find(needed, subject.number()) != needed.end()) {
        *one.add_subjects() = subject;
      }
    }
    const auto proven = Check(one, request.questions(i));
    ASSERT_TRUE(proven.ok()) << proven.status();
    EXPECT_EQ(response.answers(i).verdict().outcome(),
              proto::VerdictToProto(proven->verdict).outcome());
  }
}

REFUSES(LookupService, LookupService, VerifyMany, NoneTooManyOrOneBad) {
  const auto refused = [](const v1::VerifyManyRequest& request) {
    grpc::ClientContext context;
    v1::VerifyManyResponse response;
    return ErrorOf(running_->lookup().VerifyMany(&context, request, &response));
  };
  v1::VerifyManyRequest request;
  EXPECT_EQ(refused(request),
            (RpcError{StatusCode::INVALID_ARGUMENT, "questions_count", "questions"}));
  for (int i = 0; i < 100; ++i) *request.add_questions() = story_->Question();
  request.mutable_questions(99)->set_on("never");
  EXPECT_EQ(refused(request),
            (RpcError{StatusCode::INVALID_ARGUMENT, "question", "questions[99].on"}));
  request.mutable_questions(99)->set_on("2026-05-03");
  EXPECT_EQ(refused(request).code, StatusCode::OK);
  *request.add_questions() = story_->Question();
  EXPECT_EQ(refused(request).reason, "questions_count");
}

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

ANSWERS(LookupService, LookupService, SearchByName, WithoutItsAccents) {
  grpc::ClientContext context;
  v1::SearchByNameRequest request;
  request.set_name("zoe canary");
  request.set_town("LEEDS");
  v1::SearchByNameResponse response;
  const grpc::Status status = running_->lookup().SearchByName(&context, request, &response);
  ASSERT_TRUE(status.ok()) << status.error_message();
  ASSERT_EQ(response.matches_size(), 1);
  EXPECT_EQ(response.matches(0).number(), story_->practitioner.subject.value);
  EXPECT_EQ(response.matches(0).registration_number(),
            registry::RegistrationNumber(story_->practitioner.subject));
  EXPECT_EQ(response.matches(0).names(0), kName);
  EXPECT_EQ(response.matches(0).town(), "Leeds");
  EXPECT_EQ(response.next_page_token(), "");
}

ANSWERS(LookupService, LookupService, SearchByName, PageByPage) {
  for (int i = 0; i < 3; ++i) {
    running_->File(story_->clinic, std::nullopt, registry::PractitionerRegistered{},
                   {{"name", certs::Json::String("Pagename Example")}});
  }
  v1::SearchByNameRequest request;
  request.set_name("Pagename");
  request.set_page_size(2);
  grpc::ClientContext first;
  v1::SearchByNameResponse response;
  ASSERT_TRUE(running_->lookup().SearchByName(&first, request, &response).ok());
  EXPECT_EQ(response.matches_size(), 2);
  ASSERT_NE(response.next_page_token(), "");

  v1::SearchByNameRequest other = request;
  other.set_name("Zoe");
  other.set_page_token(response.next_page_token());
  grpc::ClientContext stolen;
  v1::SearchByNameResponse none;
  EXPECT_EQ(ErrorOf(running_->lookup().SearchByName(&stolen, other, &none)).reason, "page_token");

  request.set_page_token(response.next_page_token());
  grpc::ClientContext second;
  v1::SearchByNameResponse rest;
  ASSERT_TRUE(running_->lookup().SearchByName(&second, request, &rest).ok());
  EXPECT_EQ(rest.matches_size(), 1);
  EXPECT_EQ(rest.next_page_token(), "");
}

REFUSES(LookupService, LookupService, SearchByName, TooShortTooLongOrTooMuch) {
  const auto refused = [](const v1::SearchByNameRequest& request) {
    grpc::ClientContext context;
    v1::SearchByNameResponse response;
    return ErrorOf(running_->lookup().SearchByName(&context, request, &response));
  };
  v1::SearchByNameRequest request;
  EXPECT_EQ(refused(request).reason, "search_too_short");
  request.set_name("a");
  EXPECT_EQ(refused(request), (RpcError{StatusCode::INVALID_ARGUMENT, "search_too_short", ""}));
  request.set_name(std::string(1000, 'a'));
  EXPECT_EQ(refused(request).reason, "search_too_long");
  request.set_name("Zoe");
  request.set_page_size(21);
  EXPECT_EQ(refused(request), (RpcError{StatusCode::INVALID_ARGUMENT, "page_size", "page_size"}));
  request.set_page_size(1);
  request.set_page_token("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA");
  EXPECT_EQ(refused(request).reason, "page_token");
}

}  // namespace
}  // namespace bonafide::server
