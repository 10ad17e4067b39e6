#include "merkle/policy.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include "certs/reason.h"
#include "merkle/checkpoint.h"
#include "tests/merkle/golden_keys.h"

namespace bonafide::merkle {
namespace {

// Witness number i, with a key of its own.
certs::NoteSigner Witness(int i) {
  return SignerFrom(64 + i, "witness" + std::to_string(i) + ".example",
                    certs::NoteKeyType::kCosignature);
}
std::string WitnessLine(const std::string& name, int i) {
  return "witness " + name + " " + Witness(i).verifier().ToVkey() + "\n";
}
std::string LogLine() { return "log " + GoldenLog().verifier().ToVkey() + "\n"; }

// The golden checkpoint, cosigned by witnesses at times.
certs::Note Cosigned(const std::vector<std::pair<int, uint64_t>>& cosignatures) {
  certs::Note note = *certs::ParseNote(GoldenFile("checkpoint.note"));
  for (const auto& [witness, seconds] : cosignatures) {
    note.signatures.push_back(*Cosign(note.text, CosignatureTime{seconds}, Witness(witness)));
  }
  return note;
}

std::string ReasonFor(const std::string& text) { return ReasonOf(Policy::Parse(text).status()); }

// The shape of the specification's own example: two of three, and any of three.
std::string Example() {
  return LogLine() + "\n" + WitnessLine("X1", 1) + WitnessLine("X2", 2) + WitnessLine("X3", 3) +
         "group X-witnesses 2 X1 X2 X3\n\n" + WitnessLine("Y1", 4) + WitnessLine("Y2", 5) +
         WitnessLine("Y3", 6) +
         "group Y-witnesses any Y1 Y2 Y3\n\n# both\n \t # as well\n"
         "group\t X-and-Y  all X-witnesses Y-witnesses \nquorum X-and-Y\n";
}

TEST(Policy, TheSpecificationsExample) {
  const auto policy = Policy::Parse(Example());
  ASSERT_TRUE(policy.ok()) << policy.status();
  EXPECT_EQ(policy->logs().size(), 1u);
  EXPECT_EQ(policy->witnesses().size(), 6u);
  EXPECT_TRUE(policy->requires_cosignatures());
  const auto satisfied = [&](const std::vector<std::pair<int, uint64_t>>& cosignatures) {
    const auto result = policy->Evaluate(Cosigned(cosignatures));
    EXPECT_TRUE(result.ok()) << result.status();
    return result->satisfied;
  };
  EXPECT_FALSE(satisfied({}));
  EXPECT_FALSE(satisfied({{1, 10}, {2, 10}}));
  EXPECT_FALSE(satisfied({{1, 10}, {2, 10}, {3, 10}}));
  EXPECT_FALSE(satisfied({{1, 10}, {4, 10}, {5, 10}}));
  EXPECT_TRUE(satisfied({{1, 10}, {3, 10}, {6, 10}}));
  EXPECT_TRUE(satisfied({{6, 10}, {3, 10}, {2, 10}, {7, 10}}));  // an unknown one beside them
}

TEST(Policy, QuorumTimeIsTheNewestThatStillSuffices) {
  const auto policy = Policy::Parse(Example());
  const auto result = policy->Evaluate(Cosigned({{1, 50}, {2, 10}, {3, 40}, {4, 30}, {5, 99}}));
  ASSERT_TRUE(result.ok()) << result.status();
  EXPECT_TRUE(result->satisfied);
  ASSERT_TRUE(result->quorum_time.has_value());
  EXPECT_EQ(result->quorum_time->seconds, 40u);  // X1 at 50, X3 at 40, Y2 at 99
  std::vector<std::string> seen;
  for (const PolicyResult::Seen& each : result->cosignatures) {
    seen.push_back(each.witness + " " + std::to_string(each.time.seconds));
  }
  EXPECT_THAT(seen, testing::ElementsAre("Y2 99", "X1 50", "X3 40", "Y1 30", "X2 10"));
  const auto missed = policy->Evaluate(Cosigned({{1, 50}, {2, 10}}));
  EXPECT_FALSE(missed->satisfied);
  EXPECT_FALSE(missed->quorum_time.has_value());
  EXPECT_EQ(missed->cosignatures.size(), 2u);
}

TEST(Policy, NoneAsksForNothing) {
  for (const std::string& text : {std::string("quorum none\n"), LogLine() + "quorum none\n",
                                  WitnessLine("A", 1) + "quorum none\n"}) {
    const auto policy = Policy::Parse(text);
    ASSERT_TRUE(policy.ok()) << policy.status();
    EXPECT_FALSE(policy->requires_cosignatures());
    const auto result = policy->Evaluate(Cosigned({}));
    EXPECT_TRUE(result->satisfied);
    EXPECT_FALSE(result->quorum_time.has_value());
  }
  EXPECT_TRUE(Policy::None().Evaluate(Cosigned({}))->satisfied);
}

TEST(Policy, OneWitnessCanBeTheQuorum) {
  const auto policy = Policy::Parse(WitnessLine("A", 1) + WitnessLine("B", 2) + "quorum B\n");
  EXPECT_FALSE(policy->Evaluate(Cosigned({{1, 5}}))->satisfied);
  EXPECT_EQ(policy->Evaluate(Cosigned({{1, 9}, {2, 5}}))->quorum_time->seconds, 5u);
}

TEST(Policy, ListedLogsMustHaveSigned) {
  const auto policy = Policy::Parse(LogLine() + "quorum none\n");
  certs::Note unsigned_note = Cosigned({{1, 5}});
  unsigned_note.signatures.erase(unsigned_note.signatures.begin());
  EXPECT_FALSE(policy->Evaluate(unsigned_note)->satisfied);
  certs::Note wrong = Cosigned({});
  wrong.signatures[0].signature[5] ^= 1;
  EXPECT_EQ(ReasonOf(policy->Evaluate(wrong).status()), "note_signature_wrong");
  // A listed log's signature under a text that states another origin counts for nothing.
  const certs::NoteSigner log = GoldenLog();
  Checkpoint other{"other.example", TreeSize{7}, Sha256("root")};
  const auto foreign = certs::ParseNote(*certs::SignNote(FormatCheckpoint(other), {log}));
  EXPECT_FALSE(policy->Evaluate(*foreign)->satisfied);
}

TEST(Policy, AKnownWitnesssBadLineSpoilsTheNote) {
  const auto policy = Policy::Parse(WitnessLine("A", 1) + WitnessLine("B", 2) + "quorum A\n");
  certs::Note note = Cosigned({{1, 5}, {2, 5}});
  note.signatures[2].signature[20] ^= 1;
  EXPECT_EQ(ReasonOf(policy->Evaluate(note).status()), "cosignature_wrong");
  note.signatures[2].signature.pop_back();
  EXPECT_EQ(ReasonOf(policy->Evaluate(note).status()), "cosignature_size");
  certs::Note extended = Cosigned({});
  extended.text += "extension\n";
  EXPECT_EQ(ReasonOf(policy->Evaluate(extended).status()), "checkpoint_extension");
}

TEST(Policy, HoldsManyOfEach) {
  std::string text;
  for (int i = 0; i < 40; ++i) {
    text += "log " +
            SignerFrom(100 + i, "log" + std::to_string(i), certs::NoteKeyType::kEd25519)
                .verifier()
                .ToVkey() +
            " https://log.example/" + std::to_string(i) + "\n";
    text += WitnessLine("w" + std::to_string(i), i);
    text += "group g" + std::to_string(i) + " all w" + std::to_string(i) +
            (i > 0 ? " g" + std::to_string(i - 1) : "") + "\n";
  }
  const auto policy = Policy::Parse(text + "quorum g39\n");
  ASSERT_TRUE(policy.ok()) << policy.status();
  EXPECT_EQ(policy->logs()[39].url, "https://log.example/39");
}

TEST(Policy, RefusesMalformedText) {
  const std::string a = WitnessLine("A", 1);
  const std::string b = WitnessLine("B", 2);
  ASSERT_EQ(ReasonFor(a + b + "group G 1 A B\nquorum G\n"), "");

  EXPECT_EQ(ReasonFor(a + "quorum A"), "policy_syntax");  // no final newline
  EXPECT_EQ(ReasonFor(a + "quorum A\r\n"), "policy_syntax");
  EXPECT_EQ(ReasonFor(a + "quorum A\x7f\n"), "policy_syntax");
  EXPECT_EQ(ReasonFor(a + std::string("quorum A\0\n", 10)), "policy_syntax");
  EXPECT_EQ(ReasonFor(a + "Quorum A\n"), "policy_syntax");
  EXPECT_EQ(ReasonFor(a + "quorum\n"), "policy_syntax");
  EXPECT_EQ(ReasonFor(a + "quorum A B\n"), "policy_syntax");
  EXPECT_EQ(ReasonFor("log\nquorum none\n"), "policy_syntax");
  EXPECT_EQ(ReasonFor("witness A\nquorum none\n"), "policy_syntax");
  EXPECT_EQ(ReasonFor(a + "group G any\nquorum G\n"), "policy_syntax");

  EXPECT_EQ(ReasonFor("witness A nonsense\nquorum A\n"), "policy_key");
  EXPECT_EQ(ReasonFor("witness A " + GoldenLog().verifier().ToVkey() + "\nquorum A\n"),
            "policy_key");
  EXPECT_EQ(ReasonFor("log " + Witness(1).verifier().ToVkey() + "\nquorum none\n"), "policy_key");

  EXPECT_EQ(ReasonFor(a + WitnessLine("A", 2) + "quorum A\n"), "policy_duplicate");
  EXPECT_EQ(ReasonFor(a + b + "group A any B\nquorum A\n"), "policy_duplicate");
  EXPECT_EQ(ReasonFor(a + WitnessLine("B", 1) + "quorum A\n"), "policy_duplicate");
  EXPECT_EQ(ReasonFor(LogLine() + LogLine() + "quorum none\n"), "policy_duplicate");
  const std::string renamed =
      SignerFrom(0, "other.example", certs::NoteKeyType::kEd25519).verifier().ToVkey();
  EXPECT_EQ(ReasonFor(LogLine() + "log " + renamed + "\nquorum none\n"), "policy_duplicate");

  EXPECT_EQ(ReasonFor(a + "quorum B\n"), "policy_name");
  EXPECT_EQ(ReasonFor("quorum A\n" + a), "policy_name");
  EXPECT_EQ(ReasonFor(a + "group G any A G\nquorum G\n"), "policy_name");  // itself
  EXPECT_EQ(ReasonFor(a + "group G any H\ngroup H any G\nquorum G\n"), "policy_name");
  EXPECT_EQ(ReasonFor(WitnessLine("none", 1) + "quorum none\n"), "policy_name");
  EXPECT_EQ(ReasonFor(a + "group none any A\nquorum none\n"), "policy_name");
  EXPECT_EQ(ReasonFor(a + "group G any none\nquorum G\n"), "policy_name");

  EXPECT_EQ(ReasonFor(a + b + "group G 2 A A\nquorum G\n"), "policy_member");
  EXPECT_EQ(ReasonFor(a + b + "group G any A\ngroup H all A B G\nquorum H\n"), "policy_member");

  for (const char* threshold :
       {"0", "3", "01", "+1", "-1", "1.0", "ALL", "x", "99999999999999999999"}) {
    EXPECT_EQ(ReasonFor(a + b + "group G " + threshold + " A B\nquorum G\n"), "policy_threshold")
        << threshold;
  }
  EXPECT_EQ(ReasonFor(""), "policy_quorum");
  EXPECT_EQ(ReasonFor(a), "policy_quorum");
  EXPECT_EQ(ReasonFor("quorum none\nquorum none\n"), "policy_quorum");

  EXPECT_EQ(ReasonFor("#" + std::string(Policy::kMaxTextSizeBytes, 'x') + "\nquorum none\n"),
            "policy_limit");
}

TEST(Policy, RefusesTooManyGroups) {
  std::string text = WitnessLine("w", 1) + "group g0 all w\n";
  for (size_t i = 1; i < Policy::kMaxOfEach; ++i) {
    text += "group g" + std::to_string(i) + " all g" + std::to_string(i - 1) + "\n";
  }
  EXPECT_EQ(ReasonFor(text + "quorum g9\n"), "");
  EXPECT_EQ(ReasonFor(text + "group more any g" + std::to_string(Policy::kMaxOfEach - 1) +
                      "\nquorum more\n"),
            "policy_limit");
}

TEST(Policy, MessagesNameTheLine) {
  const auto policy = Policy::Parse("# first\n\nquorum nobody\n");
  EXPECT_THAT(std::string(policy.status().message()), testing::HasSubstr("policy line 3"));
}

}  // namespace
}  // namespace bonafide::merkle
