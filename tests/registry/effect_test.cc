// Effect: what an admitted event is still worth after keys and accreditations were cut.
#include "registry/effect.h"

#include <gtest/gtest.h>

#include <limits>

#include "certs/reason.h"
#include "tests/registry/example_register.h"

namespace bonafide::registry {
namespace {

constexpr int64_t kAlways = std::numeric_limits<int64_t>::max();

class EffectOf : public testing::Test {
 protected:
  // The world as a finite set, which is what evidence would bring.
  SubjectSet Set() {
    const World& world = example_.scratch.world();
    SubjectSet set(world.subject_count());
    for (uint64_t number = 0; number < world.subject_count(); ++number) {
      for (const LoggedEventPtr& event : world.Find(SubjectNumber{number})->events()) {
        set.At(SubjectNumber{number}).Append(event);
      }
    }
    return set;
  }
  bool Counts(const Party& about, const EventId& event, int64_t known_at_ms = kAlways) {
    const SubjectSet set = Set();
    return Effect(set, known_at_ms).Counts(*set.Find(about.number)->Find(event));
  }
  bool TrainingCounts(int64_t known_at_ms = kAlways) {
    return Counts(example_.practitioner, example_.training, known_at_ms);
  }
  LogIndex IndexOf(const Party& about, const EventId& event) {
    return scratch().world().Find(about.number)->Find(event)->index;
  }
  LogIndex TrainingIndex() { return IndexOf(example_.practitioner, example_.training); }
  EventId GrantOn(const Party& party) {
    return scratch().world().Find(party.number)->grants().front().granted->event().id;
  }
  certs::KeyId KeyOf(const Party& party) { return party.key->public_key().id(); }
  ScratchRegister& scratch() { return example_.scratch; }
  const Party& regulator() { return scratch().regulator(); }

  ExampleRegister example_;
};

TEST_F(EffectOf, EverythingCountsWhileNothingIsCut) {
  const SubjectSet set = Set();
  const Effect effect(set, kAlways);
  set.ForEach([&](const Subject& subject) {
    for (const LoggedEventPtr& event : subject.events()) {
      EXPECT_TRUE(effect.Counts(*event)) << event->index.value;
    }
  });
}

TEST_F(EffectOf, AKeyCutVoidsFromItsIndexOn) {
  scratch().File(regulator(), KeyRevoked{KeyOf(example_.awarding_body), TrainingIndex(), {}},
                 example_.awarding_body);
  EXPECT_FALSE(TrainingCounts());
  EXPECT_TRUE(Counts(example_.practitioner, example_.insurance));
}

TEST_F(EffectOf, AKeyCutLeavesWhatCameBefore) {
  scratch().File(regulator(),
                 KeyRevoked{KeyOf(example_.awarding_body), LogIndex{TrainingIndex().value + 1}, {}},
                 example_.awarding_body);
  EXPECT_TRUE(TrainingCounts());
}

TEST_F(EffectOf, OfSeveralCutsTheLeastCounts) {
  scratch().File(regulator(),
                 KeyRevoked{KeyOf(example_.awarding_body), LogIndex{TrainingIndex().value + 1}, {}},
                 example_.awarding_body);
  scratch().File(regulator(), KeyRevoked{KeyOf(example_.awarding_body), TrainingIndex(), {}},
                 example_.awarding_body);
  EXPECT_FALSE(TrainingCounts());
}

TEST_F(EffectOf, ARevocationWithoutCutVoidsNothing) {
  scratch().File(regulator(), KeyRevoked{KeyOf(example_.awarding_body), std::nullopt, {}},
                 example_.awarding_body);
  EXPECT_TRUE(TrainingCounts());
}

TEST_F(EffectOf, ACutIsKnownOnlyOnceItWasLogged) {
  scratch().Advance(1000);
  const int64_t before_ms = scratch().now_ms() - 1;
  scratch().File(regulator(), KeyRevoked{KeyOf(example_.awarding_body), LogIndex{0}, {}},
                 example_.awarding_body);
  EXPECT_FALSE(TrainingCounts());
  EXPECT_TRUE(TrainingCounts(before_ms));
}

TEST_F(EffectOf, AGrantCutVoidsWhatRestedOnIt) {
  scratch().File(
      regulator(),
      AccreditationEnded{GrantOn(example_.awarding_body), DayOf("2026-05-28"), TrainingIndex()},
      example_.awarding_body);
  EXPECT_FALSE(TrainingCounts());
}

TEST_F(EffectOf, AGrantThatMerelyEndsLeavesOldAwards) {
  scratch().AdvanceDays(1);
  scratch().File(
      regulator(),
      AccreditationEnded{GrantOn(example_.awarding_body), DayOf("2026-05-28"), std::nullopt},
      example_.awarding_body);
  EXPECT_TRUE(TrainingCounts());
}

TEST_F(EffectOf, ASecondGrantStillCarries) {
  const EventId first = GrantOn(example_.awarding_body);
  const Training another = example_.AwardedTraining();
  scratch().Grant(regulator(), example_.awarding_body, Power::kIssueTraining, {"*"});
  const EventId later = scratch().File(example_.awarding_body, another, example_.practitioner);
  scratch().File(regulator(), AccreditationEnded{first, DayOf("2026-05-28"), LogIndex{0}},
                 example_.awarding_body);
  EXPECT_TRUE(Counts(example_.practitioner, later));
  EXPECT_FALSE(TrainingCounts());
}

TEST_F(EffectOf, VoidingIsTransitive) {
  // regulator -> deputy (delegable) -> body -> training; then the deputy's key falls from the
  // start.
  const Party deputy = scratch().Admit(OrganisationKind::kRegulator, "Example Deputy", regulator());
  scratch().Grant(regulator(), deputy, Power::kAdmit, {"*"});
  scratch().Grant(regulator(), deputy, Power::kIssueTraining, {"*"}, true);
  const Party body = scratch().Admit(OrganisationKind::kAwardingBody, "Example Body", deputy);
  const EventId grant = scratch().Grant(deputy, body, Power::kIssueTraining, {"*"});
  Training training = example_.AwardedTraining();
  training.issuer.number = body.number;
  const EventId award = scratch().File(body, training, example_.practitioner);
  ASSERT_TRUE(Counts(example_.practitioner, award));

  const LogIndex grant_index = IndexOf(body, grant);
  scratch().File(regulator(), KeyRevoked{KeyOf(deputy), grant_index, {}}, deputy);
  EXPECT_FALSE(Counts(body, grant));
  EXPECT_FALSE(Counts(example_.practitioner, award));
  EXPECT_TRUE(Counts(body, body.anchor));
}

TEST_F(EffectOf, WhatAVoidKeySignedIsVoid) {
  const auto second = scratch().NewKey();
  const EventId added = scratch().File(example_.awarding_body, KeyAdded{second->public_key()},
                                       example_.awarding_body);
  Party renewed = example_.awarding_body;
  renewed.key = second;
  const EventId award = scratch().File(renewed, example_.AwardedTraining(), example_.practitioner);
  scratch().File(
      regulator(),
      KeyRevoked{KeyOf(example_.awarding_body), IndexOf(example_.awarding_body, added), {}},
      example_.awarding_body);
  EXPECT_FALSE(Counts(example_.practitioner, award));
  EXPECT_TRUE(TrainingCounts());
}

TEST_F(EffectOf, AVoidCutCutsNothing) {
  const Party deputy = scratch().Admit(OrganisationKind::kRegulator, "Example Deputy", regulator());
  scratch().Grant(regulator(), deputy, Power::kAdmit, {"*"});
  scratch().Grant(regulator(), deputy, Power::kRegister, {"*"}, true);
  const Party branch = scratch().Admit(OrganisationKind::kClinic, "Example Branch", deputy);
  scratch().Grant(deputy, branch, Power::kRegister, {"*"});
  const Party person = scratch().Register(branch, "Max Example");
  const EventId cut = scratch().File(deputy, KeyRevoked{KeyOf(branch), LogIndex{0}, {}}, branch);
  EXPECT_FALSE(Counts(person, person.anchor));
  scratch().File(regulator(), KeyRevoked{KeyOf(deputy), IndexOf(branch, cut), {}}, deputy);
  EXPECT_TRUE(Counts(person, person.anchor));
}

TEST_F(EffectOf, WhatStandsUnderAVoidNumberStillCounts) {
  const LogIndex created = IndexOf(example_.practitioner, example_.practitioner.anchor);
  scratch().File(regulator(), KeyRevoked{KeyOf(example_.clinic), created, {}}, example_.clinic);
  EXPECT_FALSE(Counts(example_.practitioner, example_.practitioner.anchor));
  EXPECT_TRUE(TrainingCounts());
}

TEST_F(EffectOf, WhatAnOrganisationThatNeverWasSignsIsVoidByWhateverKey) {
  const Party deputy = scratch().Admit(OrganisationKind::kRegulator, "Example Deputy", regulator());
  scratch().Grant(regulator(), deputy, Power::kAdmit, {"*"});
  Party body = scratch().Admit(OrganisationKind::kAwardingBody, "Example Body", deputy);
  scratch().Grant(regulator(), body, Power::kIssueTraining, {"*"});
  body.key = scratch().NewKey();
  const EventId key = scratch().File(regulator(), KeyAdded{body.key->public_key()}, body);
  Training training = example_.AwardedTraining();
  training.issuer.number = body.number;
  const EventId award = scratch().File(body, training, example_.practitioner);
  ASSERT_TRUE(Counts(example_.practitioner, award));
  scratch().File(regulator(), KeyRevoked{KeyOf(deputy), IndexOf(body, body.anchor), {}}, deputy);
  EXPECT_TRUE(Counts(body, key));
  EXPECT_FALSE(Counts(example_.practitioner, award));
}

TEST_F(EffectOf, HoldingIsTheEarliestWithdrawalAndFromTheStartBeatsADay) {
  const auto holding = [&] {
    const SubjectSet set = Set();
    const Subject& person = *set.Find(example_.practitioner.number);
    return Effect(set, kAlways).HoldingOf(person, *person.Find(example_.training));
  };
  EXPECT_TRUE(holding().OnDay(DayOf("2199-12-31")));
  const auto withdraw = [&](const Party& by, std::optional<Day> from) {
    scratch().File(by, Withdrawal{example_.training, from, {}}, example_.practitioner);
  };
  withdraw(example_.awarding_body, DayOf("2026-08-01"));
  EXPECT_TRUE(holding().OnDay(DayOf("2026-07-31")));
  EXPECT_FALSE(holding().OnDay(DayOf("2026-08-01")));
  withdraw(regulator(), DayOf("2026-07-01"));
  EXPECT_FALSE(holding().OnDay(DayOf("2026-07-01")));
  withdraw(regulator(), DayOf("2026-09-01"));
  EXPECT_FALSE(holding().OnDay(DayOf("2026-07-01")));
  withdraw(regulator(), std::nullopt);
  EXPECT_FALSE(holding().OnDay(DayOf("1900-01-01")));
}

TEST_F(EffectOf, AReplacementFallsWithItsOriginal) {
  Training again = example_.AwardedTraining();
  again.replaces = example_.training;
  const EventId second = scratch().File(example_.awarding_body, again, example_.practitioner);
  again.replaces = second;
  const EventId third = scratch().File(example_.awarding_body, again, example_.practitioner);
  scratch().File(example_.awarding_body, Withdrawal{example_.training, std::nullopt, {}},
                 example_.practitioner);
  const SubjectSet set = Set();
  const Subject& person = *set.Find(example_.practitioner.number);
  EXPECT_TRUE(Effect(set, kAlways).HoldingOf(person, *person.Find(third)).never);
}

TEST_F(EffectOf, StandingIsByDaysAndReachesBackBeforeTheGrant) {
  const auto stood = [&](const char* day) {
    const SubjectSet set = Set();
    return Effect(set, kAlways)
        .StoodOn(example_.awarding_body.number, Power::kIssueTraining,
                 ExampleRegister::kQualification, DayOf(day));
  };
  EXPECT_TRUE(stood("2010-01-01"));
  EXPECT_FALSE(stood("2009-12-31"));
  scratch().File(
      regulator(),
      AccreditationEnded{GrantOn(example_.awarding_body), DayOf("2025-12-31"), std::nullopt},
      example_.awarding_body);
  EXPECT_TRUE(stood("2025-12-31"));
  EXPECT_FALSE(stood("2026-01-01"));
}

}  // namespace
}  // namespace bonafide::registry
