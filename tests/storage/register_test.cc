#include "storage/register/register.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <chrono>
#include <filesystem>
#include <span>
#include <string>
#include <thread>
#include <vector>

#include "certs/reason.h"
#include "merkle/checkpoint.h"
#include "merkle/frontier.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "tests/storage/test_register.h"

namespace bonafide::storage {
namespace {

namespace fs = std::filesystem;
using registry::OrganisationKind;
using registry::Power;
using ::testing::HasSubstr;
using ::testing::Not;

class RegisterTest : public ::testing::Test {
 protected:
  void SetUp() override { ASSERT_TRUE(reg_.Open().ok()); }

  // A registrar that may register and attest.
  Party Registrar() {
    const Party registrar = reg_.Admit(OrganisationKind::kRegistrar, reg_.regulator());
    reg_.Grant(reg_.regulator(), registrar, Power::kRegister);
    reg_.Grant(reg_.regulator(), registrar, Power::kAttest);
    return registrar;
  }

  void ExpectIncluded(const Receipt& receipt) {
    const auto opened =
        merkle::OpenCheckpoint(receipt.checkpoint, reg_.options().log_signer->verifier());
    ASSERT_TRUE(opened.ok()) << opened.status();
    const auto proof = merkle::ParseProof(receipt.inclusion);
    EXPECT_TRUE(merkle::VerifyInclusion(receipt.index, opened->checkpoint.size,
                                        merkle::LeafHash(receipt.entry), *proof,
                                        opened->checkpoint.root)
                    .ok());
  }

  TestRegister reg_;
};

TEST_F(RegisterTest, StartsWithTheGenesisUnderASignedHead) {
  const ViewPtr view = reg_.Newest();
  EXPECT_EQ(view->size(), TreeSize{2});
  EXPECT_EQ(view->subject_count(), 1U);
  EXPECT_EQ(reg_->status().state, SigningState::kSigning);
  const auto opened = merkle::OpenCheckpoint(view->note(), reg_.options().log_signer->verifier());
  ASSERT_TRUE(opened.ok());
  EXPECT_EQ(opened->checkpoint, (merkle::Checkpoint{reg_.origin(), {2}, view->root()}));
}

TEST_F(RegisterTest, ReceiptsProveInclusion) {
  const auto receipt = reg_.File(reg_.Sign(reg_.regulator(), [&] {
    registry::OrganisationCreated body;
    body.kind = OrganisationKind::kClinic;
    body.name = "Example Clinic";
    body.keys = {reg_.NewKey()->public_key()};
    return body;
  }()));
  ASSERT_TRUE(receipt.ok()) << receipt.status();
  EXPECT_EQ(receipt->index, LogIndex{2});
  ExpectIncluded(*receipt);
}

TEST_F(RegisterTest, EvidencePassesTheClientsCheck) {
  const Party registrar = Registrar();
  const Party other = reg_.AddPractitioner(registrar, "Ona Example");
  const Party practitioner = reg_.AddPractitioner(registrar, "Zoë Example");
  reg_.CreateScheme(reg_.regulator(), "tattoo");
  const auto training = reg_.File(reg_.TrainingFor(registrar, practitioner));
  ASSERT_TRUE(training.ok()) << training.status();
  for (bool reopened : {false, true}) {
    if (reopened) {
      ASSERT_TRUE(reg_.Open().ok());
    }
    const ViewPtr view = reg_.Newest();
    const auto proven = reg_.Verify(*view, reg_.QuestionAbout(practitioner));
    ASSERT_TRUE(proven.ok()) << proven.status();
    EXPECT_EQ(proven->subject_count, view->subject_count());
    ASSERT_TRUE(reg_.Verify(*view, reg_.QuestionAbout(other)).ok());
    Party nobody;
    nobody.number = {4711};
    ASSERT_TRUE(reg_.Verify(*view, reg_.QuestionAbout(nobody)).ok());
  }
}

TEST_F(RegisterTest, EvidenceLeavesOutWhatIsKnown) {
  const Party registrar = Registrar();
  const Party practitioner = reg_.AddPractitioner(registrar, "Zoë Example");
  ASSERT_TRUE(reg_.File(reg_.TrainingFor(registrar, practitioner)).ok());
  const ViewPtr view = reg_.Newest();
  const registry::Question question = reg_.QuestionAbout(practitioner);
  const auto whole = view->AssembleEvidence(question, {}, {});
  const auto part =
      view->AssembleEvidence(question, {{registrar.number, 2}, {practitioner.number, 1}}, {});
  ASSERT_TRUE(part.ok());
  const registry::Evidence complete = (*whole)->parts().Joined();
  const registry::Evidence partial = (*part)->parts().Joined();
  ASSERT_EQ(complete.subjects.size(), partial.subjects.size());
  for (size_t i = 0; i < complete.subjects.size(); ++i) {
    const registry::SubjectEvidence& all = complete.subjects[i];
    const registry::SubjectEvidence& rest = partial.subjects[i];
    EXPECT_EQ(all.disclosures, rest.disclosures);
    EXPECT_TRUE(all.entries.ends_with(rest.entries));
    const uint64_t expected = all.number == registrar.number ? 2 : all.number.value == 0 ? 0 : 1;
    EXPECT_EQ((*part)->parts().subjects[i].known_entries, expected);
    EXPECT_EQ(all.entries == rest.entries, expected == 0);
  }
  const auto everything = view->AssembleEvidence(question, {{practitioner.number, 1000}}, {});
  const registry::SubjectParts& person = (*everything)->parts().subjects.back();
  EXPECT_EQ(person.EntriesBytes(), 0U);
  EXPECT_EQ(person.known_entries, 2U);
}

TEST_F(RegisterTest, PersonalSlotsAreShownByTheTable) {
  const Party registrar = Registrar();
  const Party clinic = reg_.Admit(OrganisationKind::kClinic, reg_.regulator());
  const Party practitioner = reg_.AddPractitioner(registrar, "Zoë Example");
  ASSERT_TRUE(reg_.File(reg_.TrainingFor(registrar, practitioner)).ok());
  const ViewPtr view = reg_.Newest();
  const auto shown = [&](const Audience& audience) {
    return reg_.Verify(*view, reg_.QuestionAbout(practitioner), audience)->slots.size();
  };
  EXPECT_EQ(shown({}), 2U) << "name and name_on_paper";
  EXPECT_EQ(shown(Audience(clinic.number, OrganisationKind::kClinic)), 2U);
  EXPECT_EQ(shown(Audience(registrar.number, OrganisationKind::kRegistrar)), 4U);
  EXPECT_EQ(shown(Audience::Everything()), 4U);
}

TEST_F(RegisterTest, TheSameStatementAgainGetsAReceiptAgain) {
  const Party registrar = Registrar();
  const registry::SignedEvent event =
      reg_.Sign(registrar, registry::PractitionerRegistered{}, std::nullopt,
                {{"name", certs::Json::String("Zoë Example")}});
  const auto first = reg_.File(event);
  ASSERT_TRUE(first.ok());
  const TreeSize size = reg_.Newest()->size();
  for (bool reopened : {false, true}) {
    if (reopened) {
      ASSERT_TRUE(reg_.Open().ok());
    }
    const auto again = reg_.File(event);
    ASSERT_TRUE(again.ok()) << again.status();
    EXPECT_EQ(again->index, first->index);
    EXPECT_EQ(again->entry, first->entry);
    ExpectIncluded(*again);
    EXPECT_EQ(reg_.Newest()->size(), size);
  }
}

TEST_F(RegisterTest, AStatementThatIsNotWhereItsRowSaysIsDamage) {
  const Party registrar = Registrar();
  const registry::SignedEvent event =
      reg_.Sign(registrar, registry::PractitionerRegistered{}, std::nullopt,
                {{"name", certs::Json::String("Zoe Example")}});
  const auto first = reg_.File(event);
  ASSERT_TRUE(first.ok()) << first.status();
  const std::string jti = registry::ParseToken(event.jwt, reg_.origin())->event.jti;
  // A state entry, and beyond the log.
  for (uint64_t elsewhere : {first->index.value + 1, uint64_t{4711}}) {
    WriteBatch batch;
    batch.Put(Family::kTokenIds, TokenIdKey(registrar.number, jti), U64Value(elsewhere));
    ASSERT_TRUE(reg_->database().Write(std::move(batch)).ok());
    reg_.AddPractitioner(registrar, "Ona Example");  // a head that reads the row
    EXPECT_EQ(ReasonOf(reg_.File(event).status()), "data_damaged") << elsewhere;
  }
}

TEST_F(RegisterTest, RefusalsChangeNothing) {
  const Party clinic = reg_.Admit(OrganisationKind::kClinic, reg_.regulator());
  const TreeSize size = reg_.Newest()->size();
  const auto refused = reg_.File(reg_.Sign(clinic, registry::PractitionerRegistered{}, std::nullopt,
                                           {{"name", certs::Json::String("Zoë Example")}}));
  EXPECT_EQ(ReasonOf(refused.status()), "power_missing");
  EXPECT_EQ(ReasonOf(reg_.File("not a token").status()), "sd_jwt_tilde");
  EXPECT_EQ(reg_.Newest()->size(), size);
  EXPECT_EQ(reg_->counters().events_refused, 1U);
}

TEST_F(RegisterTest, TextHasToBeInNormalForm) {
  const Party registrar = Registrar();
  const auto refused =
      reg_.File(reg_.Sign(registrar, registry::PractitionerRegistered{}, std::nullopt,
                          {{"name", certs::Json::String("Zoe\xCC\x88 Example")}}));
  EXPECT_EQ(ReasonOf(refused.status()), "text_normal_form");
}

TEST_F(RegisterTest, AForeignSignatureIsRefusedBeforeTheQueue) {
  const Party registrar = Registrar();
  Party impostor = registrar;
  impostor.key = reg_.NewKey();
  const auto status =
      reg_->Check(reg_.Sign(impostor, registry::PractitionerRegistered{}, std::nullopt,
                            {{"name", certs::Json::String("Zoë Example")}})
                      .Framed())
          .status();
  EXPECT_EQ(ReasonOf(status), "key_unknown");
}

TEST_F(RegisterTest, AKeyIsRegisteredOnce) {
  const auto key = reg_.NewKey();
  const auto create = [&] {
    registry::OrganisationCreated body;
    body.kind = OrganisationKind::kClinic;
    body.name = "Example Clinic";
    body.keys = {key->public_key()};
    return reg_.File(reg_.Sign(reg_.regulator(), body));
  };
  ASSERT_TRUE(create().ok());
  EXPECT_EQ(ReasonOf(create().status()), "already");
}

TEST_F(RegisterTest, ProofsAndEntriesOfTheLog) {
  Registrar();
  const ViewPtr view = reg_.Newest();
  const auto entries = view->ReadEntries({0}, 1000, 1 << 20);
  ASSERT_TRUE(entries.ok());
  ASSERT_EQ(entries->size(), view->size().value);
  std::vector<Digest> leaves;
  for (const std::string& entry : *entries) leaves.push_back(merkle::LeafHash(entry));
  EXPECT_EQ(merkle::TreeHash(leaves), view->root());
  for (uint64_t size = 1; size <= view->size().value; ++size) {
    const Digest root = *view->RootAt({size});
    EXPECT_EQ(root, merkle::TreeHash(std::span(leaves).first(size)));
    for (uint64_t index = 0; index < size; ++index) {
      const auto proof = merkle::ParseProof(*view->InclusionProof({index}, {size}));
      EXPECT_TRUE(merkle::VerifyInclusion({index}, {size}, leaves[index], *proof, root).ok());
    }
    const auto proof = merkle::ParseProof(*view->ConsistencyProof({size}, view->size()));
    EXPECT_TRUE(merkle::VerifyConsistency({size}, view->size(), root, view->root(), *proof).ok());
  }
  EXPECT_EQ(ReasonOf(view->ConsistencyProof({0}, {1}).status()), "proof_size");
  EXPECT_EQ(ReasonOf(view->InclusionProof({0}, {999}).status()), "proof_size");
  EXPECT_EQ(ReasonOf(view->InclusionProof({5}, {5}).status()), "proof_index");
  EXPECT_EQ(ReasonOf(view->ReadEntries(LogIndex{view->size().value}, 1, 1).status()),
            "proof_index");
  EXPECT_EQ(view->ReadEntries({0}, 1000, 1)->size(), 1U);
}

TEST_F(RegisterTest, SubjectsComeInPages) {
  const Party registrar = Registrar();
  const Party practitioner = reg_.AddPractitioner(registrar, "Zoë Example");
  ASSERT_TRUE(reg_.File(reg_.TrainingFor(registrar, practitioner)).ok());
  const ViewPtr view = reg_.Newest();
  const auto first = view->ReadSubject(practitioner.number, 0, 1, {});
  const auto second = view->ReadSubject(practitioner.number, 1, 10, {});
  const auto whole = view->ReadSubject(practitioner.number, 0, 10, {});
  ASSERT_TRUE(first.ok() && second.ok() && whole.ok());
  EXPECT_EQ(whole->entry_count, 2U);
  EXPECT_EQ(whole->kind, registry::SubjectKind::kPractitioner);
  const auto part = [](const auto& page) { return page->evidence.subjects[0]; };
  EXPECT_EQ(part(first).entries + part(second).entries, part(whole).entries);
  EXPECT_EQ(part(first).disclosures + part(second).disclosures, part(whole).disclosures);
  EXPECT_EQ(ReasonOf(view->ReadSubject({999}, 0, 1, {}).status()), "subject_unknown");
  EXPECT_EQ(ReasonOf(view->ReadSubject(practitioner.number, 3, 1, {}).status()), "page");
}

TEST_F(RegisterTest, AViewStaysAsItWas) {
  const Party registrar = Registrar();
  const Party practitioner = reg_.AddPractitioner(registrar, "Zoë Example");
  const ViewPtr old = reg_.Newest();
  ASSERT_TRUE(reg_.File(reg_.TrainingFor(registrar, practitioner)).ok());
  reg_.Grant(reg_.regulator(), registrar, Power::kSanction);
  ASSERT_NE(old->size(), reg_.Newest()->size());
  const auto proven = reg_.Verify(*old, reg_.QuestionAbout(practitioner));
  ASSERT_TRUE(proven.ok()) << proven.status();
  EXPECT_EQ(proven->checkpoint.size, old->size());
}

TEST_F(RegisterTest, TimeNeverGoesBack) {
  const Party registrar = Registrar();
  const int64_t before = reg_.Newest()->time_ms();
  reg_.clock().Step(-3'600'000);
  reg_.AddPractitioner(registrar, "Zoë Example");
  EXPECT_EQ(reg_.Newest()->time_ms(), before);
}

TEST_F(RegisterTest, AJumpOfTheClockStopsSigningUntilBelieved) {
  const Party registrar = Registrar();
  const TreeSize size = reg_.Newest()->size();
  const registry::SignedEvent event =
      reg_.Sign(registrar, registry::PractitionerRegistered{}, std::nullopt,
                {{"name", certs::Json::String("Zoë Example")}});
  reg_.clock().Step(3'600'000);
  const auto refused = reg_.File(event);
  EXPECT_EQ(ReasonOf(refused.status()), "not_signing");
  EXPECT_EQ(reg_->status().reason, "clock_jump");
  EXPECT_EQ(reg_.Newest()->size(), size);
  reg_->AcceptClock();
  EXPECT_TRUE(reg_.File(event).ok());
  EXPECT_EQ(reg_->status().reason, "");
}

TEST_F(RegisterTest, AClockFarAheadAtStartIsNotBelieved) {
  reg_.Close();
  reg_.clock().Step(int64_t{10} * 366 * 24 * 3600 * 1000);
  ASSERT_TRUE(reg_.Open().ok());
  registry::OrganisationCreated body;
  body.kind = OrganisationKind::kClinic;
  body.name = "Example Clinic";
  body.keys = {reg_.NewKey()->public_key()};
  EXPECT_EQ(ReasonOf(reg_.File(reg_.Sign(reg_.regulator(), body)).status()), "not_signing");
  reg_.options().accept_clock = true;
  ASSERT_TRUE(reg_.Open().ok());
  EXPECT_TRUE(reg_.File(reg_.Sign(reg_.regulator(), body)).ok());
}

TEST_F(RegisterTest, ClosedTakesNoMore) {
  auto submission = reg_->Check(reg_.genesis());
  ASSERT_TRUE(submission.ok());
  reg_->Close();
  absl::Status answer;
  reg_->Submit(*std::move(submission),
               [&](absl::StatusOr<Receipt> receipt) { answer = receipt.status(); });
  EXPECT_EQ(ReasonOf(answer), "closing");
  EXPECT_EQ(reg_->status().state, SigningState::kClosed);
}

TEST_F(RegisterTest, ASecondGenesisIsRefused) {
  registry::Genesis body;
  body.name = "Second Regulator";
  body.keys = {reg_.NewKey()->public_key()};
  body.origin = reg_.origin();
  body.log_key = reg_.options().log_signer->verifier().ToVkey();
  body.max_head_gap_s = 600;
  Party second;
  second.key = reg_.NewKey();
  body.keys = {second.key->public_key()};
  EXPECT_EQ(ReasonOf(reg_.File(reg_.Sign(second, body)).status()), "genesis");
  EXPECT_TRUE(reg_.File(reg_.genesis()).ok()) << "the first one is there already";
}

TEST_F(RegisterTest, HeartbeatKeepsTheHeadFresh) {
  reg_.options().heartbeat_ms = 1;
  reg_.clock().Advance(10'000);
  ASSERT_TRUE(reg_.Open().ok());
  const auto beaten = [&] { return reg_->counters().heartbeats > 0; };
  for (int i = 0; i < 2000 && !beaten(); ++i) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  ASSERT_TRUE(beaten());
  const ViewPtr view = reg_.Newest();
  EXPECT_EQ(view->time_ms(), reg_.clock().NowMs());
  EXPECT_EQ(view->size(), TreeSize{3}) << "one state entry, and no more while time stands still";
}

TEST_F(RegisterTest, InitNeverOverwrites) {
  const absl::Status again = Register::Init(reg_.options(), reg_.genesis(), reg_.clock());
  EXPECT_EQ(ReasonOf(again), "already_a_register");
  reg_.Close();
  EXPECT_EQ(ReasonOf(Register::Init(reg_.options(), reg_.genesis(), reg_.clock())),
            "already_a_register");
  EXPECT_TRUE(reg_.Open().ok());
}

TEST_F(RegisterTest, InitRefusesAnotherGenesis) {
  TemporaryDirectory directory;
  RegisterOptions options = reg_.options();
  options.database.directory = directory.path();
  const TestRegister other(2);
  EXPECT_EQ(ReasonOf(Register::Init(options, other.genesis(), reg_.clock())), "genesis");
  reg_.clock().Step(-int64_t{30} * 24 * 3600 * 1000);
  EXPECT_EQ(ReasonOf(Register::Init(options, reg_.genesis(), reg_.clock())), "issued_at");
  EXPECT_FALSE(fs::exists(directory / "db")) << "nothing is left of a refused init";
}

TEST_F(RegisterTest, AnotherLogKeyIsRefused) {
  reg_.Close();
  const TestRegister other(2);
  RegisterOptions options = reg_.options();
  TestRegister stranger(3);
  options.log_signer = stranger.options().log_signer;
  EXPECT_EQ(ReasonOf(Register::Open(options, reg_.clock()).status()), "log_key_wrong");
}

TEST_F(RegisterTest, NoMessageHoldsPersonalDetails) {
  std::string said;
  reg_.options().log = [&](const std::string& message) { said += message; };
  ASSERT_TRUE(reg_.Open().ok());
  const Party registrar = Registrar();
  reg_.AddPractitioner(registrar, "CANARY Example");
  EXPECT_THAT(said, Not(HasSubstr("CANARY")));
}

}  // namespace
}  // namespace bonafide::storage
