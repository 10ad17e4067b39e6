// A hostile register, or a hostile issuer with its help: every attack here signs and hashes what it
// likes, and the check must still refuse it or say what is true.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <random>

#include "certs/reason.h"
#include "merkle/cosignature.h"
#include "merkle/frame.h"
#include "registry/evidence.h"
#include "tests/registry/example_register.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

class EvidenceAttack : public testing::Test {
 protected:
  std::string Refused(const Evidence& evidence, const Question& question) const {
    const auto proven = VerifyEvidence(example_.scratch.anchors(), evidence, question,
                                       example_.scratch.now_ms(), Freshness::kCurrent);
    return proven.ok() ? "accepted" : ReasonOf(proven.status());
  }
  std::string Refused(const Evidence& evidence) const { return Refused(evidence, example_.Ask()); }
  Evidence Honest() const { return example_.scratch.Prove(example_.Ask()); }
  std::vector<SubjectNumber> Numbers(const Evidence& evidence) const {
    std::vector<SubjectNumber> numbers;
    for (const SubjectEvidence& subject : evidence.subjects) numbers.push_back(subject.number);
    return numbers;
  }
  SubjectEvidence& Of(Evidence& evidence, const Party& party) const {
    for (SubjectEvidence& subject : evidence.subjects) {
      if (subject.number == party.number) return subject;
    }
    ADD_FAILURE() << "no such subject";
    return evidence.subjects.front();
  }
  // A token of a type this version does not know, signed by the regulator.
  std::string UnknownAbout(const Party& person) {
    const certs::Json payload = PayloadOf(
        scratch()
            .Sign(scratch().regulator(),
                  Sanction{SanctionKind::kSuspension, DayOf("2026-01-01"), std::nullopt, {}},
                  person)
            .jwt);
    return ForgeToken(With(payload, "vct", certs::Json::String("urn:bonafide:caution:v1")),
                      *scratch().regulator().key);
  }
  ScratchRegister& scratch() { return example_.scratch; }

  ExampleRegister example_;
};

TEST_F(EvidenceAttack, EverySubjectIsNeededAndNoneMayBeAdded) {
  const auto numbers = Numbers(Honest());
  for (size_t i = 0; i < numbers.size(); ++i) {
    auto fewer = numbers;
    fewer.erase(fewer.begin() + static_cast<ptrdiff_t>(i));
    EXPECT_NE(Refused(scratch().ProveSubjects(fewer)), "accepted") << numbers[i].value;
  }
  auto more = numbers;
  more.push_back(example_.registrar.number);
  std::sort(more.begin(), more.end());
  EXPECT_EQ(Refused(scratch().ProveSubjects(more)), "evidence_subject_extra");
}

TEST_F(EvidenceAttack, AnOmittedRegulatorIsMissed) {
  auto numbers = Numbers(Honest());
  numbers.erase(numbers.begin());
  EXPECT_NE(Refused(scratch().ProveSubjects(numbers)), "accepted");
}

TEST_F(EvidenceAttack, ALinkedNumberCannotBeLeftOutFromEitherSide) {
  const Party other = scratch().Register(example_.other_clinic, "Z. Example");
  scratch().File(example_.registrar, SamePerson{other.number, other.anchor}, example_.practitioner);
  scratch().File(scratch().regulator(),
                 Sanction{SanctionKind::kSuspension, DayOf("2026-01-01"), std::nullopt, {}}, other);
  scratch().Publish();

  const auto honest = example_.Check(example_.Ask());
  ASSERT_TRUE(honest.ok()) << honest.status();
  EXPECT_EQ(honest->verdict.outcome, Outcome::kNo);

  auto without = Numbers(Honest());
  std::erase(without, other.number);
  EXPECT_EQ(Refused(scratch().ProveSubjects(without)), "same_person");

  Question from_the_other = example_.Ask();
  from_the_other.practitioner = other.number;
  auto hidden = Numbers(scratch().Prove(from_the_other));
  std::erase(hidden, example_.practitioner.number);
  EXPECT_NE(Refused(scratch().ProveSubjects(hidden), from_the_other), "accepted");
}

TEST_F(EvidenceAttack, ALaxerParallelSchemeIsRefusedThoughItsIssuerMaySetSchemes) {
  const Party rival =
      scratch().Admit(OrganisationKind::kRegulator, "Example Lax Regulator", scratch().regulator());
  scratch().Grant(scratch().regulator(), rival, Power::kSetScheme, {"*"});
  const SignedEvent second = scratch().Sign(
      rival, SchemeCreated{ExampleRegister::kTreatment, ExampleRegister::kTerritory, "Lax"});
  scratch().Log(second, {SubjectNumber{scratch().subject_count()}, SubjectNumber{0}});
  scratch().Publish();
  EXPECT_EQ(Refused(Honest()), "already");
}

TEST_F(EvidenceAttack, ATokenReplayedOntoAnotherPersonIsRefused) {
  const Party other = scratch().Register(example_.clinic, "Max Example");
  const SignedEvent theirs =
      scratch().Sign(example_.awarding_body, example_.AwardedTraining(), example_.practitioner);
  scratch().Log(theirs, {other.number});
  scratch().Publish();
  Question question = example_.Ask();
  question.practitioner = other.number;
  EXPECT_EQ(Refused(scratch().Prove(question), question), "entry_subjects");
}

TEST_F(EvidenceAttack, ATokenMadeForAnotherPersonOfTheSameNumberIsRefused) {
  // As after a rollback of the register: the number is the same, the person is not.
  Party before = example_.practitioner;
  before.anchor = example_.clinic.anchor;
  const SignedEvent stale =
      scratch().Sign(example_.awarding_body, example_.AwardedTraining(), before);
  scratch().Log(stale, {example_.practitioner.number});
  scratch().Publish();
  EXPECT_EQ(Refused(Honest()), "anchor_wrong");
}

TEST_F(EvidenceAttack, ATokenOfATestRegisterIsRefused) {
  const certs::Json payload =
      PayloadOf(scratch()
                    .Sign(example_.awarding_body, example_.AwardedTraining(), example_.practitioner)
                    .jwt);
  const std::string foreign =
      ForgeToken(With(payload, "aud", certs::Json::String("test.example/register")),
                 *example_.awarding_body.key);
  scratch().LogToken(foreign, {example_.practitioner.number});
  scratch().Publish();
  EXPECT_EQ(Refused(Honest()), "aud");
}

TEST_F(EvidenceAttack, AnotherRegistersEvidenceIsRefused) {
  const ExampleRegister other(2);
  EXPECT_NE(Refused(other.scratch.Prove(other.Ask())), "accepted");
}

TEST_F(EvidenceAttack, ARetroactiveRevocationFromAnEqualRankIsRefused) {
  const certs::KeyId key = example_.awarding_body.key->public_key().id();
  const SignedEvent revocation =
      scratch().Sign(example_.insurer, KeyRevoked{key, LogIndex{1}, RevocationReason::kCompromised},
                     example_.awarding_body);
  scratch().Log(revocation, {example_.awarding_body.number});
  scratch().Publish();
  EXPECT_EQ(Refused(Honest()), "rank");
}

TEST_F(EvidenceAttack, ASelfRevocationThatReachesBackIsRefused) {
  const certs::KeyId key = example_.awarding_body.key->public_key().id();
  scratch().Log(scratch().Sign(example_.awarding_body,
                               KeyRevoked{key, LogIndex{1}, RevocationReason::kCompromised},
                               example_.awarding_body),
                {example_.awarding_body.number});
  scratch().Publish();
  EXPECT_EQ(Refused(Honest()), "cut");
}

TEST_F(EvidenceAttack, AClaimHiddenAmongThePersonalOnesIsRefused) {
  const certs::Json payload =
      PayloadOf(scratch()
                    .Sign(example_.awarding_body, example_.AwardedTraining(), example_.practitioner)
                    .jwt);
  const certs::Disclosure level = ForgeDisclosure(R"(["c2FsdHNhbHRzYWx0c2FsdA","level",4])");
  const certs::Json hiding = With(
      Without(payload, "level"), "personal",
      certs::Json::Object(
          {{"level", certs::Json::Object(
                         {{"_sd", certs::Json::Strings({certs::DigestText(level.digest)})}})}}));
  scratch().LogToken(ForgeToken(hiding, *example_.awarding_body.key),
                     {example_.practitioner.number});
  scratch().Publish();
  EXPECT_THAT(Refused(Honest()), testing::AnyOf("claim_missing", "slot_unknown"));
}

TEST_F(EvidenceAttack, AnUnknownEventTypeIsNeverIgnored) {
  scratch().LogToken(UnknownAbout(example_.practitioner), {example_.practitioner.number});
  scratch().Publish();
  const auto proven = example_.Check(example_.Ask());
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_EQ(proven->verdict.outcome, Outcome::kCannotSay);
  EXPECT_TRUE(proven->verdict.update_needed);
}

TEST_F(EvidenceAttack, AnUnsignedHeadIsRefused) {
  const ExampleRegister other(2);
  Evidence evidence = Honest();
  evidence.checkpoint = other.scratch.checkpoint();
  EXPECT_EQ(Refused(evidence), "note_unsigned");
}

TEST_F(EvidenceAttack, AnEntryCannotBeKeptBack) {
  for (const SubjectNumber number : Numbers(Honest())) {
    Evidence evidence = Honest();
    for (SubjectEvidence& subject : evidence.subjects) {
      if (subject.number != number) continue;
      const auto frames = merkle::ParseFrames(subject.entries, 100);
      ASSERT_TRUE(frames.ok());
      std::string shorter;
      for (size_t i = 0; i + 1 < frames->size(); ++i) {
        ASSERT_TRUE(merkle::AppendFrame((*frames)[i], shorter).ok());
      }
      subject.entries = shorter;
      subject.disclosures.clear();
    }
    EXPECT_NE(Refused(evidence), "accepted") << number.value;
  }
}

TEST_F(EvidenceAttack, AForeignDisclosureProvesNothing) {
  Evidence evidence = Honest();
  SubjectEvidence& person = Of(evidence, example_.practitioner);
  const certs::Disclosure fake = ForgeDisclosure(R"(["c2FsdHNhbHRzYWx0c2FsdA","value","Not Me"])");
  person.disclosures += fake.encoded + "~";
  EXPECT_EQ(Refused(evidence), "evidence_disclosure");
}

TEST_F(EvidenceAttack, ADisclosureTwiceOrUnderAnotherSubjectIsRefused) {
  Evidence twice = Honest();
  SubjectEvidence& person = Of(twice, example_.practitioner);
  person.disclosures += person.disclosures;
  EXPECT_EQ(Refused(twice), "evidence_disclosure");

  Evidence moved = Honest();
  Of(moved, example_.clinic).disclosures = Of(moved, example_.practitioner).disclosures;
  Of(moved, example_.practitioner).disclosures.clear();
  EXPECT_EQ(Refused(moved), "evidence_disclosure");
}

TEST_F(EvidenceAttack, AStateEntryThatIsNotTheLastLeafIsRefused) {
  const Evidence old = Honest();
  scratch().Advance(1000);
  scratch().File(scratch().regulator(),
                 Sanction{SanctionKind::kRemoval, DayOf("2026-01-01"), std::nullopt, {}},
                 example_.practitioner);
  scratch().Publish();
  Evidence mixed = old;
  mixed.checkpoint = scratch().checkpoint();
  EXPECT_EQ(Refused(mixed), "evidence_state_entry");
}

TEST_F(EvidenceAttack, TheSameEventLoggedTwiceIsRefused) {
  const SignedEvent event =
      scratch().Sign(example_.insurer, example_.Policy(), example_.practitioner);
  scratch().Log(event, {example_.practitioner.number});
  scratch().Log(event, {example_.practitioner.number});
  scratch().Publish();
  EXPECT_EQ(Refused(Honest()), "already");
}

TEST_F(EvidenceAttack, AnUnaccreditedSignerIsRefused) {
  scratch().Log(scratch().Sign(example_.clinic, example_.Policy(), example_.practitioner),
                {example_.practitioner.number});
  scratch().Publish();
  EXPECT_THAT(Refused(Honest()), testing::AnyOf("kind", "power_missing"));
}

TEST_F(EvidenceAttack, AKeptBackTokenIsRefused) {
  const SignedEvent kept =
      scratch().Sign(example_.insurer, example_.Policy(), example_.practitioner);
  scratch().AdvanceDays(8);
  scratch().Log(kept, {example_.practitioner.number});
  scratch().Publish();
  EXPECT_EQ(Refused(Honest()), "issued_at");
}

TEST_F(EvidenceAttack, ACoverholderOfTwoInsurersDoesNotMakeAPractitionerUncheckable) {
  const Party& regulator = scratch().regulator();
  const Party broker =
      scratch().Admit(OrganisationKind::kCoverholder, "Example Coverholder", regulator);
  const Party rival = scratch().Admit(OrganisationKind::kInsurer, "Example Rival", regulator);
  for (const Party& insurer : {example_.insurer, rival}) {
    scratch().Grant(regulator, broker, Power::kIssueInsurance, {"treatment_risk"}, false,
                    insurer.number);
  }
  scratch().File(broker, example_.Policy(), example_.practitioner);
  scratch().Publish();
  EXPECT_EQ(Refused(Honest()), "accepted");
  auto without = Numbers(Honest());
  std::erase(without, rival.number);
  EXPECT_NE(Refused(scratch().ProveSubjects(without)), "accepted");
}

// An event of a later version that concerns two numbers, as one of this version may not.
TEST_F(EvidenceAttack, AnUnknownEventUnderTwoNumbersIsSeenFromBoth) {
  const Party other = scratch().Register(example_.other_clinic, "Z. Example");
  scratch().LogToken(UnknownAbout(example_.practitioner),
                     {example_.practitioner.number, other.number});
  scratch().Publish();
  for (const Party& person : {example_.practitioner, other}) {
    Question question = example_.Ask();
    question.practitioner = person.number;
    const auto proven = example_.Check(question);
    ASSERT_TRUE(proven.ok()) << proven.status();
    EXPECT_TRUE(proven->verdict.update_needed);
    EXPECT_NE(proven->verdict.outcome, Outcome::kYes);
  }
}

TEST_F(EvidenceAttack, AnUnknownEventCannotStandInForACreation) {
  const SubjectNumber next{scratch().subject_count()};
  scratch().LogToken(UnknownAbout(example_.practitioner), {example_.practitioner.number, next});
  scratch().Publish();
  Question question = example_.Ask();
  question.practitioner = next;
  EXPECT_EQ(Refused(scratch().Prove(question), question), "entry_subjects");
}

TEST_F(EvidenceAttack, ASanctionOfAVoidNumberStillWeighsOnThePerson) {
  for (const bool from_the_void : {false, true}) {
    ExampleRegister example;
    ScratchRegister& scratch = example.scratch;
    const Party other = scratch.Register(example.other_clinic, "Z. Example");
    const LogIndex created = scratch.world().Find(other.number)->creation().index;
    const Party& own = from_the_void ? other : example.practitioner;
    const Party& linked = from_the_void ? example.practitioner : other;
    scratch.File(example.registrar, SamePerson{linked.number, linked.anchor}, own);
    scratch.File(scratch.regulator(),
                 Sanction{SanctionKind::kSuspension, DayOf("2026-01-01"), std::nullopt, {}}, other);
    // The clinic's key was stolen, and the number is one of those the thief had registered.
    scratch.File(scratch.regulator(),
                 KeyRevoked{example.other_clinic.key->public_key().id(), created, {}},
                 example.other_clinic);
    scratch.Publish();
    const auto proven = example.Check(example.Ask());
    ASSERT_TRUE(proven.ok()) << proven.status();
    EXPECT_EQ(proven->verdict.outcome, Outcome::kNo) << from_the_void;
  }
}

// A register that stops publishing, and has an old head cosigned anew, would keep a withdrawal
// back.
TEST_F(EvidenceAttack, AFreshCosignatureDoesNotKeepAnOldHeadAlive) {
  const auto witness = certs::NoteSigner::Create(
      "witness.example/w", certs::NoteKeyType::kCosignature, scratch().NewKey());
  ASSERT_TRUE(witness.ok());
  TrustAnchors anchors = scratch().anchors();
  anchors.policy =
      *merkle::Policy::Parse("witness w " + witness->verifier().ToVkey() + "\nquorum w\n");
  const auto check = [&](int64_t after_ms) {
    const int64_t now_ms = scratch().head_time_ms() + after_ms;
    Evidence evidence = Honest();
    certs::Note note = *certs::ParseNote(evidence.checkpoint);
    note.signatures.push_back(*merkle::Cosign(
        note.text, merkle::CosignatureTime{static_cast<uint64_t>(now_ms / 1000)}, *witness));
    evidence.checkpoint = certs::WriteNote(note);
    return ReasonOf(
        VerifyEvidence(anchors, evidence, example_.Ask(), now_ms, Freshness::kCurrent).status());
  };
  constexpr int64_t kLongestMs = int64_t{3600 + 600} * 1000;  // the genesis' gap, then the age
  EXPECT_EQ(check(kLongestMs), "");
  EXPECT_EQ(check(kLongestMs + 1), "head_too_old");
}

TEST_F(EvidenceAttack, TooManyEntriesAreNotEvenRead) {
  Evidence evidence = Honest();
  SubjectEvidence& person = Of(evidence, example_.practitioner);
  const std::string once = person.entries;
  while (person.entries.size() < 2048 * once.size() / 3) person.entries += once;
  person.entries += once;
  EXPECT_EQ(Refused(evidence), "frame_count");
}

// Changes that keep the evidence well formed on the outside; none may be accepted.
TEST_F(EvidenceAttack, NoSingleByteCanBeChanged) {
  const Evidence honest = Honest();
  ASSERT_EQ(Refused(honest), "accepted");
  const uint64_t seed = std::random_device{}();
  SCOPED_TRACE("seed " + std::to_string(seed));
  std::mt19937_64 random(seed);
  Evidence changed = honest;
  const auto flip = [&](std::string& bytes, const char* what) {
    if (bytes.empty()) return;
    for (int round = 0; round < 40; ++round) {
      const size_t at = random() % bytes.size();
      const char was = bytes[at];
      bytes[at] = static_cast<char>(was ^ static_cast<char>(1u << (random() % 8)));
      EXPECT_NE(Refused(changed), "accepted") << what << ", byte " << at;
      bytes[at] = was;
    }
  };
  flip(changed.checkpoint, "checkpoint");
  flip(changed.state_entry, "state entry");
  flip(changed.state_inclusion, "state inclusion");
  for (SubjectEvidence& subject : changed.subjects) {
    flip(subject.entries, "entries");
    flip(subject.proof, "proof");
    flip(subject.disclosures, "disclosures");
  }
}

}  // namespace
}  // namespace bonafide::registry
