// One golden token of each event type, made by another program, read field by field.
#include <gtest/gtest.h>

#include <algorithm>
#include <set>

#include "certs/reason.h"
#include "registry/vocabulary.h"
#include "tests/registry/golden_event.h"
#include "tests/registry/seeded_random.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

using certs::Json;

Day DayOf(std::string_view text) { return *Day::Parse(text); }
EventId IdOf(const std::string& label) { return {Sha256(label)}; }

template <typename Body>
Body GoldenBody(std::string_view name) {
  const Event event = ParsedGolden(name);
  EXPECT_TRUE(event.As<Body>() != nullptr) << name;
  return std::get<Body>(event.body);
}

TEST(GoldenEvents, CoverEveryTypeAndUnknownOnes) {
  std::set<size_t> seen;
  for (const GoldenEvent& golden : GoldenEvents()) {
    seen.insert(ParsedGolden(golden.name).body.index());
  }
  EXPECT_EQ(seen.size(), std::variant_size_v<EventBody>);
}

TEST(GoldenEvents, HaveTheirIdentityEnvelopeAndSignature) {
  for (const GoldenEvent& golden : GoldenEvents()) {
    SCOPED_TRACE(golden.name);
    const auto token = ParseToken(golden.jwt, kGoldenOrigin);
    ASSERT_TRUE(token.ok()) << token.status();
    const Event& event = token->event;
    EXPECT_EQ(event.id.ToString(), golden.id);
    EXPECT_EQ(event.vct, *golden.payload.FindString("vct"));
    EXPECT_EQ(event.jti, *golden.payload.FindString("jti"));
    EXPECT_EQ(event.issued_at_s, 1'750'000'000);
    const auto type = EventTypeOf(event.body);
    if (event.As<UnknownEvent>() == nullptr) {
      EXPECT_EQ(VctOf(type), event.vct);
    }
    EXPECT_EQ("https://register.example/demo/o/" + std::to_string(event.issuer.value),
              *golden.payload.FindString("iss"));
    if (event.IsCreation()) {
      EXPECT_FALSE(event.anchor.has_value());
    } else {
      EXPECT_EQ(event.subject, SubjectNumber{7});
      EXPECT_EQ(event.anchor, IdOf("anchor"));
    }
    const auto key = std::ranges::find(GoldenKeys(), event.key, &certs::PublicKey::id);
    ASSERT_NE(key, GoldenKeys().end());
    EXPECT_TRUE(certs::VerifyJws(token->jws, *key, kEventTyp).ok());
  }
}

TEST(GoldenEvents, OpenWithTheirDisclosures) {
  for (const GoldenEvent& golden : GoldenEvents()) {
    SCOPED_TRACE(golden.name);
    const Event event = ParsedGolden(golden.name);
    const auto opened = OpenSlots(event, golden.disclosures, /*all_required=*/true);
    ASSERT_TRUE(opened.ok()) << opened.status();
    const Json* personal = golden.payload.Find("personal");
    EXPECT_EQ(event.slots.size(), personal == nullptr ? 0 : personal->members().size());
    for (size_t i = 0; i < event.slots.size(); ++i) {
      EXPECT_EQ(event.slots[i].name, personal->members()[i].name);
      EXPECT_EQ((*opened)[i].name, event.slots[i].name);
    }
  }
  const auto opened =
      OpenSlots(ParsedGolden("practitioner"), Golden("practitioner").disclosures, true);
  EXPECT_EQ(*(*opened)[0].value.AsString(), "Zo\u00eb \u00c5gren-Example");
  EXPECT_EQ((*opened)[2].value.FindString("sha256")->size(), 64u);
  EXPECT_EQ(*(*opened)[3].value.AsString(), "1990-02-28");
}

// What is read and written again is the payload, but for what is drawn at random.
TEST(GoldenEvents, AreWhatSignEventWouldMake) {
  for (const GoldenEvent& golden : GoldenEvents()) {
    SCOPED_TRACE(golden.name);
    const Event event = ParsedGolden(golden.name);
    if (event.As<UnknownEvent>() != nullptr || golden.name == "scheme-version-rules-2") continue;
    const EventDraft draft{event.issuer,  event.issued_at_s,
                           event.subject, event.anchor,
                           event.body,    *OpenSlots(event, golden.disclosures, true)};
    SeededRandom random(7);
    const auto made = SignEvent(draft, kGoldenOrigin, SeededKey("issuer"), random);
    ASSERT_TRUE(made.ok()) << made.status();
    EXPECT_EQ(made->disclosures.size(), golden.disclosures.size());
    const auto without_random = [](const Json& payload) {
      const Json still = Without(payload, "jti");
      return payload.Find("personal") == nullptr ? still : Without(still, "personal");
    };
    EXPECT_EQ(certs::WriteJson(without_random(PayloadOf(made->jwt))),
              certs::WriteJson(without_random(golden.payload)));
  }
}

TEST(GoldenEvents, Genesis) {
  const auto body = GoldenBody<Genesis>("genesis");
  EXPECT_EQ(body.name, "Example Regulator");
  EXPECT_EQ(body.keys, GoldenKeys());
  EXPECT_EQ(body.origin, kGoldenOrigin);
  EXPECT_EQ(body.log_key, *Golden("genesis").payload.FindString("log_key"));
  EXPECT_EQ(body.max_head_gap_s, 3600);
  EXPECT_EQ(ParsedGolden("genesis").issuer, SubjectNumber{0});
}

TEST(GoldenEvents, Organisation) {
  const auto body = GoldenBody<OrganisationCreated>("organisation");
  EXPECT_EQ(body.kind, OrganisationKind::kAwardingBody);
  EXPECT_EQ(body.name, "Example Awarding Body");
  EXPECT_EQ(body.recognition, "RN0001");
  ASSERT_EQ(body.keys.size(), 1u);
  EXPECT_EQ(body.keys[0], SeededKey("second").public_key());
}

TEST(GoldenEvents, Accreditation) {
  const auto body = GoldenBody<Accreditation>("accreditation");
  EXPECT_EQ(body.power, Power::kIssueInsurance);
  EXPECT_EQ(body.scope, (std::vector<std::string>{"treatment_risk", "public_liability"}));
  EXPECT_EQ(body.insurer, SubjectNumber{5});
  EXPECT_TRUE(body.delegable);
  EXPECT_EQ(body.from, DayOf("2024-02-29"));
  EXPECT_EQ(body.until, DayOf("2026-12-31"));
  const auto ended = GoldenBody<AccreditationEnded>("accreditation-ended");
  EXPECT_EQ(ended.target, IdOf("grant"));
  EXPECT_EQ(ended.last_day, DayOf("2025-03-31"));
  EXPECT_EQ(ended.cut, LogIndex{412});
}

TEST(GoldenEvents, Keys) {
  EXPECT_EQ(GoldenBody<KeyAdded>("key-added").key, SeededKey("second").public_key());
  const Event event = ParsedGolden("key-revoked");
  const auto& body = *event.As<KeyRevoked>();
  EXPECT_EQ(body.key, SeededKey("second").public_key().id());
  EXPECT_EQ(body.cut, LogIndex{9'007'199'254'740'991});
  EXPECT_EQ(body.reason, RevocationReason::kCompromised);
}

TEST(GoldenEvents, Schemes) {
  const auto scheme = GoldenBody<SchemeCreated>("scheme");
  EXPECT_EQ(scheme.treatment, "scalp_micropigmentation");
  EXPECT_EQ(scheme.territory, "gb-eng");
  EXPECT_EQ(scheme.name, "Scalp micropigmentation, England");

  const auto body = GoldenBody<SchemeVersion>("scheme-version");
  EXPECT_EQ(body.rules, 1);
  EXPECT_EQ(body.from, DayOf("2025-01-01"));
  EXPECT_EQ(body.zone, "Europe/London");
  ASSERT_EQ(body.training.size(), 2u);
  EXPECT_EQ(body.training[1].name, "Infection control");
  ASSERT_EQ(body.training[0].any_of.size(), 2u);
  const Qualification& first = body.training[0].any_of[0];
  EXPECT_EQ(first.number, "900/0001/8");
  EXPECT_EQ(first.title, "Level 4 Certificate in Example Scalp Work");
  EXPECT_EQ(first.framework, "rqf");
  EXPECT_EQ(first.level, 4);
  EXPECT_EQ(first.owner, "RN0001");
  EXPECT_EQ(first.operational_start, DayOf("2018-06-18"));
  EXPECT_EQ(first.certification_end, DayOf("2030-01-01"));
  EXPECT_EQ(first.awarded_from, DayOf("2018-07-01"));
  EXPECT_EQ(first.awarded_to, DayOf("2029-12-31"));
  EXPECT_EQ(first.accepted_until, DayOf("2035-06-30"));
  EXPECT_EQ(first.valid_for_months, 36);
  EXPECT_EQ(first.refreshers, (std::vector<std::string>{"900/0002/X", "900/0003/1"}));
  const Qualification& second = body.training[0].any_of[1];
  EXPECT_EQ(second.level, 5);
  EXPECT_FALSE(second.operational_start || second.certification_end || second.awarded_from ||
               second.awarded_to || second.accepted_until || second.valid_for_months);
  EXPECT_EQ(body.training_grade, Grade::kIssuerConfirmed);
  EXPECT_EQ(body.training_max_age_days, 730);
  ASSERT_EQ(body.insurance.size(), 2u);
  EXPECT_EQ(body.insurance[0].section, "treatment_risk");
  EXPECT_EQ(body.insurance[0].currency, "GBP");
  EXPECT_EQ(body.insurance[0].per_claim_minor, 100'000'000);
  EXPECT_EQ(body.insurance[0].aggregate_minor, 500'000'000);
  EXPECT_FALSE(body.insurance[1].aggregate_minor.has_value());
  EXPECT_EQ(body.insurance_grade, Grade::kDocumentSeen);
  EXPECT_EQ(body.insurance_max_age_days, 365);
  EXPECT_FALSE(body.own_clinic_may_attest);
  EXPECT_EQ(body.spent_after_days, 1825);
}

TEST(GoldenEvents, ASchemeVersionOfLaterRulesIsOnlyItsRules) {
  const auto body = GoldenBody<SchemeVersion>("scheme-version-rules-2");
  EXPECT_EQ(body.rules, 2);
  EXPECT_TRUE(body.training.empty());
}

TEST(GoldenEvents, Practitioners) {
  EXPECT_TRUE(ParsedGolden("practitioner").As<PractitionerRegistered>() != nullptr);
  EXPECT_EQ(GoldenBody<PractitionerAmended>("practitioner-amended").from, DayOf("2025-05-01"));
  const auto affiliation = GoldenBody<Affiliation>("affiliation");
  EXPECT_EQ(affiliation.clinic, SubjectNumber{12});
  EXPECT_EQ(affiliation.from, DayOf("2025-01-01"));
  EXPECT_EQ(affiliation.until, DayOf("2025-12-31"));
  EXPECT_EQ(GoldenBody<AffiliationConfirmed>("affiliation-confirmed").target, IdOf("affiliation"));
  const auto same = GoldenBody<SamePerson>("same-person");
  EXPECT_EQ(same.other, SubjectNumber{9});
  EXPECT_EQ(same.other_anchor, IdOf("other"));
  EXPECT_EQ(GoldenBody<Dispute>("dispute").target, IdOf("target"));
  EXPECT_EQ(GoldenBody<Erasure>("erasure").target, IdOf("target"));
}

TEST(GoldenEvents, TrainingRecords) {
  const auto body = GoldenBody<Training>("training");
  EXPECT_EQ(body.framework, "rqf");
  EXPECT_EQ(body.level, 4);
  EXPECT_EQ(body.qualification, "900/0001/8");
  EXPECT_EQ(body.title, "Level 4 Certificate in Example Scalp Work");
  EXPECT_EQ(body.issuer.name, "Example Awarding Body");
  EXPECT_EQ(body.issuer.recognition, "RN0001");
  EXPECT_EQ(body.issuer.number, SubjectNumber{4});
  EXPECT_EQ(body.awarded_on, DayOf("2024-11-30"));
  EXPECT_EQ(body.provenance.grade, Grade::kIssuerConfirmed);
  EXPECT_FALSE(body.provenance.seen_on.has_value());
  ASSERT_TRUE(body.provenance.confirmed.has_value());
  EXPECT_EQ(body.provenance.confirmed->with, "Example Awarding Body, certificates desk");
  EXPECT_EQ(body.provenance.confirmed->on, DayOf("2025-02-03"));
  EXPECT_EQ(body.provenance.confirmed->how, ConfirmedHow::kEmail);
  EXPECT_EQ(body.replaces, IdOf("replaced"));

  const auto seen = GoldenBody<Training>("training-document-seen");
  EXPECT_EQ(seen.provenance.grade, Grade::kDocumentSeen);
  EXPECT_EQ(seen.provenance.seen_on, DayOf("2025-02-03"));
  EXPECT_FALSE(seen.issuer.number || seen.issuer.recognition || seen.replaces);
}

TEST(GoldenEvents, InsuranceCertificates) {
  const auto body = GoldenBody<Insurance>("insurance");
  EXPECT_EQ(body.issuer.name, "Example Mutual Insurance");
  EXPECT_EQ(body.intermediary, "Example Brokers");
  EXPECT_EQ(body.basis, Basis::kClaimsMade);
  EXPECT_EQ(body.from, DayOf("2025-01-01"));
  EXPECT_EQ(body.until, DayOf("2025-12-31"));
  ASSERT_TRUE(body.retroactive.has_value());
  EXPECT_FALSE(body.retroactive->unlimited);
  EXPECT_EQ(body.retroactive->since, DayOf("2023-01-01"));
  EXPECT_EQ(body.extended_until, DayOf("2030-12-31"));
  EXPECT_EQ(body.territories, (std::vector<std::string>{"gb-eng", "gb-wls"}));
  ASSERT_EQ(body.sections.size(), 2u);
  EXPECT_EQ(body.sections[0].section, "treatment_risk");
  EXPECT_EQ(body.sections[0].currency, "GBP");
  EXPECT_EQ(body.sections[0].per_claim_minor, 500'000'000);
  EXPECT_EQ(body.sections[0].aggregate_minor, 1'000'000'000'000'000);
  EXPECT_EQ(body.sections[0].excess_minor, 25'000);
  EXPECT_FALSE(body.sections[1].per_claim_minor || body.sections[1].aggregate_minor ||
               body.sections[1].excess_minor);
  ASSERT_EQ(body.treatments.size(), 2u);
  EXPECT_EQ(body.treatments[0].treatment, "scalp_micropigmentation");
  EXPECT_TRUE(body.treatments[0].excludes_under_18 && body.treatments[0].excludes_no_patch_test &&
              body.treatments[0].excludes_no_consent);
  EXPECT_FALSE(body.treatments[1].excludes_under_18 || body.treatments[1].excludes_no_patch_test ||
               body.treatments[1].excludes_no_consent);
  EXPECT_EQ(body.not_covered, std::vector<std::string>{"laser_removal"});
  EXPECT_EQ(body.policyholder, SubjectNumber{12});
  EXPECT_EQ(body.only_while_working_for, SubjectNumber{12});
  EXPECT_EQ(body.provenance.grade, Grade::kIssuerSigned);
  EXPECT_EQ(body.replaces, IdOf("old policy"));

  const auto occurrence = GoldenBody<Insurance>("insurance-occurrence");
  EXPECT_EQ(occurrence.basis, Basis::kOccurrence);
  EXPECT_FALSE(occurrence.retroactive || occurrence.extended_until || occurrence.intermediary);
  EXPECT_EQ(occurrence.sections[0].per_claim_minor, 0);
}

TEST(GoldenEvents, WithdrawalsAndSanctions) {
  const auto withdrawal = GoldenBody<Withdrawal>("withdrawal");
  EXPECT_EQ(withdrawal.target, IdOf("target"));
  EXPECT_EQ(withdrawal.from, DayOf("2025-06-01"));
  EXPECT_EQ(withdrawal.reason, WithdrawalReason::kCancelled);
  EXPECT_FALSE(GoldenBody<Withdrawal>("withdrawal-es256").from.has_value());
  EXPECT_EQ(GoldenBody<Withdrawal>("withdrawal-es256").reason, WithdrawalReason::kFalse);
  const auto sanction = GoldenBody<Sanction>("sanction");
  EXPECT_EQ(sanction.kind, SanctionKind::kConditions);
  EXPECT_EQ(sanction.from, DayOf("2025-06-01"));
  EXPECT_EQ(sanction.until, DayOf("2025-09-30"));
  EXPECT_EQ(sanction.barred, (std::vector<std::string>{"scalp_micropigmentation", "tattoo"}));
}

TEST(GoldenEvents, AnUnknownTypeKeepsItsSlots) {
  const Event event = ParsedGolden("unknown");
  EXPECT_EQ(event.vct, "urn:bonafide:teleportation:v1");
  ASSERT_EQ(event.slots.size(), 1u);
  EXPECT_EQ(event.slots[0].name, "from_where");
}

}  // namespace
}  // namespace bonafide::registry
