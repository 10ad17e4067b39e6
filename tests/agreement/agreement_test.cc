// Two verifiers, written apart from one specification, agree on what to accept and on the verdict.
// Which reason a refusal names first is left open by docs/protocol.md.
#include <gtest/gtest.h>

#include <cstdlib>
#include <string>
#include <vector>

#include "client/trust.h"
#include "tests/agreement/mutation.h"
#include "tests/agreement/random_register.h"
#include "tests/agreement/second_verifier.h"
#include "tests/registry/example_register.h"
#include "tests/registry/token_forge.h"

namespace bonafide::agreement {
namespace {

std::string TrustOf(const registry::ScratchRegister& scratch) {
  return client::WriteTrust({scratch.anchors(), ""});
}

struct Tally {
  size_t accepted = 0;
  size_t refused = 0;
};

class Agreement : public testing::Test {
 protected:
  void SetUp() override {
    if (HasNode()) return;
    if (const char* ci = std::getenv("CI"); ci != nullptr && std::string(ci) == "true") {
      FAIL() << "there is no node to run the second verifier";
    }
    GTEST_SKIP() << "skipped: there is no node to run the second verifier";
  }

  // Asks both about every case.
  static Tally Compare(const std::vector<Case>& cases) {
    Tally tally;
    const std::vector<Opinion> second = AskSecondVerifier(cases);
    for (size_t i = 0; i < cases.size(); ++i) {
      const Opinion first = AskFirstVerifier(cases[i]);
      ++(first.accepted ? tally.accepted : tally.refused);
      const std::string about = "case " + std::to_string(i) + ", " + cases[i].file.substr(0, 240);
      EXPECT_EQ(first.accepted, second[i].accepted)
          << first.reason << " against " << second[i].reason << ", " << about;
      if (!first.accepted || !second[i].accepted) continue;
      EXPECT_EQ(first.verdict, second[i].verdict) << certs::WriteJson(first.verdict) << "\n"
                                                  << certs::WriteJson(second[i].verdict) << "\n"
                                                  << about;
    }
    return tally;
  }
};

TEST_F(Agreement, OnRandomHistories) {
  std::vector<Case> cases;
  for (uint64_t seed = 1; seed <= 150; ++seed) {
    registry::RandomRegister reg(seed, /*events=*/60, /*lies=*/seed % 3 == 0 ? 20 : 0);
    for (int i = 0; i < 6; ++i) {
      proto::EvidenceFile file;
      file.question = reg.RandomQuestion();
      file.evidence = reg.scratch().Prove(file.question);
      cases.push_back(
          {TrustOf(reg.scratch()), proto::WriteEvidenceFile(file), reg.scratch().now_ms()});
    }
  }
  const Tally tally = Compare(cases);
  // Both kinds are there, else nothing was compared.
  EXPECT_GT(tally.accepted, 500u);
  EXPECT_GT(tally.refused, 20u);
}

TEST_F(Agreement, OnTenThousandMutations) {
  std::vector<Case> cases;
  std::mt19937_64 random(4711);
  for (uint64_t seed = 1; seed <= 10; ++seed) {
    registry::RandomRegister reg(1000 + seed, /*events=*/20, /*lies=*/0);
    const std::string trust = TrustOf(reg.scratch());
    proto::EvidenceFile file;
    file.question = reg.RandomQuestion();
    file.evidence = reg.scratch().Prove(file.question);
    const std::string bytes = proto::WriteEvidenceFile(file);
    for (int i = 0; i < 500; ++i) {
      cases.push_back(
          {trust, proto::WriteEvidenceFile(EditParts(file, random)), reg.scratch().now_ms()});
      cases.push_back({trust, EditBytes(bytes, random), reg.scratch().now_ms()});
    }
  }
  EXPECT_EQ(cases.size(), 10'000u);
  const Tally tally = Compare(cases);
  EXPECT_GT(tally.accepted, 100u);  // a disclosure left out, another day asked for
  EXPECT_GT(tally.refused, 5'000u);
}

// A register whose last token says `text` where an honest one says `from`.
Case Spelled(const std::string& from, const std::string& text) {
  registry::ExampleRegister reg;
  const std::string jwt =
      reg.scratch.Sign(reg.awarding_body, reg.AwardedTraining(), reg.practitioner).jwt;
  std::string payload = certs::WriteJson(registry::PayloadOf(jwt));
  const size_t at = payload.find(from);
  EXPECT_NE(at, std::string::npos) << payload;
  payload.replace(at, from.size(), text);
  const certs::PrivateKey& key = *reg.awarding_body.key;
  reg.scratch.LogToken(registry::ForgeToken(registry::HeaderFor(key), payload, key),
                       {reg.practitioner.number});
  reg.scratch.Publish();
  proto::EvidenceFile file;
  file.question = reg.Ask();
  file.evidence = reg.scratch.Prove(file.question);
  return {TrustOf(reg.scratch), proto::WriteEvidenceFile(file), reg.scratch.now_ms()};
}

// What is logged is read for ever, by readers that have JSON from libraries of their own.
TEST_F(Agreement, OnSpellingsOfJson) {
  std::vector<Case> cases;
  for (const char* number : {"4",
                             " 4\t",
                             "-0",
                             "0",
                             "-1",
                             "4.0",
                             "4e0",
                             "40e-1",
                             "04",
                             "+4",
                             "0x4",
                             "4.",
                             ".4",
                             "4_0",
                             "9223372036854775807",
                             "9223372036854775808",
                             "18446744073709551615",
                             "18446744073709551616",
                             "-9223372036854775808",
                             "-9223372036854775809",
                             "1e400",
                             "1e-400",
                             "-0.0",
                             "NaN",
                             "true",
                             "null",
                             "\"4\"",
                             "[4]",
                             "4,\"level\":4",
                             "4,\"l\\u0065vel\":4"}) {
    cases.push_back(Spelled("\"level\":4", std::string("\"level\":") + number));
  }
  for (const char* letter : {"s",
                             "\\u0073",
                             "\\/",
                             "/",
                             "\\u0000",
                             "\\u0001",
                             "\\ud83d\\ude00",
                             "\\ud83d",
                             "\\ude00",
                             "\\ude00\\ud83d",
                             "\xf0\x9f\x98\x80",
                             "\xed\xa0\xbd",
                             "\xc0\xaf",
                             "\xff",
                             "\t",
                             "\x7f",
                             "\\x73",
                             "\\'",
                             "\\b",
                             "\\u00AD",
                             "\xc2\xad",
                             "\\ufeff",
                             "\\u202e",
                             "\\u2800",
                             "e\\u0301"}) {
    cases.push_back(Spelled("\"title\":\"", std::string("\"title\":\"") + letter));
  }
  const Tally tally = Compare(cases);
  EXPECT_GT(tally.accepted, 5u);
  EXPECT_GT(tally.refused, 30u);
}

}  // namespace
}  // namespace bonafide::agreement
