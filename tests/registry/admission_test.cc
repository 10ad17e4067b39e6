// Admission: who may log what. Each refusal stands beside the event that is admitted.
#include "registry/admission.h"

#include <gtest/gtest.h>

#include "certs/reason.h"
#include "tests/registry/example_register.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

class Admission : public testing::Test {
 protected:
  // "" when admitted, else the reason.
  std::string File(const Party& by, EventBody body, const Party& about,
                   std::vector<OpenedSlot> personal = {}) {
    return ReasonOf(scratch().TryFile(by, std::move(body), about, std::move(personal)).status());
  }
  std::string Create(const Party& by, EventBody body, std::vector<SubjectNumber> also = {}) {
    std::vector<SubjectNumber> subjects = {SubjectNumber{scratch().subject_count()}};
    subjects.insert(subjects.end(), also.begin(), also.end());
    return ReasonOf(scratch().Submit(scratch().Sign(by, std::move(body)), subjects));
  }
  Accreditation GrantOf(Power power, std::vector<std::string> scope, bool delegable = false) const {
    return {power, std::move(scope), std::nullopt, delegable, DayOf("2010-01-01"), std::nullopt};
  }
  OrganisationCreated Organisation(OrganisationKind kind) {
    return {kind, "Example Newcomer", std::nullopt, {scratch().NewKey()->public_key()}};
  }
  Sanction Suspension() const {
    return {SanctionKind::kSuspension, DayOf("2026-06-01"), std::nullopt, {}};
  }
  ScratchRegister& scratch() { return example_.scratch; }
  const Party& regulator() { return scratch().regulator(); }

  ExampleRegister example_;
};

TEST_F(Admission, OrganisationsAreAdmittedByWhoeverMayAdmitThatKind) {
  EXPECT_EQ(Create(example_.registrar, Organisation(OrganisationKind::kClinic)), "power_missing");
  scratch().Grant(regulator(), example_.registrar, Power::kAdmit, {"clinic"});
  EXPECT_EQ(Create(example_.registrar, Organisation(OrganisationKind::kClinic)), "");
  EXPECT_EQ(Create(example_.registrar, Organisation(OrganisationKind::kInsurer)), "power_missing");
}

TEST_F(Admission, AGrantNeedsADelegablePowerOfTheGrantor) {
  const Party deputy = scratch().Admit(OrganisationKind::kRegulator, "Example Deputy", regulator());
  scratch().Grant(regulator(), deputy, Power::kAdmit, {"*"});
  const Party new_clinic = scratch().Admit(OrganisationKind::kClinic, "Example Clinic", deputy);
  scratch().Grant(regulator(), deputy, Power::kRegister, {"*"}, /*delegable=*/false);
  EXPECT_EQ(File(deputy, GrantOf(Power::kRegister, {"*"}), new_clinic), "power_missing");
  scratch().Grant(regulator(), deputy, Power::kRegister, {"*"}, /*delegable=*/true);
  EXPECT_EQ(File(deputy, GrantOf(Power::kRegister, {"*"}), new_clinic), "");
  EXPECT_EQ(File(deputy, GrantOf(Power::kSanction, {"*"}), new_clinic), "power_missing");
}

TEST_F(Admission, AGrantIsASubsetOfTheGrantorsScope) {
  const Party deputy = scratch().Admit(OrganisationKind::kRegulator, "Example Deputy", regulator());
  scratch().Grant(regulator(), deputy, Power::kAdmit, {"*"});
  scratch().Grant(regulator(), deputy, Power::kIssueTraining, {"999/1234/4"}, true);
  const Party body = scratch().Admit(OrganisationKind::kAwardingBody, "Example Body", deputy);
  EXPECT_EQ(File(deputy, GrantOf(Power::kIssueTraining, {"999/1234/4"}), body), "");
  EXPECT_EQ(File(deputy, GrantOf(Power::kIssueTraining, {"999/1234/4", "999/9999/9"}), body),
            "power_missing");
  EXPECT_EQ(File(deputy, GrantOf(Power::kIssueTraining, {"*"}), body), "power_missing");
}

TEST_F(Admission, NobodyAccreditsItsEqualsOrItself) {
  scratch().Grant(regulator(), example_.registrar, Power::kRegister, {"*"}, true);
  EXPECT_EQ(File(example_.registrar, GrantOf(Power::kRegister, {"*"}), example_.insurer), "rank");
  EXPECT_EQ(File(example_.registrar, GrantOf(Power::kRegister, {"*"}), example_.registrar), "rank");
}

TEST_F(Admission, AChainHasAtMostFourGrants) {
  Party above = regulator();
  std::vector<Party> chain;
  for (int depth = 1; depth <= 5; ++depth) {
    // Everyone in the chain is admitted by the one above it, so that its rank grows.
    if (depth > 1) {
      const std::string reason = File(regulator(), GrantOf(Power::kAdmit, {"*"}), above);
      ASSERT_EQ(reason, "");
    }
    const Party next = scratch().Admit(OrganisationKind::kRegulator, "Example Deputy", above);
    EXPECT_EQ(File(above, GrantOf(Power::kSanction, {"*"}, true), next),
              depth <= 4 ? "" : "power_missing")
        << depth;
    above = next;
  }
}

TEST_F(Admission, AnEndedAccreditationAdmitsNothingMore) {
  ASSERT_EQ(File(example_.insurer, example_.Policy(), example_.practitioner), "");
  const Subject* insurer = scratch().world().Find(example_.insurer.number);
  const EventId grant = insurer->grants().front().granted->event().id;
  EXPECT_EQ(File(example_.registrar, AccreditationEnded{grant, DayOf("2026-01-01"), std::nullopt},
                 example_.insurer),
            "rank");
  EXPECT_EQ(File(example_.insurer, AccreditationEnded{grant, DayOf("2026-05-27"), std::nullopt},
                 example_.insurer),
            "cut");
  EXPECT_EQ(File(regulator(), AccreditationEnded{grant, DayOf("2026-05-28"), std::nullopt},
                 example_.insurer),
            "");
  // Its last day is today: still admitted, and no longer tomorrow.
  EXPECT_EQ(File(example_.insurer, example_.Policy(), example_.practitioner), "");
  scratch().AdvanceDays(1);
  EXPECT_EQ(File(example_.insurer, example_.Policy(), example_.practitioner), "power_missing");
}

TEST_F(Admission, AnAccreditationWithACutEndsAtOnce) {
  const Subject* insurer = scratch().world().Find(example_.insurer.number);
  const EventId grant = insurer->grants().front().granted->event().id;
  EXPECT_EQ(File(regulator(), AccreditationEnded{grant, DayOf("2030-01-01"), LogIndex{9999}},
                 example_.insurer),
            "cut");
  EXPECT_EQ(File(regulator(), AccreditationEnded{grant, DayOf("2030-01-01"), LogIndex{1}},
                 example_.insurer),
            "");
  EXPECT_EQ(File(example_.insurer, example_.Policy(), example_.practitioner), "power_missing");
}

TEST_F(Admission, ARevokedKeySignsNoMoreAndNeverReturns) {
  const auto second = scratch().NewKey();
  EXPECT_EQ(File(example_.insurer, KeyAdded{second->public_key()}, example_.insurer), "");
  const certs::PublicKey first = example_.insurer.key->public_key();
  EXPECT_EQ(File(example_.insurer, KeyRevoked{first.id(), std::nullopt, {}}, example_.insurer), "");
  EXPECT_EQ(File(example_.insurer, example_.Policy(), example_.practitioner), "key_revoked");
  Party renewed = example_.insurer;
  renewed.key = second;
  EXPECT_EQ(File(renewed, example_.Policy(), example_.practitioner), "");
  EXPECT_EQ(File(renewed, KeyAdded{first}, example_.insurer), "already");
  EXPECT_EQ(File(renewed, KeyRevoked{first.id(), std::nullopt, {}}, example_.insurer), "already");
}

TEST_F(Admission, AThiefWhoRevokesFirstDoesNotStopTheCut) {
  const certs::KeyId key = example_.insurer.key->public_key().id();
  ASSERT_EQ(File(example_.insurer, KeyRevoked{key, std::nullopt, {}}, example_.insurer), "");
  EXPECT_EQ(File(regulator(), KeyRevoked{key, std::nullopt, {}}, example_.insurer), "already");
  EXPECT_EQ(File(regulator(), KeyRevoked{key, LogIndex{3}, {}}, example_.insurer), "");
}

TEST_F(Admission, KeysAreTheOrganisationsOrItsAncestorsToChange) {
  const auto key = scratch().NewKey();
  EXPECT_EQ(File(example_.registrar, KeyAdded{key->public_key()}, example_.insurer), "rank");
  EXPECT_EQ(File(regulator(), KeyAdded{key->public_key()}, example_.insurer), "");
  EXPECT_EQ(File(regulator(), KeyAdded{key->public_key()}, example_.practitioner), "kind");
  EXPECT_EQ(File(regulator(), KeyRevoked{scratch().NewKey()->public_key().id(), std::nullopt, {}},
                 example_.insurer),
            "target");
}

TEST_F(Admission, TheLastKeyOfTheFirstRegulatorStays) {
  const certs::KeyId only = regulator().key->public_key().id();
  EXPECT_EQ(File(regulator(), KeyRevoked{only, std::nullopt, {}}, regulator()), "last_key");
  ASSERT_EQ(File(regulator(), KeyAdded{scratch().NewKey()->public_key()}, regulator()), "");
  EXPECT_EQ(File(regulator(), KeyRevoked{only, std::nullopt, {}}, regulator()), "");
}

TEST_F(Admission, AnUnknownOrForeignKeyIsRefused) {
  Party impostor = example_.insurer;
  impostor.key = scratch().NewKey();
  EXPECT_EQ(File(impostor, example_.Policy(), example_.practitioner), "key_unknown");
  impostor.key = example_.awarding_body.key;
  EXPECT_EQ(File(impostor, example_.Policy(), example_.practitioner), "key_unknown");
  Party person = example_.practitioner;
  person.key = scratch().NewKey();
  EXPECT_EQ(File(person, example_.Policy(), example_.practitioner), "issuer_unknown");
}

TEST_F(Admission, AWrongSignatureIsRefused) {
  SignedEvent event = scratch().Sign(example_.insurer, example_.Policy(), example_.practitioner);
  const size_t last_dot = event.jwt.rfind('.');
  event.jwt[last_dot + 5] = event.jwt[last_dot + 5] == 'A' ? 'B' : 'A';
  EXPECT_EQ(ReasonOf(scratch().Submit(event, {example_.practitioner.number})),
            "token_signature_wrong");
}

TEST_F(Admission, TheTokenIsFresh) {
  const auto submit_after_ms = [&](int64_t ms) {
    const SignedEvent event =
        scratch().Sign(example_.insurer, example_.Policy(), example_.practitioner);
    scratch().Advance(ms);
    return ReasonOf(scratch().Submit(event, {example_.practitioner.number}));
  };
  EXPECT_EQ(submit_after_ms(kIssuedAtPastMs), "");
  EXPECT_EQ(submit_after_ms(kIssuedAtPastMs + 1000), "issued_at");
  EXPECT_EQ(submit_after_ms(-kIssuedAtFutureMs), "");
  EXPECT_EQ(submit_after_ms(-kIssuedAtFutureMs - 1000), "issued_at");
}

TEST_F(Admission, OneSchemeForAPair) {
  EXPECT_EQ(Create(regulator(),
                   SchemeCreated{ExampleRegister::kTreatment, ExampleRegister::kTerritory, "Again"},
                   {SubjectNumber{0}}),
            "already");
  EXPECT_EQ(Create(regulator(), SchemeCreated{ExampleRegister::kTreatment, "elsewhere", "Other"},
                   {SubjectNumber{0}}),
            "");
  EXPECT_EQ(Create(example_.registrar, SchemeCreated{"microblading", "elsewhere", "No power"},
                   {SubjectNumber{0}}),
            "power_missing");
}

TEST_F(Admission, ASchemeIsLoggedUnderSubjectZeroToo) {
  EXPECT_EQ(Create(regulator(), SchemeCreated{"microblading", "elsewhere", "Hidden"}),
            "entry_subjects");
  EXPECT_EQ(Create(regulator(), SchemeCreated{"microblading", "elsewhere", "Elsewhere"},
                   {example_.clinic.number}),
            "entry_subjects");
}

TEST_F(Admission, VersionsBelongToSchemes) {
  EXPECT_EQ(File(regulator(), ExampleRegister::Rules(), example_.clinic), "kind");
  EXPECT_EQ(File(regulator(), ExampleRegister::Rules(), example_.scheme), "");
  EXPECT_EQ(File(example_.clinic, ExampleRegister::Rules(), example_.scheme), "power_missing");
}

TEST_F(Admission, GradesAreCapped) {
  Training attested = example_.AwardedTraining();
  attested.provenance = {Grade::kDocumentSeen, DayOf("2026-05-20"), std::nullopt};
  EXPECT_EQ(File(example_.clinic, attested, example_.practitioner), "");
  attested.provenance = {Grade::kIssuerConfirmed, std::nullopt,
                         Confirmation{"Example Awards", DayOf("2026-05-20"), ConfirmedHow::kEmail}};
  EXPECT_EQ(File(example_.clinic, attested, example_.practitioner), "power_missing");
  EXPECT_EQ(File(example_.registrar, attested, example_.practitioner), "");
  EXPECT_EQ(File(example_.registrar, example_.AwardedTraining(), example_.practitioner), "kind");
}

TEST_F(Admission, TheIssuerNamedByNumberIsOfTheRightKind) {
  Training attested = example_.AwardedTraining();
  attested.provenance = {Grade::kDocumentSeen, DayOf("2026-05-20"), std::nullopt};
  attested.issuer.number = example_.insurer.number;
  EXPECT_EQ(File(example_.clinic, attested, example_.practitioner), "kind");
  attested.issuer.number = SubjectNumber{4711};
  EXPECT_EQ(File(example_.clinic, attested, example_.practitioner), "subject_unknown");
  attested.issuer.number.reset();
  EXPECT_EQ(File(example_.clinic, attested, example_.practitioner), "");
}

TEST_F(Admission, ACoverholderActsOnlyForTheInsurerItsGrantNames) {
  const Party broker =
      scratch().Admit(OrganisationKind::kCoverholder, "Example Coverholder", regulator());
  const Party rival = scratch().Admit(OrganisationKind::kInsurer, "Example Rival", regulator());
  Insurance policy = example_.Policy();
  EXPECT_EQ(File(broker, policy, example_.practitioner), "power_missing");
  EXPECT_EQ(File(regulator(), GrantOf(Power::kIssueInsurance, {"treatment_risk"}), broker), "kind");
  scratch().Grant(regulator(), broker, Power::kIssueInsurance, {"treatment_risk"}, false,
                  example_.insurer.number);
  EXPECT_EQ(File(broker, policy, example_.practitioner), "");
  policy.issuer.number = rival.number;
  EXPECT_EQ(File(broker, policy, example_.practitioner), "power_missing");
}

TEST_F(Admission, AnInsurerCannotLendAnothersName) {
  scratch().Grant(regulator(), example_.insurer, Power::kAdmit, {"coverholder"});
  scratch().Grant(regulator(), example_.insurer, Power::kIssueInsurance, {"treatment_risk"}, true);
  const Party rival = scratch().Admit(OrganisationKind::kInsurer, "Example Rival", regulator());
  const Party broker =
      scratch().Admit(OrganisationKind::kCoverholder, "Example Coverholder", example_.insurer);
  Accreditation grant = GrantOf(Power::kIssueInsurance, {"treatment_risk"});
  grant.insurer = rival.number;
  EXPECT_EQ(File(example_.insurer, grant, broker), "power_missing");
  grant.insurer = example_.insurer.number;
  EXPECT_EQ(File(example_.insurer, grant, broker), "");
}

TEST_F(Admission, AClinicSpeaksForItself) {
  const Affiliation at_north{example_.clinic.number, DayOf("2026-01-01"), std::nullopt};
  EXPECT_EQ(File(example_.other_clinic, at_north, example_.practitioner), "kind");
  EXPECT_EQ(File(example_.registrar, at_north, example_.practitioner), "kind");
  EXPECT_EQ(File(example_.clinic, at_north, example_.practitioner), "");
  const EventId affiliation =
      scratch().world().Find(example_.practitioner.number)->events().back()->event().id;
  EXPECT_EQ(File(example_.clinic, AffiliationConfirmed{affiliation}, example_.practitioner),
            "kind");
  EXPECT_EQ(
      File(example_.registrar, AffiliationConfirmed{example_.training}, example_.practitioner),
      "target");
  EXPECT_EQ(File(example_.registrar, AffiliationConfirmed{affiliation}, example_.practitioner), "");
}

TEST_F(Admission, DetailsAreAmendedByTheRegisteringClinicOrARegistrar) {
  const auto rename = [&](const Party& by) {
    return File(by, PractitionerAmended{DayOf("2026-05-01")}, example_.practitioner,
                {{"name", certs::Json::String("Zoë Example-Smith")}});
  };
  EXPECT_EQ(rename(example_.other_clinic), "kind");
  EXPECT_EQ(rename(example_.clinic), "");
  EXPECT_EQ(rename(example_.registrar), "");
  EXPECT_EQ(rename(example_.insurer), "kind");
}

TEST_F(Admission, WithdrawalsAreForTheSignerTheIssuerItNamesAndRegulators) {
  Training attested = example_.AwardedTraining();
  attested.provenance = {Grade::kDocumentSeen, DayOf("2026-05-20"), std::nullopt};
  const EventId seen = scratch().File(example_.clinic, attested, example_.practitioner);
  const auto withdraw = [&](const Party& by, const EventId& target,
                            std::optional<Day> from = std::nullopt) {
    return File(by, Withdrawal{target, from, WithdrawalReason::kFalse}, example_.practitioner);
  };
  EXPECT_EQ(withdraw(example_.other_clinic, seen), "kind");
  EXPECT_EQ(withdraw(example_.insurer, seen), "kind");
  EXPECT_EQ(withdraw(example_.awarding_body, seen), "");  // it is named in `issuer.number`
  EXPECT_EQ(withdraw(example_.awarding_body, seen), "already");
  EXPECT_EQ(withdraw(example_.awarding_body, seen, DayOf("2026-06-01")), "");
  EXPECT_EQ(withdraw(example_.clinic, seen), "");
  EXPECT_EQ(withdraw(regulator(), seen), "");
  EXPECT_EQ(withdraw(example_.clinic, example_.insurance), "kind");
}

TEST_F(Admission, OnlyWhatWasFiledCanBeWithdrawnAndNoWithdrawalCan) {
  const auto withdraw = [&](const EventId& target) {
    return File(regulator(), Withdrawal{target, std::nullopt, WithdrawalReason::kError},
                example_.practitioner);
  };
  EXPECT_EQ(withdraw(EventId{Sha256("never logged")}), "target");
  EXPECT_EQ(withdraw(example_.practitioner.anchor), "target");
  EXPECT_EQ(withdraw(example_.version), "target");  // of another subject
  ASSERT_EQ(withdraw(example_.training), "");
  const EventId withdrawal =
      scratch().world().Find(example_.practitioner.number)->events().back()->event().id;
  EXPECT_EQ(withdraw(withdrawal), "target");
}

TEST_F(Admission, AReplacementKeepsWhatItMustKeep) {
  Training again = example_.AwardedTraining();
  again.replaces = example_.training;
  EXPECT_EQ(File(example_.awarding_body, again, example_.practitioner), "");
  again.awarded_on = DayOf("2023-01-01");
  EXPECT_EQ(File(example_.awarding_body, again, example_.practitioner), "replacement");
  again = example_.AwardedTraining();
  again.replaces = example_.insurance;
  EXPECT_EQ(File(example_.awarding_body, again, example_.practitioner), "target");
  Insurance renewed = example_.Policy();
  renewed.replaces = example_.insurance;
  EXPECT_EQ(File(example_.insurer, renewed, example_.practitioner), "");
}

TEST_F(Admission, SanctionsNeedThePowerAndAPractitioner) {
  EXPECT_EQ(File(example_.registrar, Suspension(), example_.practitioner), "power_missing");
  EXPECT_EQ(File(regulator(), Suspension(), example_.clinic), "kind");
  EXPECT_EQ(File(regulator(), Suspension(), example_.practitioner), "");
}

TEST_F(Admission, TwoNumbersOfOnePersonAreLoggedUnderBoth) {
  const Party other = scratch().Register(example_.other_clinic, "Z. Example");
  const SamePerson same{other.number, other.anchor};
  EXPECT_EQ(File(example_.clinic, same, example_.practitioner), "kind");
  EXPECT_EQ(File(example_.registrar, SamePerson{example_.clinic.number, example_.clinic.anchor},
                 example_.practitioner),
            "same_person");
  EXPECT_EQ(File(example_.registrar,
                 SamePerson{example_.practitioner.number, example_.practitioner.anchor},
                 example_.practitioner),
            "same_person");
  EXPECT_EQ(File(example_.registrar, SamePerson{other.number, example_.clinic.anchor},
                 example_.practitioner),
            "anchor_wrong");
  const SignedEvent event = scratch().Sign(example_.registrar, same, example_.practitioner);
  EXPECT_EQ(ReasonOf(scratch().Submit(event, {example_.practitioner.number})), "entry_subjects");
  EXPECT_EQ(File(example_.registrar, same, example_.practitioner), "");
  EXPECT_EQ(scratch().world().Find(other.number)->events().size(), 2u);
}

TEST_F(Admission, ErasureIsForRegulators) {
  scratch().Grant(regulator(), example_.registrar, Power::kErase, {"*"});
  EXPECT_EQ(File(example_.registrar, Erasure{}, example_.practitioner), "kind");
  EXPECT_EQ(File(regulator(), Erasure{example_.version}, example_.practitioner), "target");
  EXPECT_EQ(File(regulator(), Erasure{example_.training}, example_.practitioner), "");
  EXPECT_EQ(File(regulator(), Erasure{}, example_.clinic), "kind");
  EXPECT_EQ(File(regulator(), Erasure{}, example_.practitioner), "");
}

TEST_F(Admission, DisputesComeThroughARegistrar) {
  const auto dispute = [&](const Party& by, const EventId& target) {
    return File(by, Dispute{target}, example_.practitioner,
                {{"text", certs::Json::String("The level is wrong.")}});
  };
  EXPECT_EQ(dispute(example_.clinic, example_.training), "kind");
  EXPECT_EQ(dispute(example_.registrar, example_.practitioner.anchor), "target");
  EXPECT_EQ(dispute(example_.registrar, example_.training), "");
}

TEST_F(Admission, EntryZeroIsTheGenesisAndNoOther) {
  const Subject& genesis = *scratch().world().Find(SubjectNumber{0});
  LoggedEvent first = genesis.creation();
  EXPECT_TRUE(Admit(first, scratch().world()).ok());
  LoggedEvent later = first;
  later.index = LogIndex{7};
  EXPECT_EQ(ReasonOf(Admit(later, scratch().world())), "genesis");
  LoggedEvent other = *genesis.events().back();
  other.index = LogIndex{0};
  EXPECT_EQ(ReasonOf(Admit(other, scratch().world())), "genesis");
}

TEST_F(Admission, ACreationNeverStandsUnderAnExistingSubject) {
  const SignedEvent event = scratch().Sign(regulator(), Organisation(OrganisationKind::kClinic));
  EXPECT_EQ(ReasonOf(scratch().Submit(event, {example_.clinic.number})), "entry_subjects");
}

}  // namespace
}  // namespace bonafide::registry
