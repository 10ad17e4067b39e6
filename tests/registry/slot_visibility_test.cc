#include "registry/slot_visibility.h"

#include <gtest/gtest.h>

#include "tests/registry/golden_event.h"

namespace bonafide::registry {
namespace {

TEST(SlotVisibility, IsTheTableOfTheProtocol) {
  for (std::string_view slot :
       {"name", "town", "photo", "name_on_paper", "public_papers", "text"}) {
    EXPECT_EQ(AudienceOf(slot), Audience::kEveryone) << slot;
  }
  for (std::string_view slot : {"certificate_number", "policy_number", "papers"}) {
    EXPECT_EQ(AudienceOf(slot), Audience::kParties) << slot;
  }
  EXPECT_EQ(AudienceOf("birth_date"), Audience::kRegistrars);
  EXPECT_EQ(AudienceOf("case_papers"), Audience::kRegulators);
  EXPECT_EQ(AudienceOf("aura"), Audience::kRegulators) << "a slot of a later version";
}

// Golden training: signed by 1, issuer 4; the practitioner was registered by 12.
std::string WhoSees(std::string_view slot) {
  const Event event = ParsedGolden("training");
  std::string seen;
  const auto ask = [&](char letter, const std::optional<Reader>& reader) {
    if (MaySeeSlot(slot, event, SubjectNumber{12}, reader)) seen += letter;
  };
  ask('p', std::nullopt);
  ask('c', Reader{{99}, OrganisationKind::kClinic});
  ask('i', Reader{{98}, OrganisationKind::kInsurer});
  ask('s', Reader{{1}, OrganisationKind::kClinic});
  ask('n', Reader{{4}, OrganisationKind::kAwardingBody});
  ask('r', Reader{{12}, OrganisationKind::kClinic});
  ask('R', Reader{{50}, OrganisationKind::kRegistrar});
  ask('G', Reader{{0}, OrganisationKind::kRegulator});
  return seen;
}

TEST(SlotVisibility, DependsOnWhoAsks) {
  EXPECT_EQ(WhoSees("public_papers"), "pcisnrRG");
  EXPECT_EQ(WhoSees("papers"), "snrRG");
  EXPECT_EQ(WhoSees("birth_date"), "RG");
  EXPECT_EQ(WhoSees("case_papers"), "G");
}

TEST(SlotVisibility, AnIssuerWithoutANumberIsNobody) {
  const Event event = ParsedGolden("training-document-seen");
  EXPECT_FALSE(
      MaySeeSlot("papers", event, SubjectNumber{12}, Reader{{4}, OrganisationKind::kAwardingBody}));
}

}  // namespace
}  // namespace bonafide::registry
