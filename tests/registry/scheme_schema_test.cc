// Twins of the golden scheme events, each breaking one rule of docs/protocol.md, section 3.2.
#include <gtest/gtest.h>

#include "tests/registry/golden_event.h"
#include "tests/registry/schema_twin.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

using certs::Json;

constexpr char kVersion[] = "scheme-version";
constexpr char kFirst[] = "training.0.any_of.0.";
constexpr char kRequirement[] = "insurance.0.";

std::string In(std::string_view object, std::string_view member) {
  return std::string(object) + std::string(member);
}

TEST(SchemeSchema, NeedsItsClaims) {
  ExpectRequired("scheme", {"treatment", "territory", "name"});
  ExpectRequired(kVersion, {"rules", "from", "zone", "training", "training_grade", "insurance",
                            "insurance_grade", "own_clinic_may_attest", "spent_after_days",
                            "training.0.name", "training.0.any_of", "insurance.0.section",
                            "insurance.0.currency", "insurance.0.per_claim_minor"});
  for (std::string_view member : {"number", "title", "framework", "level", "owner"}) {
    ExpectRequired(kVersion, {In(kFirst, member)});
  }
}

TEST(SchemeSchema, MayLackOthers) {
  ExpectOptional(
      kVersion, {"training_max_age_days", "insurance_max_age_days", "insurance.0.aggregate_minor"});
  for (std::string_view member :
       {"operational_start", "certification_end", "awarded_from", "awarded_to", "accepted_until",
        "valid_for_months", "refreshers"}) {
    ExpectOptional(kVersion, {In(kFirst, member)});
  }
}

TEST(SchemeSchema, HasForms) {
  ExpectCode("scheme", "treatment");
  ExpectCode("scheme", "territory");
  ExpectText("scheme", "name", 200);
  ExpectDay(kVersion, "from");
  ExpectText(kVersion, "zone", 64);
  ExpectWord(kVersion, "training_grade");
  ExpectInteger(kVersion, "training_max_age_days", 0, 36'500);
  ExpectWord(kVersion, "insurance_grade");
  ExpectInteger(kVersion, "insurance_max_age_days", 0, 36'500);
  ExpectBoolean(kVersion, "own_clinic_may_attest");
  ExpectInteger(kVersion, "spent_after_days", 0, 36'500);
  ExpectText(kVersion, "training.0.name", 200);
}

TEST(SchemeSchema, QualificationsHaveForms) {
  ExpectRecognition(kVersion, In(kFirst, "number"));
  ExpectText(kVersion, In(kFirst, "title"), 200);
  ExpectCode(kVersion, In(kFirst, "framework"));
  ExpectInteger(kVersion, In(kFirst, "level"), 0, 8);
  ExpectRecognition(kVersion, In(kFirst, "owner"));
  for (std::string_view member :
       {"operational_start", "certification_end", "awarded_from", "awarded_to", "accepted_until"}) {
    ExpectDay(kVersion, In(kFirst, member));
  }
  ExpectInteger(kVersion, In(kFirst, "valid_for_months"), 1, 600);
}

TEST(SchemeSchema, RefreshersAreDistinctNumbers) {
  const std::string path = In(kFirst, "refreshers");
  EXPECT_EQ(RefusalWith(kVersion, path, "[]"), "claim_range");
  EXPECT_EQ(RefusalWith(kVersion, path, R"("A")"), "claim_type");
  EXPECT_EQ(RefusalWith(kVersion, path, R"(["a"])"), "claim_range");
  EXPECT_EQ(RefusalWith(kVersion, path, R"(["A","B","A"])"), "claim_conflict");
  std::string sixteen = "[\"N0\"";
  for (int i = 1; i < 16; ++i) sixteen += ",\"N" + std::to_string(i) + "\"";
  EXPECT_EQ(RefusalWith(kVersion, path, sixteen + "]"), "");
  EXPECT_EQ(RefusalWith(kVersion, path, sixteen + ",\"N16\"]"), "claim_range");
}

TEST(SchemeSchema, HasAFewGroupsOfQualifications) {
  ExpectObjects(kVersion, "training", "name", 8);
  ExpectObjects(kVersion, "training.0.any_of", "number", 64);
}

TEST(SchemeSchema, RequirementsHaveForms) {
  ExpectObjects(kVersion, "insurance", "section", 16);
  ExpectCode(kVersion, In(kRequirement, "section"));
  ExpectCurrency(kVersion, In(kRequirement, "currency"));
  ExpectInteger(kVersion, In(kRequirement, "per_claim_minor"), 0, 1'000'000'000'000'000);
  ExpectInteger(kVersion, In(kRequirement, "aggregate_minor"), 0, 1'000'000'000'000'000);
}

TEST(SchemeSchema, OtherRulesLetEverythingElseBe) {
  EXPECT_EQ(RefusalWith(kVersion, "rules", "2"), "") << "the claims of rules 1 may stand in it";
  EXPECT_EQ(RefusalWith(kVersion, "rules", "9007199254740991"), "");
  for (std::string_view rules : {"0", "-1", "9007199254740992"}) {
    EXPECT_EQ(RefusalWith(kVersion, "rules", rules), "claim_range") << rules;
  }
  for (std::string_view rules : {"\"1\"", "null", "2.0"}) {
    EXPECT_EQ(RefusalWith(kVersion, "rules", rules), "claim_type") << rules;
  }
  constexpr char kLater[] = "scheme-version-rules-2";
  EXPECT_EQ(RefusalWithout(kLater, "anchor"), "sub");
  EXPECT_EQ(RefusalWith(kLater, "aud", "\"other.example\""), "aud");
  EXPECT_EQ(RefusalWith(kLater, "from", "{\"_sd\":[]}"), "slot_digest");
  EXPECT_EQ(RefusalWith(kLater, "personal", R"({"name":{"_sd":[]}})"), "claim_unknown");
}

}  // namespace
}  // namespace bonafide::registry
