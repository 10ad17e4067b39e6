#include "proto/evidence_file.h"

#include <google/protobuf/util/json_util.h>
#include <gtest/gtest.h>

#include "certs/reason.h"
#include "proto/evidence_codec.h"
#include "proto/question_codec.h"

namespace bonafide::proto {
namespace {

using registry::Day;
using registry::SubjectNumber;

EvidenceFile Example() {
  EvidenceFile file;
  file.question.practitioner = SubjectNumber{9007199254740991};
  file.question.treatment = "scalp_micropigmentation";
  file.question.territory = "gb-eng";
  file.question.on = *Day::Parse("2026-05-03");
  file.question.claim_on = *Day::Parse("2027-01-31");
  file.question.at = SubjectNumber{0};
  file.question.under_18 = true;
  file.question.known_at_ms = 0;
  file.evidence.checkpoint =
      "register.example/demo\n7\n+/=\n\n\xE2\x80\x94 register.example/demo x\n";
  file.evidence.state_entry = std::string("\x02\x00\xff", 3);
  file.evidence.state_inclusion = std::string("\xfb\xef\xbe\xff", 4);
  file.evidence.subjects = {{SubjectNumber{0}, "ab", "", "p"},
                            {SubjectNumber{4711}, std::string("\0", 1), "D~E~", ""}};
  return file;
}

constexpr char kExample[] =
    R"({"question":{"practitioner":"9007199254740991","treatment":"scalp_micropigmentation",)"
    R"("territory":"gb-eng","on":"2026-05-03","claimOn":"2027-01-31","at":"0","under18":true,)"
    R"("knownAtMs":"0"},"evidence":{"version":1,"checkpoint":"register.example/demo\n7\n+/=\n\n)"
    "\xE2\x80\x94"
    R"( register.example/demo x\n","stateEntry":"AgD/","stateInclusion":"++++/w==","subjects":[)"
    R"({"entries":"YWI=","proof":"cA=="},)"
    R"({"number":"4711","entries":"AA==","disclosures":"D~E~"}]}})";

constexpr char kSmall[] =
    R"({"question":{"practitioner":"4","treatment":"t","territory":"gb","on":"2026-05-03"},)"
    R"("evidence":{"version":1,"checkpoint":"c","stateEntry":"AA==","subjects":[{"number":"1",)"
    R"("entries":"AA=="}]}})";

// The same text with the only occurrence of `what` replaced.
std::string With(std::string_view what, std::string_view by) {
  std::string text = kSmall;
  const size_t at = text.find(what);
  EXPECT_NE(at, std::string::npos) << what;
  return text.replace(at, what.size(), by);
}

TEST(EvidenceFile, HasOneSpelling) {
  EXPECT_EQ(WriteEvidenceFile(Example()), kExample);
  for (const char* text : {kExample, kSmall}) {
    const auto file = ParseEvidenceFile(text);
    ASSERT_TRUE(file.ok()) << file.status();
    EXPECT_EQ(WriteEvidenceFile(*file), text);
  }
}

TEST(EvidenceFile, IsTheJsonOfTheMessage) {
  const EvidenceFile file = Example();
  v1::EvidenceFile message;
  *message.mutable_question() = QuestionToProto(file.question);
  *message.mutable_evidence() = EvidenceToProto(file.evidence);
  std::string json;
  ASSERT_TRUE(google::protobuf::util::MessageToJsonString(message, &json).ok());
  EXPECT_EQ(WriteEvidenceFile(file), json);
}

TEST(EvidenceFile, RefusesEveryOtherSpelling) {
  const std::string cases[] = {
      std::string(kSmall) + "\n",
      " " + std::string(kSmall),
      With(R"("question":)", R"("question": )"),
      With(R"("practitioner":"4")", R"("practitioner":4)"),
      With(R"("practitioner":"4")", R"("practitioner":"04")"),
      With(R"("practitioner":"4")", R"("practitioner":"+4")"),
      With(R"("practitioner":"4")", R"("practitioner":"4.0")"),
      With(R"("treatment":"t","territory":"gb")", R"("territory":"gb","treatment":"t")"),
      With(R"("on":"2026-05-03")", R"("on":"2026-05-03","claimOn":"")"),
      With(R"("on":"2026-05-03")", R"("on":"2026-05-03","under18":false)"),
      With(R"("on":"2026-05-03")", R"("on":"2026-05-03","under_18":true)"),
      With(R"("on":"2026-05-03")", R"("on":"2026-05-03","note":"x")"),
      With(R"("version":1)", R"("version":"1")"),
      With(R"("version":1)", R"("version":1.0)"),
      With(R"("version":1)", R"("version":4294967297)"),
      With(R"("checkpoint":"c")", R"("checkpoint":"\u0063")"),
      With(R"("stateEntry":"AA==")", R"("stateEntry":"AA")"),
      With(R"("stateEntry":"AA==")", R"("stateEntry":"AB==")"),
      With(R"("stateEntry":"AA==")", R"("stateEntry":"AA==","stateInclusion":"")"),
      With(R"("stateEntry":"AA==")", R"("state_entry":"AA==")"),
      With(R"("entries":"AA==")", R"("knownEntries":"1","entries":"AA==")"),
      With(R"("entries":"AA==")", R"("entries":"_w==")"),
      With(R"({"number":"1",)", R"(null,{"number":"1",)"),
      With(R"("evidence":{)", R"("evidence":{"extra":{},)"),
      std::string("{}"),
      std::string("[]"),
      std::string(R"({"question":{}})"),
  };
  for (const std::string& text : cases) {
    const auto file = ParseEvidenceFile(text);
    EXPECT_EQ(ReasonOf(file.status()), "evidence_not_canonical") << text;
  }
}

TEST(EvidenceFile, RefusesWhatIsNoStrictJson) {
  EXPECT_EQ(ReasonOf(ParseEvidenceFile("").status()), "json_syntax");
  EXPECT_EQ(ReasonOf(ParseEvidenceFile(std::string(kSmall) + "x").status()), "json_syntax");
  EXPECT_EQ(
      ReasonOf(
          ParseEvidenceFile(With(R"("version":1)", R"("version":1,"vers\u0069on":1)")).status()),
      "json_duplicate_name");
  EXPECT_EQ(
      ReasonOf(
          ParseEvidenceFile(With(R"("checkpoint":"c")", R"("checkpoint":[[[[1]]]])")).status()),
      "json_depth");
  EXPECT_EQ(
      ReasonOf(ParseEvidenceFile(With(R"("checkpoint":"c")", "\"checkpoint\":\"\xff\"")).status()),
      "json_utf8");
}

TEST(EvidenceFile, RefusesAQuestionNobodyCanAsk) {
  EXPECT_EQ(
      ReasonOf(ParseEvidenceFile(With(R"("on":"2026-05-03")", R"("on":"2026-02-30")")).status()),
      "question");
  EXPECT_EQ(ReasonOf(ParseEvidenceFile(With(R"("treatment":"t",)", "")).status()), "question");
}

TEST(EvidenceFile, IsBounded) {
  EXPECT_EQ(ReasonOf(ParseEvidenceFile(std::string(kMaxEvidenceFileBytes + 1, ' ')).status()),
            "evidence_too_large");
}

}  // namespace
}  // namespace bonafide::proto
