// Planning as a pure function, and the gate that looks at its results.
#include "storage/register/plan.h"

#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <vector>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "registry/entry.h"
#include "storage/register/sign_gate.h"
#include "tests/storage/plan_state.h"

namespace bonafide::storage {
namespace {

using registry::OrganisationKind;

constexpr int64_t kNowMs = 1'780'000'000'000;
constexpr char kOrigin[] = "register.example/test";

struct Someone {
  SubjectNumber number;
  registry::EventId anchor;
  std::shared_ptr<certs::PrivateKey> key;
};

class PlanTest : public ::testing::Test {
 protected:
  PlanTest() : state_(kOrigin) {
    regulator_.key = NewKey();
    registry::Genesis body;
    body.name = "Example Regulator";
    body.keys = {regulator_.key->public_key()};
    body.origin = kOrigin;
    body.log_key = certs::NoteVerifier::Create(kOrigin, certs::NoteKeyType::kEd25519,
                                               regulator_.key->public_key())
                       ->ToVkey();
    body.max_head_gap_s = 600;
    const auto genesis = Sign(regulator_, body);
    regulator_.anchor = IdOf(genesis);
    Commit({genesis});
  }

  std::shared_ptr<certs::PrivateKey> NewKey() {
    auto key = std::make_shared<certs::PrivateKey>(
        certs::PrivateKey::Generate(certs::Algorithm::kEd25519, random_));
    keys_[key->public_key().id()] = key;
    return key;
  }

  registry::SignedEvent Sign(const Someone& by, registry::EventBody body,
                             std::optional<Someone> about = std::nullopt,
                             std::vector<registry::OpenedSlot> personal = {}) {
    registry::EventDraft draft;
    draft.issuer = by.number;
    draft.issued_at_s = kNowMs / 1000;
    if (about) {
      draft.subject = about->number;
      draft.anchor = about->anchor;
    }
    draft.body = std::move(body);
    draft.personal = std::move(personal);
    const auto event = registry::SignEvent(draft, kOrigin, *by.key, random_);
    EXPECT_TRUE(event.ok()) << event.status();
    return *event;
  }

  static registry::EventId IdOf(const registry::SignedEvent& event) {
    return registry::ParseToken(event.jwt, kOrigin)->event.id;
  }

  std::vector<VerifiedSubmission> Checked(const std::vector<registry::SignedEvent>& events) {
    std::vector<VerifiedSubmission> checked;
    for (const registry::SignedEvent& event : events) {
      auto one = VerifiedSubmission::Check(
          event.Framed(), kOrigin,
          [this](SubjectNumber, const certs::KeyId& kid) -> absl::StatusOr<certs::PublicKey> {
            return keys_.at(kid)->public_key();
          });
      EXPECT_TRUE(one.ok()) << one.status();
      checked.push_back(*std::move(one));
    }
    return checked;
  }

  Plan Make(const std::vector<registry::SignedEvent>& events, const SubjectLimits& limits = {},
            int64_t now_ms = kNowMs, bool heartbeat = false) {
    auto plan = MakePlan(state_, Checked(events), now_ms, heartbeat, limits);
    EXPECT_TRUE(plan.ok()) << plan.status();
    return *std::move(plan);
  }
  void Commit(const std::vector<registry::SignedEvent>& events) {
    Plan plan = Make(events);
    for (const PlannedOutcome& outcome : plan.outcomes) {
      EXPECT_TRUE(outcome.status.ok()) << outcome.status;
    }
    state_.Install(std::move(plan));
  }

  registry::SignedEvent Organisation(std::shared_ptr<certs::PrivateKey> key) {
    registry::OrganisationCreated body;
    body.kind = OrganisationKind::kClinic;
    body.name = "Example Clinic";
    body.keys = {key->public_key()};
    return Sign(regulator_, body);
  }
  registry::SignedEvent Practitioner() {
    return Sign(regulator_, registry::PractitionerRegistered{}, std::nullopt,
                {{"name", certs::Json::String("Zoe Example")}});
  }
  // Registers a practitioner for good.
  Someone AddPractitioner() {
    const auto event = Practitioner();
    const SubjectNumber number = {state_.subject_count()};
    Commit({event});
    return {number, IdOf(event), nullptr};
  }
  registry::SignedEvent Sanction(const Someone& practitioner) {
    registry::Sanction body;
    body.kind = registry::SanctionKind::kSuspension;
    body.from = registry::Day::OfTime(kNowMs);
    return Sign(regulator_, body, practitioner);
  }

  static std::vector<std::string> Reasons(const Plan& plan) {
    std::vector<std::string> reasons;
    for (const PlannedOutcome& outcome : plan.outcomes) reasons.push_back(ReasonOf(outcome.status));
    return reasons;
  }

  PublishedHead Last() {
    return {{kOrigin, state_.log().size(), state_.log().root()},
            state_.last_time_ms(),
            state_.tree().root(),
            state_.subject_count()};
  }

  registry::SeededRandom random_{7};
  std::map<certs::KeyId, std::shared_ptr<certs::PrivateKey>> keys_;
  PlanState state_;
  Someone regulator_;
};

TEST_F(PlanTest, ABatchIsItsEventsAndOneStateEntry) {
  const Plan plan = Make({Organisation(NewKey()), Practitioner(), Practitioner()});
  ASSERT_EQ(plan.request.entries.size(), 4U);
  for (uint64_t i = 0; i < 3; ++i) {
    const auto entry = registry::ParseEventEntry(plan.request.entries[i].bytes);
    ASSERT_TRUE(entry.ok());
    EXPECT_EQ(entry->index, LogIndex{2 + i});
    EXPECT_EQ(entry->subjects, std::vector{SubjectNumber{1 + i}});
    EXPECT_EQ(plan.outcomes[i].index, entry->index);
    EXPECT_TRUE(plan.outcomes[i].is_new);
  }
  const auto state = registry::ParseStateEntry(plan.state_entry);
  ASSERT_TRUE(state.ok());
  EXPECT_EQ(state->index, LogIndex{5});
  EXPECT_EQ(state->subjects, 4U);
  EXPECT_EQ(plan.request.entries.back().bytes, plan.state_entry);
  EXPECT_TRUE(plan.request.entries.back().places.empty());
  EXPECT_EQ(plan.request.frontier.size(), TreeSize{6});
}

TEST_F(PlanTest, NothingToDoIsNoBatch) {
  EXPECT_TRUE(Make({}).empty());
  const auto event = Practitioner();
  Commit({event});
  const Plan again = Make({event});
  EXPECT_TRUE(again.empty());
  EXPECT_FALSE(again.outcomes[0].is_new);
  EXPECT_EQ(again.outcomes[0].index, LogIndex{2});
}

TEST_F(PlanTest, AHeartbeatIsAStateEntryAlone) {
  const Plan plan = Make({}, {}, kNowMs + 5, true);
  ASSERT_EQ(plan.request.entries.size(), 1U);
  EXPECT_EQ(plan.state_root, state_.tree().root());
  EXPECT_EQ(registry::ParseStateEntry(plan.state_entry)->time_ms, kNowMs + 5);
}

TEST_F(PlanTest, TimeIsTheLaterOfClockAndLog) {
  EXPECT_EQ(Make({Practitioner()}, {}, kNowMs - 60'000).time_ms, kNowMs);
  EXPECT_EQ(Make({Practitioner()}, {}, kNowMs + 60'000).time_ms, kNowMs + 60'000);
}

TEST_F(PlanTest, TheSameEventTwiceInABatchIsOne) {
  const auto event = Practitioner();
  const Plan plan = Make({event, Practitioner(), event});
  EXPECT_EQ(plan.events.size(), 2U);
  EXPECT_EQ(plan.outcomes[2].index, plan.outcomes[0].index);
  EXPECT_FALSE(plan.outcomes[2].is_new);
}

TEST_F(PlanTest, ARefusalLeavesTheOthers) {
  registry::SignedEvent stale = Practitioner();
  Someone clinic;
  clinic.number = {1};
  clinic.key = NewKey();
  const auto create = Organisation(clinic.key);
  clinic.anchor = IdOf(create);
  const auto unpowered = Sign(clinic, registry::PractitionerRegistered{}, std::nullopt,
                              {{"name", certs::Json::String("Zoe Example")}});
  const Plan plan = Make({unpowered, create, unpowered, Practitioner()});
  EXPECT_THAT(Reasons(plan), ::testing::ElementsAre("issuer_unknown", "", "power_missing", ""));
  EXPECT_EQ(plan.outcomes[3].index, LogIndex{3});
}

TEST_F(PlanTest, LaterEventsOfABatchSeeEarlierOnes) {
  Someone clinic;
  clinic.number = {1};
  clinic.key = NewKey();
  const auto create = Organisation(clinic.key);
  clinic.anchor = IdOf(create);
  const auto added = NewKey();
  const auto revoke = Sign(
      regulator_, registry::KeyRevoked{clinic.key->public_key().id(), std::nullopt, {}}, clinic);
  const auto add = Sign(clinic, registry::KeyAdded{added->public_key()}, clinic);
  const Plan plan = Make({create, revoke, add});
  EXPECT_THAT(Reasons(plan), ::testing::ElementsAre("", "", "key_revoked"));
}

TEST_F(PlanTest, AKeyIsRegisteredOnce) {
  const auto key = NewKey();
  EXPECT_THAT(Reasons(Make({Organisation(key), Organisation(key)})),
              ::testing::ElementsAre("", "already"));
  Commit({Organisation(key)});
  EXPECT_THAT(Reasons(Make({Organisation(key)})), ::testing::ElementsAre("already"));
}

TEST_F(PlanTest, SchemesStandUnderSubjectZeroToo) {
  const auto scheme = Sign(regulator_, registry::SchemeCreated{"tattoo", "gb-eng", "Example"});
  const Plan plan = Make({scheme});
  ASSERT_EQ(plan.request.entries[0].places.size(), 2U);
  EXPECT_EQ(plan.request.entries[0].places[0], (EntryPlace{{1}, 0}));
  EXPECT_EQ(plan.request.entries[0].places[1], (EntryPlace{{0}, 1}));
  EXPECT_EQ(plan.changed.size(), 2U);
  const auto second = Sign(regulator_, registry::SchemeCreated{"tattoo", "gb-eng", "Other"});
  EXPECT_THAT(Reasons(Make({scheme, second})), ::testing::ElementsAre("", "already"));
}

TEST_F(PlanTest, AFullPractitionerTakesOnlyWhatAuthoritiesFile) {
  const Someone practitioner = AddPractitioner();
  SubjectLimits limits;
  limits.entries = 1;
  limits.entries_for_authorities = 2;
  // The regulator holds every power, so it may go up to the second number and no further.
  const Plan plan = Make({Sanction(practitioner), Sanction(practitioner)}, limits);
  EXPECT_THAT(Reasons(plan), ::testing::ElementsAre("", "subject_full"));
  EXPECT_EQ(plan.outcomes[1].status.code(), absl::StatusCode::kResourceExhausted);
  limits.entries_for_authorities = 1;
  EXPECT_THAT(Reasons(Make({Sanction(practitioner)}, limits)),
              ::testing::ElementsAre("subject_full"));
  limits = {};
  limits.bytes = 10;
  limits.bytes_for_authorities = 10;
  EXPECT_THAT(Reasons(Make({Sanction(practitioner)}, limits)),
              ::testing::ElementsAre("subject_full"));
}

TEST_F(PlanTest, OthersStopAtTheFirstNumber) {
  const Someone practitioner = AddPractitioner();
  Someone registrar;
  registrar.number = {state_.subject_count()};
  registrar.key = NewKey();
  registry::OrganisationCreated body;
  body.kind = OrganisationKind::kRegistrar;
  body.name = "Example Registrar";
  body.keys = {registrar.key->public_key()};
  const auto create = Sign(regulator_, body);
  registrar.anchor = IdOf(create);
  registry::Accreditation grant;
  grant.power = registry::Power::kRegister;
  grant.scope = {"*"};
  grant.from = registry::Day::OfTime(kNowMs);
  Commit({create, Sign(regulator_, grant, registrar)});
  const auto amend = Sign(registrar, registry::PractitionerAmended{registry::Day::OfTime(kNowMs)},
                          practitioner, {{"town", certs::Json::String("Leeds")}});
  EXPECT_THAT(Reasons(Make({amend})), ::testing::ElementsAre(""));
  SubjectLimits limits;
  limits.entries = 1;
  EXPECT_THAT(Reasons(Make({amend, Sanction(practitioner)}, limits)),
              ::testing::ElementsAre("subject_full", ""));
}

// Two statements of one issuer under one `jti`.
TEST_F(PlanTest, AnIdentifierSaysOneThing) {
  const Someone practitioner = AddPractitioner();
  const auto stated = [&](registry::SanctionKind kind) {
    random_ = registry::SeededRandom(99);
    registry::Sanction body;
    body.kind = kind;
    body.from = registry::Day::OfTime(kNowMs);
    return Sign(regulator_, body, practitioner);
  };
  const auto first = stated(registry::SanctionKind::kSuspension);
  const auto other = stated(registry::SanctionKind::kRemoval);
  const Plan together = Make({first, other, first});
  EXPECT_THAT(Reasons(together), ::testing::ElementsAre("", "jti_reused", ""));
  EXPECT_EQ(together.events.size(), 1U);
  EXPECT_EQ(together.outcomes[2].index, together.outcomes[0].index);
  Commit({first});
  const Plan later = Make({other, first});
  EXPECT_THAT(Reasons(later), ::testing::ElementsAre("jti_reused", ""));
  EXPECT_TRUE(later.empty());
  EXPECT_EQ(later.outcomes[1].index, together.outcomes[0].index);
}

TEST_F(PlanTest, WhatCannotBeReadIsAnErrorNotARefusal) {
  const Someone practitioner = AddPractitioner();
  const auto event = Sanction(practitioner);
  state_.read_error = Damaged("data_damaged", "made to fail");
  EXPECT_THAT(Reasons(Make({event})), ::testing::ElementsAre("data_damaged"));
  state_.read_error = absl::OkStatus();
  Commit({event});
  state_.read_error = Damaged("data_damaged", "made to fail");
  // That its `jti` is known is not to be taken for another statement with the same one.
  EXPECT_THAT(Reasons(Make({event})), ::testing::ElementsAre("data_damaged"));
}

TEST_F(PlanTest, ADamagedSubjectHoldsUpNobodyElse) {
  const Someone damaged = AddPractitioner();
  const Someone sound = AddPractitioner();
  state_.damaged[damaged.number.value] = Damaged("data_damaged", "made to fail");
  const Plan plan = Make({Sanction(sound), Sanction(damaged), Practitioner()});
  EXPECT_THAT(Reasons(plan), ::testing::ElementsAre("", "data_damaged", ""));
  EXPECT_EQ(plan.events.size(), 2U);
  EXPECT_EQ(plan.changed.size(), 2U);
  EXPECT_FALSE(plan.changed.contains(damaged.number.value));
}

TEST_F(PlanTest, AnEventThatAsksForNoHistoryReadsNone) {
  const Someone practitioner = AddPractitioner();
  const auto sanction = Sanction(practitioner);
  const Plan plan = Make({sanction});
  const PlannedSubject& planned = plan.changed.at(practitioner.number.value);
  EXPECT_EQ(planned.subject, nullptr);
  ASSERT_EQ(planned.added.size(), 1U);
  // One that does, in the same batch, finds what the batch has added before it.
  registry::Withdrawal withdrawal;
  withdrawal.target = IdOf(sanction);
  const Plan both = Make({sanction, Sign(regulator_, withdrawal, practitioner)});
  EXPECT_THAT(Reasons(both), ::testing::ElementsAre("", ""));
  EXPECT_EQ(both.changed.at(practitioner.number.value).subject->events().size(), 3U);
}

TEST_F(PlanTest, ProofsOfTheBatch) {
  for (int round = 0; round < 9; ++round) {
    std::vector<registry::SignedEvent> events;
    for (int i = 0; i < 1 + round % 4; ++i) events.push_back(Practitioner());
    const PublishedHead last = Last();
    Plan plan = Make(events);
    const TreeSize size = plan.request.frontier.size();
    const Digest root = plan.request.frontier.root();
    EXPECT_TRUE(merkle::VerifyConsistency(last.checkpoint.size, size, last.checkpoint.root, root,
                                          plan.consistency)
                    .ok());
    for (uint64_t i = 0; i < plan.request.entries.size(); ++i) {
      const LogIndex index = {last.checkpoint.size.value + i};
      const auto proof = merkle::ParseProof(*plan.InclusionProof(index));
      EXPECT_TRUE(
          merkle::VerifyInclusion(index, size, plan.request.entries[i].leaf_hash, *proof, root)
              .ok());
    }
    EXPECT_TRUE(CheckSignGate(last, plan, *state_.tree().view()).ok());
    state_.Install(std::move(plan));
  }
}

// Each row breaks one thing the gate has to see.
TEST_F(PlanTest, TheSignGateClosesOnEverythingElse) {
  const Someone practitioner = AddPractitioner();
  struct Row {
    const char* name;
    std::function<void(PublishedHead&, Plan&)> damage;
  };
  const std::vector<Row> rows = {
      {"another base", [](auto& last, auto&) { last.checkpoint.size.value -= 1; }},
      {"another old root", [](auto& last, auto&) { last.checkpoint.root.bytes[0] ^= 1; }},
      {"a lost entry",
       [](auto&, auto& plan) { plan.request.entries.erase(plan.request.entries.begin()); }},
      {"a flipped bit in an entry",
       [](auto&, auto& plan) { plan.request.entries[0].bytes[40] ^= 1; }},
      {"a flipped bit in a hash",
       [](auto&, auto& plan) { plan.request.entries[0].leaf_hash.bytes[3] ^= 1; }},
      {"another new root",
       [](auto&, auto& plan) {
         merkle::Frontier other;
         for (uint64_t i = 0; i < plan.request.frontier.size().value; ++i) other.Append(Digest());
         plan.request.frontier = other;
       }},
      {"no state entry",
       [](auto&, auto& plan) { plan.request.entries.back() = plan.request.entries.front(); }},
      {"another state root", [](auto&, auto& plan) { plan.state_root.bytes[0] ^= 1; }},
      {"another count", [](auto&, auto& plan) { plan.subject_count += 1; }},
      {"another time", [](auto&, auto& plan) { plan.time_ms += 1; }},
      {"time that goes back", [](auto& last, auto& plan) { last.time_ms = plan.time_ms + 1; }},
      {"subjects that disappear",
       [](auto& last, auto& plan) { last.subject_count = plan.subject_count + 1; }},
      {"a consistency proof of something else",
       [](auto&, auto& plan) { plan.consistency.push_back(Digest()); }},
      {"another old state root", [](auto& last, auto&) { last.state_root.bytes[0] ^= 1; }},
      {"a subject that was otherwise",
       [&](auto&, auto& plan) {
         plan.changed.at(practitioner.number.value).before.frontier.Append(Digest());
       }},
      {"a subject that was not there",
       [](auto&, auto& plan) {
         PlannedSubject invented = plan.changed.begin()->second;
         plan.changed.emplace(4711, invented);
       }},
  };
  for (const Row& row : rows) {
    PublishedHead last = Last();
    Plan plan = Make({Sanction(practitioner)});
    ASSERT_TRUE(CheckSignGate(last, plan, *state_.tree().view()).ok());
    row.damage(last, plan);
    EXPECT_EQ(ReasonOf(CheckSignGate(last, plan, *state_.tree().view())), "sign_gate") << row.name;
  }
}

TEST(ClockGateTest, SeesJumpsAndForgivesSteps) {
  ClockGate gate(1000);
  gate.Believe(50'000, 0);
  EXPECT_TRUE(gate.Check(60'000, 10'000).ok());
  EXPECT_TRUE(gate.Check(60'900, 10'000).ok()) << "within the bound";
  EXPECT_EQ(ReasonOf(gate.Check(62'000, 10'000)), "clock_jump");
  EXPECT_EQ(ReasonOf(gate.Check(63'000, 11'000)), "clock_jump") << "and it stays refused";
  EXPECT_TRUE(gate.Check(62'000, 11'500).ok()) << "until it is right again";
  EXPECT_TRUE(gate.Check(2'000, 12'000).ok()) << "put back by a minute";
  EXPECT_TRUE(gate.Check(62'600, 12'100).ok()) << "and to where it was";
  EXPECT_EQ(ReasonOf(gate.Check(66'000, 12'200)), "clock_jump");
  gate.Believe(66'000, 12'200);
  EXPECT_TRUE(gate.Check(66'100, 12'300).ok());
}

}  // namespace
}  // namespace bonafide::storage
