#include "storage/papers/paper_access.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <utility>
#include <vector>

#include "certs/reason.h"
#include "storage/papers/paper_reader.h"
#include "tests/storage/scratch_database.h"

namespace bonafide::storage {
namespace {

using registry::OrganisationKind;
using ::testing::ElementsAre;
using ::testing::IsEmpty;

constexpr SubjectNumber kSigner{1};
constexpr SubjectNumber kIssuer{2};
constexpr SubjectNumber kRegisteredBy{3};
constexpr SubjectNumber kStranger{4};

PaperNaming Named(SlotKind slot, uint64_t index = 9) {
  return {{{{7}, {index}}, slot, 0, Sha256("paper")}, {kSigner, kIssuer, kRegisteredBy}};
}

PaperDecision Decide(std::vector<PaperNaming> namings, const Audience& asker) {
  return DecidePaper(namings, asker).decision;
}

TEST(PaperAccessTest, FollowsTheTableOfSlots) {
  const auto kPublic = PaperDecision::kPublic;
  const auto kAllowed = PaperDecision::kAllowed;
  const auto kRefused = PaperDecision::kRefused;
  const OrganisationKind clinic = OrganisationKind::kClinic;
  struct Case {
    const char* who;
    Audience asker;
    PaperDecision papers;
    PaperDecision case_papers;
  };
  for (const Case& c : std::vector<Case>{
           {"anyone", Audience(), kRefused, kRefused},
           {"the signer", Audience(kSigner, clinic), kAllowed, kRefused},
           {"the issuer it names", Audience(kIssuer, OrganisationKind::kInsurer), kAllowed,
            kRefused},
           {"who registered the person", Audience(kRegisteredBy, clinic), kAllowed, kRefused},
           {"another clinic", Audience(kStranger, clinic), kRefused, kRefused},
           {"another insurer", Audience(kStranger, OrganisationKind::kInsurer), kRefused, kRefused},
           {"an awarding body", Audience(kStranger, OrganisationKind::kAwardingBody), kRefused,
            kRefused},
           {"a coverholder", Audience(kStranger, OrganisationKind::kCoverholder), kRefused,
            kRefused},
           {"any registrar", Audience(kStranger, OrganisationKind::kRegistrar), kAllowed, kRefused},
           {"any regulator", Audience(kStranger, OrganisationKind::kRegulator), kAllowed, kAllowed},
       }) {
    EXPECT_EQ(Decide({Named(SlotKind::kPapers)}, c.asker), c.papers) << c.who;
    EXPECT_EQ(Decide({Named(SlotKind::kCasePapers)}, c.asker), c.case_papers) << c.who;
    EXPECT_EQ(Decide({Named(SlotKind::kPhoto)}, c.asker), kPublic) << c.who;
    EXPECT_EQ(Decide({Named(SlotKind::kPublicPapers)}, c.asker), kPublic) << c.who;
    EXPECT_EQ(Decide({}, c.asker), kRefused) << c.who;
  }
}

TEST(PaperAccessTest, TakesTheWidestNaming) {
  const std::vector<PaperNaming> namings = {Named(SlotKind::kCasePapers, 1),
                                            Named(SlotKind::kPapers, 2)};
  const PaperRuling clinic = DecidePaper(namings, Audience(kSigner, OrganisationKind::kClinic));
  EXPECT_EQ(clinic.decision, PaperDecision::kAllowed);
  EXPECT_EQ(clinic.naming, &namings[1]);
  const PaperRuling anyone = DecidePaper(namings, Audience());
  EXPECT_EQ(anyone.decision, PaperDecision::kRefused);
  EXPECT_EQ(anyone.naming, &namings[0]);
  EXPECT_EQ(Decide({Named(SlotKind::kPapers), Named(SlotKind::kPublicPapers)}, Audience()),
            PaperDecision::kPublic);
  EXPECT_EQ(DecidePaper({}, Audience()).naming, nullptr);
}

TEST(PaperReferenceTest, IsFoundFromBothSides) {
  ScratchDatabase database;
  const Digest one = Sha256("one");
  const Digest two = Sha256("two");
  const PaperReference first{{{5}, {10}}, SlotKind::kPapers, 0, one};
  const PaperReference second{{{5}, {10}}, SlotKind::kPapers, 1, two};
  const PaperReference elsewhere{{{6}, {11}}, SlotKind::kPublicPapers, 0, one};
  const PaperReference later{{{5}, {12}}, SlotKind::kPhoto, 0, one};
  WriteBatch batch;
  for (const auto& reference : {first, second, elsewhere, later}) AddReference(reference, batch);
  ASSERT_TRUE(database->Write(std::move(batch)).ok());

  auto snapshot = database->Now();
  EXPECT_THAT(*ReferencesTo(*snapshot, one, 10), ElementsAre(first, later, elsewhere));
  EXPECT_THAT(*ReferencesTo(*snapshot, one, 2), ElementsAre(first, later));
  EXPECT_THAT(*ReferencesOf(*snapshot, LoggedAt{{5}, {10}}), ElementsAre(first, second));
  EXPECT_THAT(*ReferencesOf(*snapshot, SubjectNumber{5}), ElementsAre(first, second, later));
  EXPECT_THAT(*ReferencesOf(*snapshot, SubjectNumber{1}), IsEmpty());
  EXPECT_TRUE(*IsNamed(*snapshot, two));
  EXPECT_FALSE(*IsNamed(*snapshot, Sha256("three")));

  WriteBatch removal;
  RemoveReference(second, removal);
  ASSERT_TRUE(database->Write(std::move(removal)).ok());
  snapshot = database->Now();
  EXPECT_FALSE(*IsNamed(*snapshot, two));
  EXPECT_THAT(*ReferencesOf(*snapshot, LoggedAt{{5}, {10}}), ElementsAre(first));

  WriteBatch garbled;
  garbled.Put(Family::kPapers, "n" + LoggedAtKey({{5}, {10}}) + "\x08", one.view());
  ASSERT_TRUE(database->Write(std::move(garbled)).ok());
  EXPECT_EQ(ReasonOf(ReferencesOf(*database->Now(), SubjectNumber{5}).status()), "data_damaged");
}

}  // namespace
}  // namespace bonafide::storage
