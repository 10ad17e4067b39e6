// Twins of the other golden events about practitioners, each breaking one rule of docs/protocol.md,
// section 3.3.
#include <gtest/gtest.h>

#include "tests/registry/golden_event.h"
#include "tests/registry/schema_twin.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

using certs::Json;

TEST(PractitionerSchema, NeedsItsClaims) {
  ExpectRequired("practitioner-amended", {"from"});
  ExpectRequired("affiliation", {"clinic", "from"});
  ExpectRequired("affiliation-confirmed", {"target"});
  ExpectRequired("withdrawal", {"target", "reason"});
  ExpectRequired("sanction", {"kind", "from"});
  ExpectRequired("same-person", {"other", "other_anchor"});
  ExpectRequired("dispute", {"target"});
}

TEST(PractitionerSchema, MayLackOthers) {
  ExpectOptional("affiliation", {"until"});
  ExpectOptional("withdrawal", {"from"});
  ExpectOptional("sanction", {"until", "barred"});
  ExpectOptional("erasure", {"target"});
}

TEST(PractitionerSchema, HasForms) {
  ExpectDay("practitioner-amended", "from");
  ExpectNumber("affiliation", "clinic");
  ExpectDay("affiliation", "from");
  ExpectDay("affiliation", "until");
  ExpectEventId("affiliation-confirmed", "target");
  ExpectEventId("withdrawal", "target");
  ExpectDay("withdrawal", "from");
  ExpectWord("withdrawal", "reason");
  ExpectWord("sanction", "kind");
  ExpectDay("sanction", "from");
  ExpectDay("sanction", "until");
  ExpectCodes("sanction", "barred", 128);
  ExpectNumber("same-person", "other");
  ExpectEventId("same-person", "other_anchor");
  ExpectEventId("dispute", "target");
  ExpectEventId("erasure", "target");
}

TEST(PractitionerSchema, APeriodDoesNotEndBeforeItBegins) {
  ExpectOrder("affiliation", "from", "until");
  ExpectOrder("sanction", "from", "until");
}

TEST(PractitionerSchema, OnlyConditionsBarTreatments) {
  for (std::string_view kind : {"\"suspension\"", "\"removal\""}) {
    EXPECT_EQ(RefusalWith("sanction", "kind", kind), "claim_conflict") << kind;
    const Json without = Without(Golden("sanction").payload, "barred");
    EXPECT_EQ(RefusalOf(With(without, "kind", *certs::ParseJson(kind))), "") << kind;
  }
}

TEST(PractitionerSchema, ConditionsWithoutBarredHaveAText) {
  const Json no_text = Without(Golden("sanction").payload, "personal.text");
  EXPECT_EQ(RefusalOf(no_text), "");
  EXPECT_EQ(RefusalOf(Without(no_text, "barred")), "slot_missing");
  EXPECT_EQ(RefusalOf(Without(Without(no_text, "barred"), "personal")), "slot_missing");
}

TEST(PractitionerSchema, SlotsThatMustBeThere) {
  EXPECT_EQ(RefusalWithout("practitioner", "personal"), "slot_missing");
  EXPECT_EQ(RefusalWithout("practitioner", "personal.name"), "slot_missing");
  EXPECT_EQ(RefusalWithout("practitioner", "personal.birth_date"), "");
  EXPECT_EQ(RefusalWithout("practitioner-amended", "personal"), "slot_missing");
  EXPECT_EQ(RefusalWithout("dispute", "personal"), "slot_missing");
  EXPECT_EQ(RefusalWithout("training", "personal"), "");
  EXPECT_EQ(RefusalWithout("insurance", "personal"), "");
}

}  // namespace
}  // namespace bonafide::registry
