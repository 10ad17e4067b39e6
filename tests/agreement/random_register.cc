#include "tests/agreement/random_register.h"

#include <utility>

namespace bonafide::registry {

namespace {

constexpr char kOtherTreatment[] = "areola_micropigmentation";
constexpr char kOtherTerritory[] = "other-land";
constexpr char kOtherQualification[] = "999/5678/4";

Day Later(Day day, int64_t days) { return day.PlusDays(static_cast<int32_t>(days)); }

}  // namespace

RandomRegister::RandomRegister(uint64_t seed, int events, int lies)
    : random_(seed),
      salts_(seed + 1'000'000),
      example_(seed),
      organisations_{example_.scratch.regulator(),
                     example_.registrar,
                     example_.awarding_body,
                     example_.insurer,
                     example_.clinic,
                     example_.other_clinic},
      practitioners_{example_.practitioner},
      schemes_{example_.scheme} {
  ScratchRegister& scratch = example_.scratch;
  organisations_.push_back(
      scratch.Admit(OrganisationKind::kRegulator, "Example Deputy", scratch.regulator()));
  for (const Power power : {Power::kSanction, Power::kErase, Power::kAdmit, Power::kSetScheme}) {
    scratch.Grant(scratch.regulator(), organisations_.back(), power, {"*"}, /*delegable=*/true);
  }
  organisations_.push_back(
      scratch.Admit(OrganisationKind::kCoverholder, "Example Coverholder", scratch.regulator()));
  scratch.Grant(scratch.regulator(), example_.insurer, Power::kIssueInsurance, {"*"}, true);
  practitioners_.push_back(scratch.Register(example_.clinic, "Ona Example"));
  practitioners_.push_back(scratch.Register(example_.registrar, "Max Example"));
  for (int i = 0; i < events; ++i) FileOne(lies);
  scratch.Publish();
}

Day RandomRegister::RandomDay() {
  return Later(Day::OfTime(example_.scratch.now_ms()), Draw(-500, 500));
}

EventId RandomRegister::RandomEventOf(const Party& subject) {
  const Subject* found = example_.scratch.world().Find(subject.number);
  return OneOf(found->events())->event().id;
}

Provenance RandomRegister::RandomProvenance() {
  Provenance provenance;
  provenance.grade = OneOf<Grade>(
      {Grade::kSelfDeclared, Grade::kDocumentSeen, Grade::kIssuerConfirmed, Grade::kIssuerSigned});
  if (provenance.grade == Grade::kDocumentSeen) provenance.seen_on = RandomDay();
  if (provenance.grade == Grade::kIssuerConfirmed) {
    provenance.confirmed = Confirmation{"Example Desk", RandomDay(), ConfirmedHow::kTelephone};
  }
  return provenance;
}

Training RandomRegister::RandomTraining() {
  Training record = example_.AwardedTraining();
  record.level = static_cast<int>(Draw(3, 5));
  if (Chance(30)) record.qualification = kOtherQualification;
  if (Chance(20)) record.issuer.number.reset();
  if (Chance(20)) record.issuer.recognition = "EX-RN-2";
  record.awarded_on = RandomDay();
  record.provenance = RandomProvenance();
  if (Chance(15)) record.replaces = RandomEventOf(OneOf(practitioners_));
  return record;
}

Insurance RandomRegister::RandomInsurance() {
  Insurance policy = example_.Policy();
  policy.from = RandomDay();
  policy.until = Later(policy.from, Draw(0, 700));
  if (Chance(40)) {
    policy.basis = Basis::kClaimsMade;
    if (Chance(70)) policy.retroactive = Retroactive{Chance(30), RandomDay()};
    if (Chance(40)) {
      policy.extended_until = Later(policy.until, Draw(0, 400));
    }
  }
  if (Chance(20)) policy.territories = {kOtherTerritory};
  if (Chance(30)) policy.sections[0].per_claim_minor = Draw(0, 2'000'000'00);
  if (Chance(20)) policy.sections[0].aggregate_minor = Draw(0, 2'000'000'00);
  if (Chance(10)) policy.sections[0].per_claim_minor.reset();
  if (Chance(10)) policy.sections[0].currency = "EUR";
  if (Chance(20)) policy.treatments[0].treatment = kOtherTreatment;
  policy.treatments[0].excludes_under_18 = Chance(30);
  policy.treatments[0].excludes_no_patch_test = Chance(10);
  if (Chance(15)) policy.not_covered = {OneOf<std::string>({kOtherTreatment, "tattoo"})};
  if (Chance(15)) policy.policyholder = OneOf(organisations_).number;
  if (Chance(20)) policy.only_while_working_for = OneOf(organisations_).number;
  if (Chance(15)) policy.issuer.number.reset();
  policy.provenance = RandomProvenance();
  if (Chance(15)) policy.replaces = RandomEventOf(OneOf(practitioners_));
  return policy;
}

SchemeVersion RandomRegister::RandomRules() {
  SchemeVersion rules = ExampleRegister::Rules();
  rules.from = RandomDay();
  Qualification& wanted = rules.training[0].any_of[0];
  if (Chance(25)) wanted.operational_start = RandomDay();
  if (Chance(25)) wanted.certification_end = RandomDay();
  if (Chance(25)) wanted.awarded_from = RandomDay();
  if (Chance(25)) wanted.awarded_to = RandomDay();
  if (Chance(25)) wanted.accepted_until = RandomDay();
  if (Chance(25)) wanted.valid_for_months = static_cast<int>(Draw(1, 60));
  if (Chance(20)) wanted.refreshers = {kOtherQualification};
  rules.training_grade = OneOf<Grade>(
      {Grade::kSelfDeclared, Grade::kDocumentSeen, Grade::kIssuerConfirmed, Grade::kIssuerSigned});
  rules.insurance_grade = OneOf<Grade>(
      {Grade::kSelfDeclared, Grade::kDocumentSeen, Grade::kIssuerConfirmed, Grade::kIssuerSigned});
  if (Chance(30)) rules.training_max_age_days = static_cast<int>(Draw(1, 800));
  if (Chance(30)) rules.insurance_max_age_days = static_cast<int>(Draw(1, 400));
  rules.own_clinic_may_attest = Chance(50);
  rules.spent_after_days = static_cast<int>(Draw(1, 800));
  if (Chance(5)) rules.rules = 2;
  return rules;
}

EventBody RandomRegister::RandomBody(const Party& by, const Party& about) {
  const bool organisation = about.key != nullptr;
  if (organisation) {
    const Subject* subject = example_.scratch.world().Find(about.number);
    switch (Draw(0, 3)) {
      case 0:
        return Accreditation{
            OneOf<Power>({Power::kAttest, Power::kIssueTraining, Power::kIssueInsurance,
                          Power::kSanction, Power::kRegister}),
            {OneOf<std::string>({"document_seen", "issuer_confirmed",
                                 ExampleRegister::kQualification, "treatment_risk"})},
            Chance(30) ? std::optional(example_.insurer.number) : std::nullopt,
            Chance(40),
            RandomDay(),
            std::nullopt};
      case 1:
        return AccreditationEnded{
            RandomEventOf(about), RandomDay(),
            Chance(50) ? std::optional(LogIndex{static_cast<uint64_t>(
                             Draw(0, static_cast<int64_t>(example_.scratch.entries().size())))})
                       : std::nullopt};
      case 2:
        return KeyAdded{example_.scratch.NewKey()->public_key()};
      default:
        return KeyRevoked{OneOf(subject->keys()).key.id(),
                          Chance(50)
                              ? std::optional(LogIndex{static_cast<uint64_t>(Draw(
                                    0, static_cast<int64_t>(example_.scratch.entries().size())))})
                              : std::nullopt,
                          RevocationReason::kCompromised};
    }
  }
  if (about.number == example_.scheme.number) return RandomRules();
  switch (Draw(0, 11)) {
    case 0:
    case 1:
      return RandomTraining();
    case 2:
    case 3:
    case 4:
      return RandomInsurance();
    case 5:
      return Withdrawal{
          RandomEventOf(about), Chance(60) ? std::optional(RandomDay()) : std::nullopt,
          OneOf<WithdrawalReason>({WithdrawalReason::kFalse, WithdrawalReason::kError,
                                   WithdrawalReason::kUnpaid, WithdrawalReason::kFraud})};
    case 6: {
      Sanction sanction;
      sanction.kind = OneOf<SanctionKind>(
          {SanctionKind::kSuspension, SanctionKind::kRemoval, SanctionKind::kConditions});
      sanction.from = RandomDay();
      if (Chance(60)) sanction.until = Later(sanction.from, Draw(0, 500));
      if (sanction.kind == SanctionKind::kConditions) {
        sanction.barred = {OneOf<std::string>({ExampleRegister::kTreatment, kOtherTreatment})};
      }
      return sanction;
    }
    case 7: {
      const Party other = OneOf(practitioners_);
      return SamePerson{other.number, other.anchor};
    }
    case 8:
      return Affiliation{by.number, RandomDay(), std::nullopt};
    case 9:
      return AffiliationConfirmed{RandomEventOf(about)};
    case 10:
      return Dispute{RandomEventOf(about)};
    default:
      return PractitionerAmended{RandomDay()};
  }
}

std::vector<OpenedSlot> RandomRegister::SlotsFor(const EventBody& body) {
  if (std::holds_alternative<PractitionerAmended>(body)) {
    return {{"name", certs::Json::String(OneOf<std::string>({"Zo\xC3\xAB Example", "Ona Other"}))}};
  }
  if (std::holds_alternative<Dispute>(body)) {
    return {{"text", certs::Json::String("The person says otherwise.")}};
  }
  if ((std::holds_alternative<Training>(body) || std::holds_alternative<Insurance>(body)) &&
      Chance(40)) {
    return {{"name_on_paper",
             certs::Json::String(OneOf<std::string>({"Zo\xC3\xAB Example-Jones", "Ona Example"}))}};
  }
  return {};
}

void RandomRegister::FileOne(int lies) {
  ScratchRegister& scratch = example_.scratch;
  if (Chance(30)) scratch.Advance(Draw(1, 40) * 86'400'000 / 8);
  const Party by = OneOf(organisations_);
  const Party about = Chance(15)   ? OneOf(schemes_)
                      : Chance(25) ? OneOf(organisations_)
                                   : OneOf(practitioners_);
  EventDraft draft;
  draft.issuer = by.number;
  draft.issued_at_s = scratch.now_ms() / 1000;
  draft.subject = about.number;
  draft.anchor = about.anchor;
  draft.body = RandomBody(by, about);
  draft.personal = SlotsFor(draft.body);
  std::vector<SubjectNumber> subjects = {about.number};
  if (const auto* same = std::get_if<SamePerson>(&draft.body)) subjects.push_back(same->other);
  // What no schema allows is drawn too, and goes nowhere.
  const auto event = SignEvent(draft, scratch.origin(), *by.key, salts_);
  if (!event.ok()) return;
  if (Draw(0, 999) < lies) {
    scratch.Log(*event, subjects);
  } else {
    scratch.Submit(*event, subjects).IgnoreError();
  }
}

Question RandomRegister::RandomQuestion() {
  Question question;
  question.practitioner = Chance(95) ? OneOf(practitioners_).number : SubjectNumber{99};
  question.treatment = Chance(90) ? ExampleRegister::kTreatment : kOtherTreatment;
  question.territory = Chance(95) ? ExampleRegister::kTerritory : kOtherTerritory;
  question.on = RandomDay();
  if (Chance(30)) question.claim_on = Later(question.on, Draw(0, 900));
  if (Chance(40)) question.at = OneOf(organisations_).number;
  question.under_18 = Chance(20);
  if (Chance(30)) {
    question.known_at_ms = scratch().now_ms() - Draw(0, 60) * 86'400'000 / 4;
  }
  return question;
}

}  // namespace bonafide::registry
