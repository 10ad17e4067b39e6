#include "proto/question_codec.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>

#include "certs/reason.h"
#include "proto/field.h"

namespace bonafide::proto {
namespace {

using merkle::SubjectNumber;
using registry::Day;

v1::Question Good() {
  v1::Question question;
  question.set_practitioner(4711);
  question.set_treatment("scalp_micropigmentation");
  question.set_territory("gb-eng");
  question.set_on("2026-05-03");
  return question;
}

TEST(QuestionCodec, ReadsWhatWasAsked) {
  v1::Question message = Good();
  message.set_claim_on("2027-05-03");
  message.set_at(0);
  message.set_under_18(true);
  message.set_known_at_ms(0);
  const auto question = QuestionFromProto(message);
  ASSERT_TRUE(question.ok()) << question.status();
  EXPECT_EQ(question->practitioner, SubjectNumber{4711});
  EXPECT_EQ(question->treatment, "scalp_micropigmentation");
  EXPECT_EQ(question->territory, "gb-eng");
  EXPECT_EQ(question->on, *Day::Parse("2026-05-03"));
  EXPECT_EQ(question->claim_on, *Day::Parse("2027-05-03"));
  EXPECT_EQ(question->at, SubjectNumber{0});
  EXPECT_TRUE(question->under_18);
  EXPECT_EQ(question->known_at_ms, 0);
  EXPECT_EQ(QuestionToProto(*question).SerializeAsString(), message.SerializeAsString());
}

TEST(QuestionCodec, KnowsWhatWasNotAsked) {
  const auto question = QuestionFromProto(Good());
  ASSERT_TRUE(question.ok()) << question.status();
  EXPECT_FALSE(question->claim_on.has_value());
  EXPECT_FALSE(question->at.has_value());
  EXPECT_FALSE(question->under_18);
  EXPECT_FALSE(question->known_at_ms.has_value());
  EXPECT_EQ(QuestionToProto(*question).SerializeAsString(), Good().SerializeAsString());
}

TEST(QuestionCodec, RefusesWhatNobodyCanAskAndNamesTheField) {
  struct Case {
    const char* field;
    std::function<void(v1::Question&)> spoil;
  };
  const Case cases[] = {
      {"practitioner", [](v1::Question& q) { q.set_practitioner(uint64_t{1} << 53); }},
      {"treatment", [](v1::Question& q) { q.set_treatment(""); }},
      {"treatment", [](v1::Question& q) { q.set_treatment("Scalp"); }},
      {"territory", [](v1::Question& q) { q.set_territory("gb eng"); }},
      {"on", [](v1::Question& q) { q.set_on(""); }},
      {"on", [](v1::Question& q) { q.set_on("2026-02-29"); }},
      {"on", [](v1::Question& q) { q.set_on("3 May 2026"); }},
      {"claim_on", [](v1::Question& q) { q.set_claim_on("2026-5-3"); }},
      {"claim_on", [](v1::Question& q) { q.set_claim_on("2026-05-02"); }},
      {"at", [](v1::Question& q) { q.set_at(~uint64_t{0}); }},
      {"known_at_ms", [](v1::Question& q) { q.set_known_at_ms(-1); }},
      {"known_at_ms", [](v1::Question& q) { q.set_known_at_ms(int64_t{1} << 53); }},
  };
  for (const Case& c : cases) {
    v1::Question message = Good();
    c.spoil(message);
    const auto question = QuestionFromProto(message);
    ASSERT_FALSE(question.ok()) << message.DebugString();
    EXPECT_EQ(ReasonOf(question.status()), "question");
    EXPECT_EQ(FieldOf(question.status()), c.field);
  }
}

TEST(Field, NestsPathsAndKeepsTheReason) {
  const absl::Status inner = MalformedField("on", "question", "no day");
  const absl::Status outer = InField("questions[3]", inner);
  EXPECT_EQ(FieldOf(outer), "questions[3].on");
  EXPECT_EQ(outer.message(), "questions[3].on: no day");
  EXPECT_EQ(ReasonOf(outer), "question");
  const absl::Status plain = InField("page_token", Malformed("page_token", "not ours"));
  EXPECT_EQ(FieldOf(plain), "page_token");
  EXPECT_EQ(plain.message(), "page_token: not ours");
  EXPECT_TRUE(InField("x", absl::OkStatus()).ok());
  EXPECT_EQ(FieldOf(Malformed("day", "no day")), "");
}

}  // namespace
}  // namespace bonafide::proto
