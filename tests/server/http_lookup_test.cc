// The routes of lookups and of papers, over a real socket.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "proto/evidence_file.h"
#include "tests/server/http_front_fixture.h"

namespace bonafide::server {
namespace {

using certs::Json;
using ::testing::HasSubstr;

constexpr char kEvidence[] = "/v1/practitioners/{registration_number}/evidence";

ROUTE_ANSWERS(HttpFront, kEvidence, EvidenceIsAFileThatVerifies) {
  const HttpReply reply = Get(port(), Evidence());
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.Header("content-type"), "application/json");
  EXPECT_EQ(reply.Header("access-control-allow-origin"), "*");
  EXPECT_EQ(reply.Header("x-content-type-options"), "nosniff");
  EXPECT_THAT(reply.Header("cache-control"), HasSubstr("public"));
  const auto file = proto::ParseEvidenceFile(reply.body);
  ASSERT_TRUE(file.ok()) << file.status();
  const auto proven =
      registry::VerifyEvidence(running_->anchors(), file->evidence, file->question,
                               storage::SystemClock().NowMs(), registry::Freshness::kCurrent);
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_EQ(file->question.practitioner, story_->practitioner.subject);
  // The certificate's number is for the parties.
  EXPECT_THAT(SlotsOf(*proven), testing::Not(testing::Contains("certificate_number")));
}

ROUTE_REFUSES(HttpFront, kEvidence, EvidenceSaysWhatIsWrongWithTheQuestion) {
  const std::string path = "/v1/practitioners/" + Number() + "/evidence";
  ExpectProblem(Get(port(), path), 400, "query_missing", "treatment");
  ExpectProblem(Get(port(), path + Asked() + "&on=2026-05-04"), 400, "query_twice", "on");
  ExpectProblem(Get(port(), path + Asked() + "&claim_on=2026-05-02"), 400, "question",
                "question.claim_on");
  ExpectProblem(Get(port(), path + Asked() + "&page=1"), 400, "query_unknown", "page");
  ExpectProblem(Get(port(), "/v1/practitioners/0000-4711-31/evidence" + Asked()), 400,
                "registration_number_check", "registration_number");
}

constexpr char kVerdict[] = "/v1/practitioners/{registration_number}/verdict";

ROUTE_ANSWERS(HttpFront, kVerdict, VerdictIsThatOfTheEvidence) {
  const HttpReply reply =
      Get(port(), "/v1/practitioners/" + Number() + "/verdict" + Asked() + "&head=HEAD_NEWEST");
  ASSERT_EQ(reply.status, 200) << reply.body;
  v1::VerifyRequest request = Request();
  request.set_want_verdict(true);
  v1::VerifyResponse response;
  ASSERT_TRUE(Verify(request, &response).ok());
  const Json json = reply.Json();
  ASSERT_NE(json.FindString("outcome"), nullptr) << reply.body;
  EXPECT_EQ(*json.FindString("outcome"), v1::Outcome_Name(response.verdict().outcome()));
  ASSERT_NE(json.Find("legs"), nullptr) << reply.body;
  EXPECT_EQ(json.Find("legs")->items().size(), static_cast<size_t>(response.verdict().legs_size()));
}

ROUTE_REFUSES(HttpFront, kVerdict, VerdictNeedsAQuestion) {
  ExpectProblem(Get(port(), "/v1/practitioners/" + Number() + "/verdict"), 400, "query_missing",
                "treatment");
  ExpectProblem(Get(port(), "/v1/practitioners/4711/verdict" + Asked()), 400, "registration_number",
                "registration_number");
}

constexpr char kSubject[] = "/v1/subjects/{registration_number}";

ROUTE_ANSWERS(HttpFront, kSubject, SubjectComesInPages) {
  const std::string path = "/v1/subjects/" + Number();
  const HttpReply first = Get(port(), path + "?page_size=1");
  ASSERT_EQ(first.status, 200) << first.body;
  const Json json = first.Json();
  ASSERT_NE(json.FindString("nextPageToken"), nullptr) << first.body;
  EXPECT_EQ(*json.FindString("registrationNumber"), Number());
  EXPECT_EQ(*json.FindString("entryCount"), "2");
  const HttpReply second =
      Get(port(), path + "?page_size=1&page_token=" + *json.FindString("nextPageToken"));
  EXPECT_EQ(second.status, 200) << second.body;
  EXPECT_EQ(second.Json().FindString("nextPageToken"), nullptr);
}

ROUTE_REFUSES(HttpFront, kSubject, SubjectRefusesWhatIsNotThere) {
  ExpectProblem(Get(port(), "/v1/subjects/" + registry::RegistrationNumber({99999})), 404,
                "subject_unknown");
  ExpectProblem(Get(port(), "/v1/subjects/" + Number() + "?page_token=forged"), 400, "page_token",
                "page_token");
  ExpectProblem(Get(port(), "/v1/subjects/" + Number() + "?page_size=251"), 400, "page_size",
                "page_size");
}

constexpr char kNames[] = "/v1/names";

ROUTE_ANSWERS(HttpFront, kNames, NamesAreFoundAndKeptByNobody) {
  const HttpReply reply = Get(port(), "/v1/names?name=zoe+canary-exmaple&town=leeds");
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.Header("cache-control"), "no-store");
  EXPECT_EQ(reply.Header("etag"), "");
  EXPECT_THAT(reply.body, HasSubstr("\"registrationNumber\":\"" + Number() + "\""));
  for (const std::string& line : running_->log_lines()) {
    EXPECT_THAT(line, testing::Not(HasSubstr("canary-exmaple")));
  }
}

ROUTE_REFUSES(HttpFront, kNames, NamesNeedOne) {
  ExpectProblem(Get(port(), "/v1/names"), 400, "query_missing", "name");
  ExpectProblem(Get(port(), "/v1/names?name=z"), 400, "search_too_short");
}

constexpr char kPaper[] = "/v1/papers/{sha256}";

ROUTE_ANSWERS(HttpFront, kPaper, PapersForEverybodyAreGiven) {
  const std::string path = "/v1/papers/" + Sha256(story_->public_paper).Hex();
  const HttpReply reply = Get(port(), path);
  ASSERT_EQ(reply.status, 200) << reply.body;
  EXPECT_EQ(reply.Header("content-type"), "application/pdf");
  EXPECT_EQ(reply.body, story_->public_paper);
  EXPECT_EQ(Get(port(), path, {"If-None-Match: " + reply.Header("etag")}).status, 304);
  const HttpReply head = Ask(port(), "HEAD", path);
  EXPECT_EQ(head.Header("content-length"), std::to_string(story_->public_paper.size()));
  EXPECT_EQ(head.body, "");
}

ROUTE_REFUSES(HttpFront, kPaper, PapersForSomeAreNotThere) {
  const HttpReply restricted = Get(port(), "/v1/papers/" + Sha256(story_->paper).Hex());
  const HttpReply unknown = Get(port(), "/v1/papers/" + Sha256("nothing").Hex());
  ExpectProblem(restricted, 404, "paper_unknown");
  EXPECT_EQ(restricted.body, unknown.body);
  EXPECT_EQ(Get(port(), "/v1/papers/xyz").status, 400);
}

}  // namespace
}  // namespace bonafide::server
