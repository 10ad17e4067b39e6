// Insiders and thieves: organisations that hold some power, or a stolen key, and want more of it,
// or want to take back what weighs against somebody.
#include <gtest/gtest.h>

#include "certs/reason.h"
#include "registry/admission.h"
#include "registry/power.h"
#include "tests/registry/example_register.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

class AdmissionAttack : public testing::Test {
 protected:
  std::string File(const Party& by, EventBody body, const Party& about) {
    return ReasonOf(scratch().TryFile(by, std::move(body), about).status());
  }
  std::string Create(const Party& by, EventBody body) {
    return ReasonOf(scratch().Submit(scratch().Sign(by, std::move(body)),
                                     {SubjectNumber{scratch().subject_count()}}));
  }
  static Accreditation GrantOf(Power power, std::vector<std::string> scope) {
    return {power, std::move(scope), std::nullopt, true, DayOf("2010-01-01"), std::nullopt};
  }
  static Withdrawal FromTheStart(const EventId& target) {
    return {target, std::nullopt, WithdrawalReason::kError};
  }
  Party Deputy(Power power) {
    const Party deputy =
        scratch().Admit(OrganisationKind::kRegulator, "Example Deputy", regulator());
    scratch().Grant(regulator(), deputy, power, {"*"});
    return deputy;
  }
  // Ends every accreditation of `party` today, and lets the day pass.
  void Expel(const Party& party) {
    const Subject& subject = *scratch().world().Find(party.number);
    for (size_t i = 0; i < subject.grants().size(); ++i) {
      const EventId grant = subject.grants()[i].granted->event().id;
      scratch().File(regulator(),
                     AccreditationEnded{grant, Day::OfTime(scratch().now_ms()), std::nullopt},
                     party);
    }
    scratch().AdvanceDays(1);
  }
  ScratchRegister& scratch() { return example_.scratch; }
  const Party& regulator() { return scratch().regulator(); }

  ExampleRegister example_;
};

TEST_F(AdmissionAttack, ACoverholderAccreditsNobodyBeyondItsInsurer) {
  const Party broker =
      scratch().Admit(OrganisationKind::kCoverholder, "Example Coverholder", regulator());
  scratch().Grant(regulator(), broker, Power::kIssueInsurance, {"treatment_risk"}, true,
                  example_.insurer.number);
  scratch().Grant(regulator(), broker, Power::kAdmit, {"*"});
  const Party shell = scratch().Admit(OrganisationKind::kInsurer, "Example Shell", broker);
  const Party middle = scratch().Admit(OrganisationKind::kRegulator, "Example Middle", broker);
  EXPECT_EQ(File(broker, GrantOf(Power::kIssueInsurance, {"treatment_risk"}), shell),
            "power_missing");
  EXPECT_EQ(File(broker, GrantOf(Power::kIssueInsurance, {"treatment_risk"}), middle),
            "power_missing");
  Accreditation lower = GrantOf(Power::kIssueInsurance, {"treatment_risk"});
  lower.insurer = example_.insurer.number;
  const Party agent = scratch().Admit(OrganisationKind::kCoverholder, "Example Agent", broker);
  EXPECT_EQ(File(broker, lower, agent), "");
}

TEST_F(AdmissionAttack, AnInsurerMakesNoOtherInsurer) {
  const Party& insurer = example_.insurer;
  scratch().Grant(regulator(), insurer, Power::kIssueInsurance, {"treatment_risk"}, true);
  scratch().Grant(regulator(), insurer, Power::kAdmit, {"*"});
  const Party shell = scratch().Admit(OrganisationKind::kInsurer, "Example Shell", insurer);
  EXPECT_EQ(File(insurer, GrantOf(Power::kIssueInsurance, {"treatment_risk"}), shell),
            "power_missing");
  // Nor by a detour through somebody who is no insurer.
  const Party middle = scratch().Admit(OrganisationKind::kRegulator, "Example Middle", insurer);
  scratch().Grant(regulator(), middle, Power::kAdmit, {"*"});
  EXPECT_EQ(File(insurer, GrantOf(Power::kIssueInsurance, {"treatment_risk"}), middle), "");
  const Party another = scratch().Admit(OrganisationKind::kInsurer, "Example Other", middle);
  EXPECT_EQ(File(middle, GrantOf(Power::kIssueInsurance, {"treatment_risk"}), another),
            "power_missing");
}

TEST_F(AdmissionAttack, AnExpelledRegulatorDoesNotLiftItsSanctions) {
  const Party deputy = Deputy(Power::kSanction);
  const EventId sanction = scratch().File(
      deputy, Sanction{SanctionKind::kSuspension, DayOf("2026-01-01"), std::nullopt, {}},
      example_.practitioner);
  Expel(deputy);
  EXPECT_EQ(File(deputy, FromTheStart(sanction), example_.practitioner), "power_missing");
  EXPECT_EQ(File(regulator(), FromTheStart(sanction), example_.practitioner), "");
}

TEST_F(AdmissionAttack, AnExpelledRegistrarDoesNotTakeALinkBack) {
  const Party other = scratch().Register(example_.other_clinic, "Z. Example");
  const EventId link = scratch().File(example_.registrar, SamePerson{other.number, other.anchor},
                                      example_.practitioner);
  Expel(example_.registrar);
  EXPECT_EQ(File(example_.registrar, FromTheStart(link), example_.practitioner), "power_missing");
  EXPECT_EQ(File(regulator(), FromTheStart(link), other), "");
}

TEST_F(AdmissionAttack, WhoMaySetSchemesNoMoreDoesNotBringOldRulesBack) {
  const Party deputy = Deputy(Power::kSetScheme);
  const EventId version = scratch().File(deputy, ExampleRegister::Rules(), example_.scheme);
  Expel(deputy);
  EXPECT_EQ(File(deputy, FromTheStart(version), example_.scheme), "power_missing");
}

TEST_F(AdmissionAttack, AnExpelledIssuerStillTakesItsPapersBack) {
  Expel(example_.insurer);
  EXPECT_EQ(File(example_.insurer, FromTheStart(example_.insurance), example_.practitioner), "");
}

TEST_F(AdmissionAttack, AThiefDoesNotUseUpTheWithdrawalsOfAnIssuer) {
  Party renewed = example_.insurer;
  renewed.key = scratch().NewKey();
  ASSERT_EQ(File(example_.insurer, KeyAdded{renewed.key->public_key()}, example_.insurer), "");
  const Withdrawal withdrawal = FromTheStart(example_.insurance);
  ASSERT_EQ(File(example_.insurer, withdrawal, example_.practitioner), "");
  EXPECT_EQ(File(example_.insurer, withdrawal, example_.practitioner), "already");
  EXPECT_EQ(File(renewed, withdrawal, example_.practitioner), "");
}

TEST_F(AdmissionAttack, AThiefLeavesRoomForTheKeysOfThoseAbove) {
  const auto add = [&](const Party& by) {
    return File(by, KeyAdded{scratch().NewKey()->public_key()}, example_.insurer);
  };
  for (int keys = 1; keys < 32; ++keys) ASSERT_EQ(add(example_.insurer), "") << keys;
  EXPECT_EQ(add(example_.insurer), "already");
  for (int keys = 32; keys < 64; ++keys) ASSERT_EQ(add(regulator()), "") << keys;
  EXPECT_EQ(add(regulator()), "already");
}

TEST_F(AdmissionAttack, RanksDoNotGrowWithoutEnd) {
  Party above = regulator();
  for (int rank = 1; rank <= 16; ++rank) {
    const Party next = scratch().Admit(OrganisationKind::kRegulator, "Example Deputy", above);
    scratch().Grant(regulator(), next, Power::kAdmit, {"*"});
    above = next;
  }
  const auto key = scratch().NewKey();
  EXPECT_EQ(Create(above, OrganisationCreated{OrganisationKind::kClinic,
                                              "Example Seventeenth",
                                              std::nullopt,
                                              {key->public_key()}}),
            "rank");
}

TEST_F(AdmissionAttack, AnUnknownEventMakesNoSubjectOfItsSecond) {
  const certs::Json payload = PayloadOf(
      scratch()
          .Sign(regulator(),
                Sanction{SanctionKind::kSuspension, DayOf("2026-01-01"), std::nullopt, {}},
                example_.practitioner)
          .jwt);
  const std::string merger = ForgeToken(
      With(payload, "vct", certs::Json::String("urn:bonafide:merger:v1")), *regulator().key);
  const SubjectNumber next{scratch().subject_count()};
  EXPECT_EQ(ReasonOf(scratch().Submit({merger, {}}, {example_.practitioner.number, next})),
            "subject_unknown");
  EXPECT_EQ(ReasonOf(scratch().Submit({merger, {}},
                                      {example_.practitioner.number, example_.clinic.number})),
            "");
}

// Four organisations one above the other, many grants between each two, all of the highest one's
// ended: every path fails, and there are 12^4 of them.
TEST_F(AdmissionAttack, ManyPathsUpAChainAreNotAllWalked) {
  constexpr size_t kGrants = 12;
  std::vector<Party> chain = {regulator()};
  for (int depth = 1; depth <= 4; ++depth) {
    const Party next =
        scratch().Admit(OrganisationKind::kRegulator, "Example Deputy", chain.back());
    scratch().Grant(regulator(), next, Power::kAdmit, {"*"});
    for (size_t i = 0; i < kGrants; ++i) {
      scratch().Grant(chain.back(), next, Power::kSanction, {"*"}, true);
    }
    chain.push_back(next);
  }
  Expel(chain[1]);
  size_t asked = 0;
  const GrantFilter counting{[&asked](const auto&, auto) { return ++asked, true; },
                             [](const LoggedEvent&) { return true; }};
  const Day today = Day::OfTime(scratch().now_ms());
  const PowerNeed need{Power::kSanction, "*", std::nullopt, false};
  const LogIndex now{scratch().entries().size()};
  EXPECT_FALSE(Holds(scratch().world(), chain[4].number, need, now, today, counting));
  EXPECT_LE(asked, 4 * kGrants);
  asked = 0;
  EXPECT_FALSE(HeldOnDay(scratch().world(), chain[4].number, need, today, counting));
  EXPECT_LE(asked, 4 * kGrants);
}

}  // namespace
}  // namespace bonafide::registry
