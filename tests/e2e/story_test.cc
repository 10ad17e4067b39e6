// What somebody who asks is told, in short: the cases of scripts/demo through the real programs.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <string>

#include "tests/e2e/file.h"
#include "tests/e2e/stage.h"

namespace bonafide::e2e {
namespace {

using ::testing::HasSubstr;
using ::testing::Not;
using ::testing::StartsWith;

class StoryTest : public Stage {
 protected:
  // A policy signed by the insurer, with other days and basis.
  static Words Policy(const std::string& number, const Words& more) {
    return Plus(Plus(players_->Insurance(number),
                     {"--issuer-number", players_->insurer.number, "--grade", "issuer_signed"}),
                more);
  }
  static void Train(const std::string& number) {
    players_->awards.program.Ask(
        Plus(players_->Training(number),
             {"--issuer-number", players_->awards.number, "--grade", "issuer_signed"}));
  }
};

TEST_F(StoryTest, YesWithItsPapers) {
  const std::string number = players_->Person("Zoë Example-Jones");
  players_->Qualify(number);
  const certs::Json answer = players_->Verify(0, number);
  EXPECT_EQ(Field(answer, "name"), "Zoë Example-Jones");
  EXPECT_EQ(Field(answer, "holds_until"), "2025-12-31");
  const Ended said =
      players_->anyone.Run({"verify", number, Players::kTreatment, "--on", Players::kDay});
  EXPECT_EQ(said.code, 0);
  EXPECT_THAT(said.out, StartsWith("YES: the papers filed for Zoë Example-Jones"));
}

TEST_F(StoryTest, NoForLapsedCoverAndForAnotherTreatment) {
  const std::string lapsed = players_->Person("William Sample");
  players_->Qualify(lapsed);
  players_->Verify(0, lapsed, {"--on", "2025-12-31"});
  EXPECT_THAT(Field(players_->Verify(1, lapsed, {"--on", "2026-01-01"}), "text"),
              HasSubstr("ended"));

  const std::string face = players_->Person("Chloé D'Exemple");
  players_->insurer.program.Ask(
      Policy(face, {"--basis", "occurrence", "--from", "2025-01-01", "--until", "2025-12-31"}));
  Words training = players_->Training(face);
  for (std::string& word : training) {
    if (word == "999/3315/9") word = "999/4987/8";
  }
  players_->awards.program.Ask(
      Plus(training, {"--issuer-number", players_->awards.number, "--grade", "issuer_signed"}));
  EXPECT_THAT(Field(players_->Verify(1, face), "text"), HasSubstr("999/4987/8"));
}

TEST_F(StoryTest, NoUnderASuspensionAlsoUnderASecondNumber) {
  const std::string first = players_->Person("Łukasz Przykład");
  const std::string second = players_->Person("Lukasz Przyklad");
  players_->Qualify(first);
  players_->Qualify(second);
  players_->regulator.program.Ask(
      {"sanction", first, "--kind", "suspension", "--from", Players::kDay});
  players_->Verify(1, first);
  players_->Verify(0, first, {"--on", "2025-06-14"});

  players_->Verify(0, second);
  const Ended found = players_->anyone.Run({"search", "lukasz przyklad"});
  EXPECT_THAT(found.out, HasSubstr(first));
  EXPECT_THAT(found.out, HasSubstr(second));
  players_->registrar.program.Ask({"practitioner", "same-person", second, first});
  players_->Verify(1, second);
}

TEST_F(StoryTest, CannotSayUntilTheIssuersWereAsked) {
  const std::string number = players_->Person("Siân Enghraifft");
  const Words seen = {"--grade", "document_seen", "--seen-on", "2025-05-01"};
  const Words confirmed = {
      "--grade",        "issuer_confirmed", "--confirmed-with", "Example Office",
      "--confirmed-on", "2025-05-20",       "--confirmed-how",  "portal"};
  const Words policy = Plus(players_->Insurance(number), {"--basis", "occurrence", "--from",
                                                          "2025-01-01", "--until", "2025-12-31"});
  players_->north.program.Ask(Plus(players_->Training(number), seen));
  players_->north.program.Ask(Plus(policy, seen));
  players_->Verify(2, number);
  players_->registrar.program.Ask(Plus(players_->Training(number), confirmed));
  players_->registrar.program.Ask(Plus(policy, confirmed));
  EXPECT_EQ(Field(players_->Verify(0, number), "weakest_grade"), "issuer_confirmed");
}

TEST_F(StoryTest, ClaimsMadeForTheDayOfAClaim) {
  const std::string number = players_->Person("Jürgen Beispiel");
  Train(number);
  const Words claims_made = {"--basis", "claims_made", "--retroactive", "2023-01-01"};
  players_->insurer.program.Ask(
      Plus(Policy(number, claims_made), {"--from", "2025-01-01", "--until", "2025-12-31"}));
  players_->Verify(0, number);
  players_->Verify(1, number, {"--claim-on", "2026-03-01"});
  players_->insurer.program.Ask(
      Plus(Policy(number, claims_made), {"--from", "2026-01-01", "--until", "2026-12-31"}));
  players_->Verify(0, number, {"--claim-on", "2026-03-01"});
}

TEST_F(StoryTest, GroupPolicyOnlyAtItsClinic) {
  const std::string number = players_->Person("Søren Eksempel");
  Train(number);
  players_->insurer.program.Ask(Policy(
      number,
      {"--basis", "occurrence", "--from", "2025-01-01", "--until", "2025-12-31", "--policyholder",
       players_->north.number, "--only-while-working-for", players_->north.number}));
  players_->Verify(2, number);
  players_->Verify(1, number, {"--at", players_->south.number});
  players_->Verify(1, number, {"--at", players_->north.number});
  const std::string affiliation = Field(
      players_->north.program.Ask({"practitioner", "affiliate", number, "--from", "2025-02-01"}),
      "event");
  players_->Verify(2, number, {"--at", players_->north.number});
  players_->registrar.program.Ask({"practitioner", "confirm", number, "--target", affiliation});
  players_->Verify(0, number, {"--at", players_->north.number});
}

TEST_F(StoryTest, WithdrawnCertificateAndAsKnownBefore) {
  const std::string number = players_->Person("Ifeoma Omuma");
  players_->insurer.program.Ask(
      Policy(number, {"--basis", "occurrence", "--from", "2025-01-01", "--until", "2025-12-31"}));
  const std::string certificate =
      Field(players_->awards.program.Ask(
                Plus(players_->Training(number),
                     {"--issuer-number", players_->awards.number, "--grade", "issuer_signed"})),
            "event");
  players_->Verify(0, number);
  const certs::Json withdrawn = players_->awards.program.Ask(
      {"withdraw", number, "--target", certificate, "--reason", "fraud"});
  players_->Verify(1, number);
  ASSERT_NE(withdrawn.Find("time_ms"), nullptr);
  const int64_t before_ms = withdrawn.Find("time_ms")->AsInteger().value_or(0) - 1;
  players_->Verify(0, number, {"--known-at", "@" + std::to_string(before_ms)});
}

TEST_F(StoryTest, EvidenceIsCheckedWithTheRegisterGone) {
  const std::string number = players_->Person("Elizabeth Specimen");
  players_->Qualify(number);
  const std::string path = *directory_ / "evidence.json";
  players_->Verify(0, number, {"--save", path});
  ASSERT_EQ(served_->Stop(), 0);

  const Ended unreachable = players_->anyone.Run(
      {"verify", number, Players::kTreatment, "--on", Players::kDay, "--timeout", "2"});
  EXPECT_EQ(unreachable.code, 3);
  EXPECT_THAT(unreachable.out, StartsWith("COULD NOT CHECK"));
  const Ended checked = players_->anyone.Run({"check", path});
  EXPECT_EQ(checked.code, 0) << checked.out << checked.err;
  EXPECT_THAT(checked.out, StartsWith("YES as of"));

  const std::string right = ReadText(path);
  for (int part = 1; part < 20; ++part) {
    std::string wrong = right;
    char& byte = wrong[right.size() * part / 20];
    byte = byte == 'A' ? 'B' : 'A';
    WriteText(path, wrong);
    const Ended refused = players_->anyone.Run({"check", path});
    EXPECT_EQ(refused.code, 3) << "byte " << right.size() * part / 20 << ": " << refused.out;
    EXPECT_THAT(refused.out, Not(HasSubstr("YES")));
  }
  served_->Start();
}

}  // namespace
}  // namespace bonafide::e2e
