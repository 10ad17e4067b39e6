#include "client/lookup.h"

#include <gtest/gtest.h>

#include <string>

#include "certs/reason.h"
#include "client/evidence_store.h"
#include "client/state_file.h"
#include "tests/client/scratch_remote.h"
#include "tests/registry/example_register.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::client {
namespace {

class LookupTest : public ::testing::Test {
 protected:
  LookupTest()
      : trust_(TrustIn(register_.scratch)),
        memory_(Memory::Open(directory_.path(), trust_.anchors.log_key).value()),
        remote_(register_.scratch) {}

  Lookup Now() {
    return Lookup(trust_, remote_, memory_, [this] { return register_.scratch.now_ms(); });
  }
  std::string Refused() {
    const auto answer = Now().Ask(register_.Ask());
    EXPECT_FALSE(answer.ok());
    return ReasonOf(answer.status());
  }
  bool Remembers() const { return (*memory_.Remembered()).has_value(); }

  storage::TemporaryDirectory directory_;
  registry::ExampleRegister register_;
  Trust trust_;
  Memory memory_;
  ScratchRemote remote_;
};

TEST_F(LookupTest, AProvenYes) {
  const auto answer = Now().Ask(register_.Ask());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(answer->proven.verdict.outcome, registry::Outcome::kYes);
  EXPECT_EQ(ProvenName(answer->proven, register_.practitioner.number), "Zo\xC3\xAB Example-Jones");
  EXPECT_TRUE(Remembers());
}

TEST_F(LookupTest, ANameThatWasTakenBackIsNotTheirs) {
  const auto name = [this]() -> std::string {
    register_.scratch.Publish();
    const auto answer = Now().Ask(register_.Ask());
    EXPECT_TRUE(answer.ok()) << answer.status();
    return ProvenName(answer->proven, register_.practitioner.number).value_or("");
  };
  const auto amended = register_.scratch.File(
      register_.clinic, registry::PractitionerAmended{registry::DayOf("2026-05-01")},
      register_.practitioner, {{"name", certs::Json::String("Ada Mistaken-Example")}});
  EXPECT_EQ(name(), "Ada Mistaken-Example");
  register_.scratch.File(
      register_.clinic,
      registry::Withdrawal{amended, std::nullopt, registry::WithdrawalReason::kFalse},
      register_.practitioner);
  EXPECT_EQ(name(), "Zo\xC3\xAB Example-Jones");
}

TEST_F(LookupTest, ANameThatHasNotBegunIsNotTheirs) {
  register_.scratch.File(register_.clinic,
                         registry::PractitionerAmended{registry::DayOf("2030-01-01")},
                         register_.practitioner, {{"name", certs::Json::String("Ada Future")}});
  register_.scratch.Publish();
  const auto answer = Now().Ask(register_.Ask());
  ASSERT_TRUE(answer.ok()) << answer.status();
  EXPECT_EQ(ProvenName(answer->proven, register_.practitioner.number), "Zo\xC3\xAB Example-Jones");
}

// A register that hides the newest name does not get an older one shown for it.
TEST_F(LookupTest, ANameThatIsWithheldIsNotReplacedByAnOlderOne) {
  const auto amend = [this](const char* from, const char* name) {
    register_.scratch.File(register_.clinic, registry::PractitionerAmended{registry::DayOf(from)},
                           register_.practitioner, {{"name", certs::Json::String(name)}});
  };
  amend("2026-05-02", "Ada Newest");
  amend("2026-05-01", "Ada Between");  // said last, begun first
  register_.scratch.Publish();
  const auto answer = Now().Ask(register_.Ask());
  ASSERT_TRUE(answer.ok()) << answer.status();
  registry::Proven proven = answer->proven;
  EXPECT_EQ(ProvenName(proven, register_.practitioner.number), "Ada Newest");
  std::erase_if(proven.slots, [](const registry::ProvenSlot& slot) {
    const std::string* text = slot.value.AsString();
    return text != nullptr && *text == "Ada Newest";
  });
  EXPECT_EQ(ProvenName(proven, register_.practitioner.number), std::nullopt);
}

TEST_F(LookupTest, NothingUnprovenIsAnAnswerOrRemembered) {
  remote_.spoil_evidence = [](registry::Evidence& evidence) { evidence.subjects.pop_back(); };
  EXPECT_EQ(Refused(), "evidence_subject_missing");
  remote_.spoil_evidence = [](registry::Evidence& evidence) {
    evidence.subjects.back().entries.back() ^= 1;
  };
  EXPECT_EQ(Refused(), "proof_root");
  // The right evidence for another question.
  remote_.spoil_evidence = [this](registry::Evidence& evidence) {
    registry::Question other = register_.Ask();
    other.practitioner = register_.other_clinic.number;
    evidence = register_.scratch.Prove(other);
  };
  EXPECT_NE(Refused(), "");
  EXPECT_FALSE(Remembers());
}

TEST_F(LookupTest, AnOldHeadIsRefused) {
  register_.scratch.Advance(600'000);
  EXPECT_TRUE(Now().Ask(register_.Ask()).ok());
  register_.scratch.Advance(1'001);
  EXPECT_EQ(Refused(), "head_too_old");
}

TEST_F(LookupTest, AFutureHeadIsNeverRemembered) {
  const int64_t now_ms = register_.scratch.now_ms();
  register_.scratch.Advance(301'000);
  register_.scratch.Publish();
  const Lookup lookup(trust_, remote_, memory_, [now_ms] { return now_ms; });
  EXPECT_EQ(ReasonOf(lookup.Ask(register_.Ask()).status()), "head_in_future");
  EXPECT_FALSE(Remembers());
}

TEST_F(LookupTest, AForkIsNoAnswer) {
  ASSERT_TRUE(Now().Ask(register_.Ask()).ok());
  // A register that lost its last events and went on: the same key, the same beginning.
  registry::ExampleRegister other;
  other.scratch.AdvanceDays(0);
  other.scratch.Register(other.clinic, "Other Example");
  other.scratch.Publish();
  ScratchRemote other_remote(other.scratch);
  // ... but to this memory it must continue the head it showed; here it does.
  const Lookup lookup(trust_, other_remote, memory_, [this] { return register_.scratch.now_ms(); });
  EXPECT_TRUE(lookup.Ask(other.Ask()).ok());
  // Now the first register goes another way.
  register_.scratch.Register(register_.clinic, "Somebody Example");
  register_.scratch.Register(register_.clinic, "Somebody Else");
  register_.scratch.Publish();
  EXPECT_EQ(Refused(), "fork");
}

TEST_F(LookupTest, ShowProvesAnySubjectAndItsAbsence) {
  for (merkle::SubjectNumber number : {merkle::SubjectNumber{0}, register_.insurer.number,
                                       register_.scheme.number, register_.practitioner.number}) {
    const auto answer = Now().Show(number);
    ASSERT_TRUE(answer.ok()) << number.value << answer.status();
    EXPECT_NE(answer->proven.world->Find(number), nullptr);
  }
  const auto nobody = Now().Show(merkle::SubjectNumber{4711});
  EXPECT_TRUE(absl::IsNotFound(nobody.status()));
  EXPECT_EQ(ReasonOf(nobody.status()), "subject_unknown");
}

// "Not found" is a claim, and whoever makes it has to prove it.
TEST_F(LookupTest, ARegisterCannotSayThatNobodyIsThere) {
  remote_.verify_failure =
      Refusal(absl::StatusCode::kNotFound, "subject_unknown", "the register has proven it");
  EXPECT_TRUE(absl::IsDataLoss(Now().Ask(register_.Ask()).status()));
  EXPECT_TRUE(absl::IsDataLoss(Now().Show(register_.practitioner.number).status()));
}

TEST_F(LookupTest, ANumberNotGivenYetIsSaidWithItsTime) {
  const auto nobody = Now().Show(merkle::SubjectNumber{4711});
  const std::string message(nobody.status().message());
  EXPECT_NE(message.find("0000-4711-30 had not been given by 28 May 2026, 20:26 UTC"),
            std::string::npos)
      << message;
}

TEST_F(LookupTest, ASavedFileAnswersForEver) {
  const auto answer = Now().Ask(register_.Ask());
  ASSERT_TRUE(answer.ok());
  const std::string path = directory_ / "evidence.json";
  ASSERT_TRUE(SaveEvidence(path, {answer->question, answer->evidence}).ok());
  const auto file = LoadEvidence(path);
  ASSERT_TRUE(file.ok()) << file.status();
  const int64_t years_later_ms = register_.scratch.now_ms() + int64_t{5} * 365 * 86'400'000;
  const auto proven = CheckSaved(trust_, file->evidence, file->question, years_later_ms);
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_EQ(proven->verdict.outcome, registry::Outcome::kYes);
}

TEST_F(LookupTest, OneByteOfASavedFileChangedIsRefused) {
  const auto answer = Now().Ask(register_.Ask());
  ASSERT_TRUE(answer.ok());
  const std::string path = directory_ / "evidence.json";
  ASSERT_TRUE(SaveEvidence(path, {answer->question, answer->evidence}).ok());
  const std::string right = *ReadFile(path, size_t{1} << 26);
  int answers = 0;
  // Every 37th byte, one bit each; and some bytes more or less.
  for (size_t at = 0; at < right.size(); at += 37) {
    std::string wrong = right;
    wrong[at] ^= 1;
    ASSERT_TRUE(ReplaceFile(path, wrong).ok());
    const auto file = LoadEvidence(path);
    if (!file.ok()) continue;
    const auto proven =
        CheckSaved(trust_, file->evidence, file->question, register_.scratch.now_ms());
    if (!proven.ok()) continue;
    // The question is the asker's to change, and stands in the answer; the evidence is not.
    ++answers;
    EXPECT_LT(at, right.find("\"evidence\"")) << at;
  }
  EXPECT_LT(answers, 5);
  for (const std::string& wrong : {right + "\n", right.substr(0, right.size() - 1), " " + right,
                                   std::string(), std::string("{}")}) {
    ASSERT_TRUE(ReplaceFile(path, wrong).ok());
    EXPECT_FALSE(LoadEvidence(path).ok() &&
                 CheckSaved(trust_, LoadEvidence(path)->evidence, LoadEvidence(path)->question,
                            register_.scratch.now_ms())
                     .ok());
  }
}

}  // namespace
}  // namespace bonafide::client
