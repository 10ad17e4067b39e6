// Twins of the golden training records and insurance certificates, each breaking one rule of
// docs/protocol.md, section 3.3.
#include <gtest/gtest.h>

#include "tests/registry/golden_event.h"
#include "tests/registry/schema_twin.h"
#include "tests/registry/seeded_random.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

using certs::Json;

constexpr char kTraining[] = "training";
constexpr char kInsurance[] = "insurance";
constexpr char kOccurrence[] = "insurance-occurrence";
constexpr int64_t kMostMinor = 1'000'000'000'000'000;

TEST(TrainingSchema, NeedsItsClaims) {
  ExpectRequired(kTraining,
                 {"framework", "level", "qualification", "title", "issuer", "issuer.name",
                  "awarded_on", "grade", "confirmed.with", "confirmed.on", "confirmed.how"});
  ExpectOptional(kTraining, {"issuer.recognition", "issuer.number", "replaces"});
}

TEST(TrainingSchema, HasForms) {
  ExpectCode(kTraining, "framework");
  ExpectInteger(kTraining, "level", 0, 8);
  ExpectRecognition(kTraining, "qualification");
  ExpectText(kTraining, "title", 200);
  ExpectText(kTraining, "issuer.name", 200);
  ExpectRecognition(kTraining, "issuer.recognition");
  ExpectNumber(kTraining, "issuer.number");
  ExpectDay(kTraining, "awarded_on");
  ExpectWord(kTraining, "grade");
  ExpectText(kTraining, "confirmed.with", 200);
  ExpectDay(kTraining, "confirmed.on");
  ExpectWord(kTraining, "confirmed.how");
  ExpectDay("training-document-seen", "seen_on");
  ExpectEventId(kTraining, "replaces");
  EXPECT_EQ(RefusalWith(kTraining, "issuer", "\"Example\""), "claim_type");
  EXPECT_EQ(RefusalWith(kTraining, "issuer.kind", "\"x\""), "claim_unknown");
  EXPECT_EQ(RefusalWith(kTraining, "confirmed", "true"), "claim_type");
  EXPECT_EQ(RefusalWith(kTraining, "confirmed.by", "\"x\""), "claim_unknown");
}

// What proves a grade occurs with that grade and no other.
TEST(Provenance, FitsTheGrade) {
  const std::string confirmed = certs::WriteJson(*Golden(kTraining).payload.Find("confirmed"));
  for (const std::string event : {"training-document-seen", "insurance-occurrence"}) {
    for (const std::string grade :
         {"self_declared", "document_seen", "issuer_confirmed", "issuer_signed"}) {
      SCOPED_TRACE(event + " " + grade);
      Json payload = With(Golden(event).payload, "grade", Json::String(grade));
      payload = Without(Without(payload, "seen_on"), "confirmed");
      const Json seen = With(payload, "seen_on", Json::String("2025-02-03"));
      const Json both = With(seen, "confirmed", *certs::ParseJson(confirmed));
      const bool needs_seen = grade == "document_seen";
      const bool needs_confirmed = grade == "issuer_confirmed";
      EXPECT_EQ(RefusalOf(payload), needs_seen || needs_confirmed ? "claim_missing" : "");
      EXPECT_EQ(RefusalOf(seen), needs_seen ? "" : "claim_conflict");
      EXPECT_EQ(RefusalOf(Without(both, "seen_on")), needs_confirmed ? ""
                                                     : needs_seen    ? "claim_missing"
                                                                     : "claim_conflict");
      EXPECT_EQ(RefusalOf(both), "claim_conflict");
    }
  }
}

TEST(InsuranceSchema, NeedsItsClaims) {
  ExpectRequired(kInsurance, {"issuer", "issuer.name", "basis", "from", "until", "territories",
                              "sections", "sections.0.section", "sections.0.currency", "treatments",
                              "treatments.0.treatment", "grade"});
  ExpectOptional(kInsurance, {"issuer.number", "intermediary", "retroactive", "extended_until",
                              "sections.0.per_claim_minor", "sections.0.aggregate_minor",
                              "sections.0.excess_minor", "treatments.0.excludes", "not_covered",
                              "policyholder", "only_while_working_for", "replaces"});
}

TEST(InsuranceSchema, HasForms) {
  ExpectText(kInsurance, "issuer.name", 200);
  ExpectNumber(kInsurance, "issuer.number");
  ExpectText(kInsurance, "intermediary", 200);
  ExpectWord(kInsurance, "basis");
  ExpectDay(kInsurance, "from");
  ExpectDay(kInsurance, "until");
  ExpectDay(kInsurance, "retroactive");
  ExpectDay(kInsurance, "extended_until");
  ExpectNumber(kInsurance, "policyholder");
  ExpectNumber(kInsurance, "only_while_working_for");
  ExpectWord(kInsurance, "grade");
  ExpectEventId(kInsurance, "replaces");
  ExpectCodes(kInsurance, "territories", 64);
  ExpectCodes(kInsurance, "not_covered", 128);
}

TEST(InsuranceSchema, SectionsHaveForms) {
  ExpectObjects(kInsurance, "sections", "section", 16);
  ExpectCode(kInsurance, "sections.0.section");
  ExpectCurrency(kInsurance, "sections.0.currency");
  ExpectInteger(kInsurance, "sections.0.per_claim_minor", 0, kMostMinor);
  ExpectInteger(kInsurance, "sections.0.aggregate_minor", 0, kMostMinor);
  ExpectInteger(kInsurance, "sections.0.excess_minor", 0, kMostMinor);
  EXPECT_EQ(RefusalWith(kInsurance, "sections.1.section", "\"treatment_risk\""), "claim_conflict");
}

TEST(InsuranceSchema, TreatmentsHaveForms) {
  ExpectObjects(kInsurance, "treatments", "treatment", 128);
  ExpectCode(kInsurance, "treatments.0.treatment");
  EXPECT_EQ(RefusalWith(kInsurance, "treatments.1.treatment", "\"scalp_micropigmentation\""),
            "claim_conflict");
  constexpr char kExcludes[] = "treatments.0.excludes";
  EXPECT_EQ(RefusalWith(kInsurance, kExcludes, "[]"), "claim_range");
  EXPECT_EQ(RefusalWith(kInsurance, kExcludes, R"(["over_18"])"), "claim_range");
  EXPECT_EQ(RefusalWith(kInsurance, kExcludes, R"("under_18")"), "claim_type");
  EXPECT_EQ(RefusalWith(kInsurance, kExcludes, R"(["under_18","under_18"])"), "claim_conflict");
  EXPECT_EQ(
      RefusalWith(kInsurance, kExcludes, R"(["under_18","no_patch_test","no_consent","under_18"])"),
      "claim_range");
}

TEST(InsuranceSchema, EachExclusionIsItsOwn) {
  const auto flags = [](const std::string& word) {
    const Json payload =
        With(Golden(kInsurance).payload, "treatments.1.excludes", Json::Strings({word}));
    const auto token = ParseToken(ForgeToken(payload, SeededKey("issuer")), kGoldenOrigin);
    const CoveredTreatment& treatment = token->event.As<Insurance>()->treatments[1];
    return std::vector<bool>{treatment.excludes_under_18, treatment.excludes_no_patch_test,
                             treatment.excludes_no_consent};
  };
  EXPECT_EQ(flags("under_18"), (std::vector<bool>{true, false, false}));
  EXPECT_EQ(flags("no_patch_test"), (std::vector<bool>{false, true, false}));
  EXPECT_EQ(flags("no_consent"), (std::vector<bool>{false, false, true}));
}

TEST(InsuranceSchema, OnlyClaimsMadeLooksBackOrOn) {
  EXPECT_EQ(RefusalWith(kInsurance, "retroactive", "\"unlimited\""), "");
  EXPECT_EQ(RefusalWith(kInsurance, "retroactive", "\"Unlimited\""), "claim_range");
  EXPECT_EQ(RefusalWith(kOccurrence, "retroactive", "\"2020-01-01\""), "claim_conflict");
  EXPECT_EQ(RefusalWith(kOccurrence, "retroactive", "\"unlimited\""), "claim_conflict");
  EXPECT_EQ(RefusalWith(kOccurrence, "extended_until", "\"2026-01-01\""), "claim_conflict");
}

TEST(InsuranceSchema, APeriodDoesNotEndBeforeItBegins) {
  ExpectOrder(kInsurance, "from", "until");
  ExpectOrder(kInsurance, "until", "extended_until");
}

}  // namespace
}  // namespace bonafide::registry
