#include "client/auditor.h"

#include <gtest/gtest.h>

#include <string>
#include <utility>
#include <vector>

#include "certs/base64.h"
#include "certs/reason.h"
#include "merkle/frame.h"
#include "tests/client/scratch_remote.h"
#include "tests/registry/example_register.h"
#include "tests/registry/token_forge.h"

namespace bonafide::client {
namespace {

using merkle::LogIndex;
using merkle::SubjectNumber;
using registry::EventEntry;
using registry::Party;
using registry::ScratchRegister;
using registry::StateEntry;

// A log that is right, with several heads, to be spoilt.
class AuditorTest : public ::testing::Test {
 protected:
  AuditorTest() {
    scratch().AdvanceDays(1);
    second_ = scratch().Register(register_.clinic, "Second Example");
    scratch().Publish();
    scratch().Advance(60'000);
    scratch().File(
        register_.clinic,
        registry::Affiliation{register_.clinic.number, registry::DayOf("2026-05-01"), {}},
        register_.practitioner);
    scratch().File(register_.registrar, registry::SamePerson{second_.number, second_.anchor},
                   register_.practitioner);
    scratch().Publish();
  }

  ScratchRegister& scratch() { return register_.scratch; }

  struct Result {
    std::string reason;
    std::string message;
    uint64_t events = 0, states = 0, subjects = 0, heads = 0, unknown = 0;
    bool ends_in_state = false;
  };
  Result Audit(const std::vector<std::string>& entries, unsigned threads = 2,
               const std::vector<merkle::Checkpoint>& heads = {}) const {
    return AuditFrames(ScratchLog(entries).Frames(), threads, heads, 100'000);
  }
  Result AuditFrames(const std::string& frames, unsigned threads,
                     const std::vector<merkle::Checkpoint>& heads, size_t run_bytes) const {
    Auditor auditor(register_.scratch.anchors(), threads);
    for (const merkle::Checkpoint& head : heads) auditor.Expect(head);
    absl::Status status;
    merkle::FrameReader reader(frames);
    std::string run;
    while (!reader.done() && status.ok()) {
      const auto next = reader.Next();
      if (!next.ok()) {
        run += "\x7F";  // a frame that is cut off
        break;
      }
      (void)merkle::AppendFrame(*next, run);
      if (run.size() < run_bytes && !reader.done()) continue;
      status = auditor.Add(run);
      run.clear();
    }
    if (status.ok() && !run.empty()) status = auditor.Add(run);
    if (status.ok()) status = auditor.Finish();
    const Replay& replay = auditor.replay();
    return {ReasonOf(status),        std::string(status.message()), replay.events(),
            replay.states(),         replay.subject_count(),        replay.heads_checked(),
            replay.unknown_events(), replay.ends_in_state()};
  }
  std::string Reason(const std::vector<std::string>& entries) const {
    return Audit(entries).reason;
  }

  // Where the first event of `type` stands.
  template <typename Body>
  size_t Find() const {
    const auto& entries = register_.scratch.entries();
    for (size_t i = 0; i < entries.size(); ++i) {
      const auto entry = registry::ParseEventEntry(entries[i]);
      if (!entry.ok()) continue;
      const auto token = registry::ParseToken(entry->token, register_.scratch.origin());
      if (token.ok() && token->event.As<Body>() != nullptr) return i;
    }
    ADD_FAILURE() << "no such event";
    return 0;
  }
  // The log with entry `at` changed by `change`.
  template <typename Kind, typename Change>
  std::vector<std::string> Changed(size_t at, Change change) const {
    std::vector<std::string> entries = register_.scratch.entries();
    auto entry = std::get<Kind>(*registry::ParseEntry(entries[at]));
    change(entry);
    entries[at] = registry::EncodeEntry(entry);
    return entries;
  }

  registry::ExampleRegister register_;
  Party second_;
};

TEST_F(AuditorTest, ARightLog) {
  const auto& entries = scratch().entries();
  const ScratchLog log(entries);
  const std::vector<merkle::Checkpoint> heads = {log.Head(scratch().origin(), entries.size()),
                                                 log.Head(scratch().origin(), entries.size() - 3)};
  for (unsigned threads : {1u, 2u, 7u}) {
    const Result result = Audit(entries, threads, heads);
    EXPECT_EQ(result.reason, "") << result.message;
    EXPECT_EQ(result.states, 3u);
    EXPECT_EQ(result.events, entries.size() - 3);
    EXPECT_EQ(result.subjects, scratch().subject_count());
    EXPECT_EQ(result.heads, 2u);
    EXPECT_EQ(result.unknown, 0u);
    EXPECT_TRUE(result.ends_in_state);
  }
}

// Whoever cosigns replays a log that has grown meanwhile.
TEST_F(AuditorTest, GoesOnAfterFinishing) {
  const auto reason = [this](const std::vector<std::string>& entries) {
    Auditor auditor(scratch().anchors(), 2);
    const auto half = entries.begin() + static_cast<std::ptrdiff_t>(entries.size() / 2);
    EXPECT_TRUE(auditor.Add(ScratchLog({entries.begin(), half}).Frames()).ok());
    EXPECT_TRUE(auditor.Finish().ok());
    EXPECT_EQ(auditor.replay().size().value, entries.size() / 2);
    absl::Status status = auditor.Add(ScratchLog({half, entries.end()}).Frames());
    if (status.ok()) status = auditor.Finish();
    EXPECT_EQ(auditor.replay().size().value == entries.size(), status.ok());
    return ReasonOf(status);
  };
  EXPECT_EQ(reason(scratch().entries()), "");
  // What comes later is checked no less.
  const size_t last = scratch().entries().size() - 1;
  EXPECT_EQ(reason(Changed<StateEntry>(last, [](StateEntry& e) { e.state_root.bytes[0] ^= 1; })),
            "audit_state_root");
}

TEST_F(AuditorTest, RunsOfAnySize) {
  const std::string frames = ScratchLog(scratch().entries()).Frames();
  for (size_t run_bytes : {1u, 3000u, 1u << 30}) {
    EXPECT_EQ(AuditFrames(frames, 3, {}, run_bytes).reason, "") << run_bytes;
  }
  EXPECT_EQ(AuditFrames(frames.substr(0, frames.size() - 1), 2, {}, 5000).reason,
            "frame_truncated");
}

TEST_F(AuditorTest, ManyEventsOnManyThreads) {
  for (int i = 0; i < 700; ++i) {
    scratch().Register(register_.clinic, "Example Person " + std::to_string(i));
    if (i % 7 == 0) scratch().Publish();
  }
  scratch().Publish();
  const Result result = Audit(scratch().entries(), 4);
  EXPECT_EQ(result.reason, "") << result.message;
  EXPECT_EQ(result.subjects, scratch().subject_count());
}

TEST_F(AuditorTest, AWrongStateRoot) {
  const size_t last = scratch().entries().size() - 1;
  EXPECT_EQ(Reason(Changed<StateEntry>(last, [](StateEntry& e) { e.state_root.bytes[0] ^= 1; })),
            "audit_state_root");
  // Also one that a later state entry puts right again.
  EXPECT_EQ(
      Reason(Changed<StateEntry>(last - 3, [](StateEntry& e) { e.state_root.bytes[31] ^= 1; })),
      "audit_state_root");
}

TEST_F(AuditorTest, AWrongCountOfSubjects) {
  const size_t last = scratch().entries().size() - 1;
  EXPECT_EQ(Reason(Changed<StateEntry>(last, [](StateEntry& e) { e.subjects += 1; })),
            "audit_subjects");
  EXPECT_EQ(Reason(Changed<StateEntry>(last, [](StateEntry& e) { e.subjects -= 1; })),
            "audit_subjects");
}

TEST_F(AuditorTest, EntriesOutOfPlace) {
  std::vector<std::string> entries = scratch().entries();
  std::swap(entries[3], entries[4]);
  EXPECT_EQ(Reason(entries), "audit_index");
  entries = scratch().entries();
  entries.erase(entries.begin() + 5);
  EXPECT_EQ(Reason(entries), "audit_index");
  EXPECT_EQ(Reason(Changed<EventEntry>(4, [](EventEntry& e) { e.index.value += 1; })),
            "audit_index");
}

TEST_F(AuditorTest, AClockThatRunsBackwards) {
  const size_t last = scratch().entries().size() - 1;
  EXPECT_EQ(Reason(Changed<StateEntry>(last, [](StateEntry& e) { e.time_ms -= 60'001; })),
            "audit_time");
}

TEST_F(AuditorTest, AnotherBeginning) {
  EXPECT_EQ(Reason(Changed<EventEntry>(0, [](EventEntry& e) { e.time_ms += 1; })), "audit_genesis");
  EXPECT_EQ(Reason({scratch().entries().back()}), "audit_index");
  EXPECT_EQ(Reason({registry::EncodeEntry(StateEntry{LogIndex{0}, 0, 0, Digest{}})}),
            "audit_genesis");
  // The register of another regulator under the same name.
  EXPECT_EQ(Reason(ScratchRegister(9).entries()), "audit_genesis");
}

TEST_F(AuditorTest, TheSameEventTwice) {
  const auto event = registry::ParseEventEntry(scratch().entries()[Find<registry::Training>()]);
  scratch().LogToken(event->token, event->subjects);
  EXPECT_EQ(Reason(scratch().entries()), "audit_twice");
}

TEST_F(AuditorTest, TheSameJtiTwice) {
  const auto event = registry::ParseEventEntry(scratch().entries()[Find<registry::Training>()]);
  // Another statement under the same `jti`.
  const certs::Json payload = registry::With(registry::PayloadOf(event->token), "awarded_on",
                                             certs::Json::String("2024-03-16"));
  scratch().LogToken(registry::ForgeToken(payload, *register_.awarding_body.key), event->subjects);
  EXPECT_EQ(Reason(scratch().entries()), "audit_twice");
}

TEST_F(AuditorTest, AnEventThatIsNotAdmitted) {
  // A clinic signs training it is not accredited for.
  registry::Training training = register_.AwardedTraining();
  training.issuer.number = register_.awarding_body.number;
  scratch().Log(scratch().Sign(register_.clinic, training, register_.practitioner),
                {register_.practitioner.number});
  EXPECT_EQ(Reason(scratch().entries()), "kind");
  EXPECT_NE(Audit(scratch().entries())
                .message.find("entry " + std::to_string(scratch().entries().size() - 1)),
            std::string::npos);
}

TEST_F(AuditorTest, AWrongSignature) {
  const size_t at = Find<registry::Insurance>();
  auto entries = Changed<EventEntry>(at, [](EventEntry& e) {
    const size_t dot = e.token.rfind('.');
    std::string signature = certs::Base64UrlDecode(e.token.substr(dot + 1)).value();
    signature[5] ^= 1;
    e.token = e.token.substr(0, dot + 1) + certs::Base64UrlEncode(signature);
  });
  // State roots follow the leaf, so that nothing else is wrong at that place.
  const Result result = Audit({entries.begin(), entries.begin() + static_cast<ptrdiff_t>(at) + 1});
  EXPECT_EQ(result.reason, "token_signature_wrong");
  EXPECT_NE(result.message.find("entry " + std::to_string(at)), std::string::npos);
  // What is wrong first is said, whichever thread finds out when.
  entries.back() = entries.front();
  EXPECT_EQ(Reason(entries), "token_signature_wrong");
}

TEST_F(AuditorTest, NumbersThatAreNotTheNext) {
  const auto sign = [this] {
    return scratch().Sign(register_.clinic, registry::PractitionerRegistered{}, std::nullopt,
                          {{"name", certs::Json::String("Third Example")}});
  };
  const std::vector<std::string> before = scratch().entries();
  const uint64_t count = scratch().subject_count();
  for (uint64_t number : {count + 1, count - 1}) {
    std::vector<std::string> entries = before;
    entries.push_back(registry::EncodeEntry(EventEntry{
        LogIndex{before.size()}, scratch().now_ms(), {SubjectNumber{number}}, sign().jwt}));
    EXPECT_EQ(Reason(entries), "audit_number") << number;
  }
}

TEST_F(AuditorTest, AKeyOfTwoOrganisations) {
  const auto key = register_.insurer.key->public_key();
  scratch().Log(
      scratch().Sign(scratch().regulator(),
                     registry::OrganisationCreated{
                         registry::OrganisationKind::kClinic, "Example Clinic West", {}, {key}}),
      {SubjectNumber{scratch().subject_count()}});
  EXPECT_EQ(Reason(scratch().entries()), "audit_thumbprint");
}

TEST_F(AuditorTest, ASecondSchemeForTheSameTreatment) {
  scratch().Log(
      scratch().Sign(scratch().regulator(),
                     registry::SchemeCreated{registry::ExampleRegister::kTreatment,
                                             registry::ExampleRegister::kTerritory, "Laxer"}),
      {SubjectNumber{scratch().subject_count()}, SubjectNumber{0}});
  EXPECT_EQ(Reason(scratch().entries()), "already");
}

TEST_F(AuditorTest, ALinkHiddenFromOneNumber) {
  const size_t at = Find<registry::SamePerson>();
  EXPECT_EQ(Reason(Changed<EventEntry>(at, [](EventEntry& e) { e.subjects.pop_back(); })),
            "entry_subjects");
}

TEST_F(AuditorTest, AForkIsNamed) {
  const ScratchLog log(scratch().entries());
  const uint64_t size = scratch().entries().size();
  merkle::Checkpoint head = log.Head(scratch().origin(), size - 3);
  head.root.bytes[0] ^= 1;
  const Result result = Audit(scratch().entries(), 2, {log.Head(scratch().origin(), size), head});
  EXPECT_EQ(result.reason, "fork");
  EXPECT_NE(result.message.find("FORK"), std::string::npos);
}

TEST_F(AuditorTest, ALogThatDoesNotEndInAStateEntry) {
  scratch().Register(register_.clinic, "Third Example");
  const Result result = Audit(scratch().entries());
  EXPECT_EQ(result.reason, "");
  EXPECT_FALSE(result.ends_in_state);
}

TEST_F(AuditorTest, EventsOfALaterVersionAreCounted) {
  const auto event = registry::ParseEventEntry(scratch().entries()[Find<registry::Affiliation>()]);
  certs::Json payload = registry::PayloadOf(event->token);
  payload = registry::With(payload, "vct", certs::Json::String("urn:bonafide:later:v2"));
  payload = registry::With(payload, "jti", certs::Json::String(std::string(22, 'A')));
  scratch().LogToken(registry::ForgeToken(payload, *register_.clinic.key), event->subjects);
  const Result result = Audit(scratch().entries());
  EXPECT_EQ(result.reason, "") << result.message;
  EXPECT_EQ(result.unknown, 1u);
}

TEST_F(AuditorTest, BytesThatAreNoEntry) {
  std::vector<std::string> entries = scratch().entries();
  entries[2] = std::string("\x03") + entries[2].substr(1);
  EXPECT_EQ(Reason(entries), "entry_kind");
  entries = scratch().entries();
  entries[2].resize(20);
  EXPECT_NE(Reason(entries), "");
}

}  // namespace
}  // namespace bonafide::client
