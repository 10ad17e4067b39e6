// LookupService: Verify and VerifyMany.
#include <gmock/gmock.h>

#include <algorithm>
#include <set>

#include "merkle/frame.h"
#include "proto/verdict_codec.h"
#include "registry/entry.h"
#include "tests/server/lookup_fixture.h"
#include "tests/server/rpc_error.h"
#include "tests/server/tested_methods.h"

namespace bonafide::server {
namespace {

using grpc::StatusCode;

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

// The server does not check what it has checked already; what it says is the same all the same.
ANSWERS(LookupService, LookupService, Verify, ItsOwnVerdictIsThatOfTheEvidence) {
  const std::string method = "/bonafide.v1.LookupService/Verify";
  const std::function<void(v1::Question&)> changes[] = {
      [](auto&) {},
      [](auto& q) { q.set_practitioner(4711); },
      [](auto& q) { q.set_practitioner(story_->clinic.number.value); },
      [](auto& q) { q.set_practitioner(story_->scheme.subject.value); },
      [](auto& q) { q.set_practitioner(0); },
      [](auto& q) { q.set_treatment("another_treatment"); },
      [](auto& q) { q.set_on("2019-12-31"); },
      [](auto& q) { q.set_claim_on("2027-01-01"); },
      [](auto& q) { q.set_at(story_->clinic.number.value); },
      [](auto& q) { q.set_under_18(true); },
      [](auto& q) { q.set_known_at_ms(1); },
      [](auto& q) {
        q.set_known_at_ms(registry::ParseEventEntry(story_->practitioner.receipt.entry())->time_ms);
      },
  };
  std::set<std::string> different;
  for (const auto& change : changes) {
    for (const std::string& authorization :
         {std::string(), running_->Authorization(story_->clinic, method)}) {
      v1::VerifyRequest request = Request();
      request.set_want_verdict(true);
      change(*request.mutable_question());
      v1::VerifyResponse response;
      const grpc::Status status = Verify(request, &response, authorization);
      ASSERT_TRUE(status.ok()) << status.error_message();
      const auto proven = Check(response.evidence(), request.question());
      ASSERT_TRUE(proven.ok()) << proven.status();
      EXPECT_EQ(response.verdict().DebugString(),
                proto::VerdictToProto(proven->verdict).DebugString());
      different.insert(response.verdict().SerializeAsString());
    }
  }
  EXPECT_GE(different.size(), 8u) << "the questions are not different enough";
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

}  // namespace
}  // namespace bonafide::server
