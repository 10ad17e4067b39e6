// The command line against a register over TLS: honest first, then lying.
#include <gmock/gmock.h>
#include <gtest/gtest.h>

#include <functional>
#include <string>
#include <utility>
#include <vector>

#include "certs/reason.h"
#include "client/clock.h"
#include "registry/registration_number.h"
#include "tests/client/command_line.h"
#include "tests/client/scratch_remote.h"
#include "tests/client/served_remote.h"
#include "tests/registry/example_register.h"

namespace bonafide::client {
namespace {

using ::testing::HasSubstr;
using ::testing::IsEmpty;
using ::testing::Not;
using ::testing::StartsWith;
using Words = std::vector<std::string>;

class LyingRegisterTest : public ::testing::Test {
 protected:
  LyingRegisterTest() : remote_(scratch()), served_(remote_) {
    old_ = scratch().Prove(register_.Ask());
    scratch().Advance(SystemClock()() - scratch().now_ms());
    scratch().Publish();
    ca_ = program_.Write("ca.pem", served_.ca_pem());
    Ask({"trust", "--yes"}, 0);
  }

  registry::ScratchRegister& scratch() { return register_.scratch; }
  Words At(Words words) const {
    words.insert(words.end(), {"--server", served_.address(), "--ca", ca_});
    return words;
  }
  CommandLine::Said Run(const Words& words) const { return program_.Run(At(words)); }
  certs::Json Ask(const Words& words, int code) const { return program_.Ask(At(words), code); }
  std::string Refused(const Words& words, int code) const {
    return program_.Refused(At(words), code);
  }
  Words Verify() const {
    return {"verify",
            registry::RegistrationNumber(register_.practitioner.number),
            registry::ExampleRegister::kTreatment,
            "--territory",
            registry::ExampleRegister::kTerritory,
            "--on",
            "2026-06-01"};
  }
  Words Show() const {
    return {"show", registry::RegistrationNumber(register_.practitioner.number)};
  }
  void Grow() {
    scratch().Register(register_.clinic, "Somebody Example");
    scratch().Publish();
  }
  // Neither answer is believed or shown.
  void ExpectUnproven(const std::string& reason) {
    for (const Words& words : {Verify(), Show()}) {
      const CommandLine::Said said = Run(words);
      EXPECT_EQ(said.code, 3) << reason;
      EXPECT_THAT(said.out, StartsWith("COULD NOT CHECK")) << reason;
      EXPECT_THAT(said.out + said.err, Not(HasSubstr("YES"))) << reason;
      EXPECT_THAT(said.out, Not(HasSubstr("Zo\xC3\xAB"))) << reason;
      EXPECT_EQ(Refused(words, 3), reason);
    }
  }

  const CommandLine program_;
  registry::ExampleRegister register_;
  registry::Evidence old_;  // as long ago as the example was filed
  ScratchRemote remote_;
  ServedRemote served_;
  std::string ca_;
};

TEST_F(LyingRegisterTest, AnHonestOneIsBelieved) {
  EXPECT_THAT(Run(Verify()).out, StartsWith("YES: "));
  EXPECT_EQ(*Ask(Verify(), 0).FindString("outcome"), "yes");
  EXPECT_THAT(Run(Show()).out, HasSubstr("Zo\xC3\xAB Example-Jones"));
  EXPECT_EQ(Refused({"show", "1234-5678-89"}, 1), "subject_unknown");
  EXPECT_EQ(*Ask({"verify", "1234-5678-89", "lips", "--territory", "x"}, 1).FindString("outcome"),
            "no");
}

TEST_F(LyingRegisterTest, WhatItDoesNotProveIsNeverShown) {
  struct Lie {
    std::string reason;
    std::function<void(registry::Evidence&)> tell;
  };
  const std::vector<Lie> lies = {
      {"evidence_subject_missing", [](auto& evidence) { evidence.subjects.pop_back(); }},
      {"issuer_unknown",
       [](auto& evidence) { evidence.subjects.erase(evidence.subjects.begin()); }},
      {"proof_root", [](auto& evidence) { evidence.subjects.back().entries.back() ^= 1; }},
      {"proof_length", [](auto& evidence) { evidence.state_inclusion.clear(); }},
      {"head_too_old", [this](auto& evidence) { evidence = old_; }},
      {"note_unsigned",
       [](auto& evidence) {
         evidence.checkpoint = registry::ExampleRegister(9).scratch.checkpoint();
       }},
      {"base64url", [](auto& evidence) { evidence.subjects.back().disclosures += "x~"; }},
  };
  for (const Lie& lie : lies) {
    remote_.spoil_evidence = lie.tell;
    ExpectUnproven(lie.reason);
  }
  remote_.spoil_evidence = nullptr;
  remote_.verify_failure =
      Refusal(absl::StatusCode::kNotFound, "subject_unknown", "this number was never given");
  ExpectUnproven("subject_unknown");
  remote_.verify_failure = absl::OkStatus();
  EXPECT_EQ(Run(Verify()).code, 0) << "nothing of it was remembered";
}

TEST_F(LyingRegisterTest, AFutureHead) {
  scratch().Advance(3'600'000);
  scratch().Publish();
  ExpectUnproven("head_in_future");
}

TEST_F(LyingRegisterTest, AForkIsNamed) {
  EXPECT_EQ(Run(Verify()).code, 0);
  Grow();
  remote_.consistency = ScratchLog(scratch().entries()).Consistency(1, 2);
  ExpectUnproven("fork");
  EXPECT_EQ(Refused({"audit"}, 3), "fork");
  EXPECT_THAT(Run(Verify()).err, HasSubstr("FORK"));
}

TEST_F(LyingRegisterTest, AnAuditFindsWhatTheLogDoesNotHave) {
  const certs::Json right = Ask({"audit"}, 0);
  EXPECT_EQ(right.FindInteger("entries"), static_cast<int64_t>(scratch().entries().size()));
  EXPECT_EQ(right.FindInteger("heads"), 1);
  remote_.spoil_frames = [](std::string& frames) { frames.back() ^= 1; };
  EXPECT_EQ(Refused({"audit"}, 3), "audit_state_root");
  remote_.spoil_frames = [](std::string& frames) { frames.clear(); };
  EXPECT_EQ(Refused({"audit"}, 3), "audit_incomplete");
  const CommandLine::Said said = Run({"audit"});
  EXPECT_EQ(said.code, 3);
  EXPECT_THAT(said.out, StartsWith("COULD NOT CHECK"));
}

class CosigningProgramTest : public LyingRegisterTest {
 protected:
  CosigningProgramTest() {
    EXPECT_EQ(program_.Run({"keygen", program_ / "c.key", "--cosigner", "auditor.example"}).code,
              0);
  }
  Words Cosign() const {
    return {"audit", "--cosign", program_ / "c.key", "--name", "auditor.example"};
  }
  int64_t Size() { return static_cast<int64_t>(scratch().entries().size()); }
};

// The head that waits when the log has been replayed is a newer one: the rest is replayed too.
TEST_F(CosigningProgramTest, CatchesUpWithABusyRegister) {
  int asked = 0;
  remote_.spoil_checkpoint = [&] {
    if (++asked == 2) Grow();
    return scratch().checkpoint();
  };
  const int64_t before = Size();
  const certs::Json cosigned = Ask(Cosign(), 0);
  EXPECT_EQ(cosigned.FindBool("cosigned"), true);
  EXPECT_EQ(cosigned.FindInteger("entries"), Size());
  EXPECT_GT(Size(), before);
  // Where what it catches up with is wrong, nothing is cosigned.
  asked = 0;
  int streams = 0;
  remote_.spoil_frames = [&](std::string& frames) {
    if (++streams == 2) frames.back() ^= 1;
  };
  EXPECT_EQ(Refused(Cosign(), 3), "audit_state_root");
}

TEST_F(CosigningProgramTest, NeverGoesBack) {
  const std::string old = scratch().checkpoint();
  Grow();
  Ask(Cosign(), 0);
  remote_.spoil_checkpoint = [&] { return old; };
  const certs::Json refused = Ask(Cosign(), 1);
  EXPECT_EQ(*refused.Find("error")->FindString("reason"), "head_older");
  EXPECT_EQ(refused.FindBool("cosigned"), false);
  EXPECT_LT(refused.FindInteger("entries"), Size());  // audited all the same
  // Nor with what is shown about it withheld.
  remote_.consistency = Refusal(absl::StatusCode::kUnavailable, "unreachable", "gone");
  EXPECT_EQ(Refused(Cosign(), 3), "consistency_unproven");
}

TEST_F(CosigningProgramTest, AHeadThatIsAlwaysGoneIsGivenUp) {
  remote_.cosign_failure =
      Refusal(absl::StatusCode::kNotFound, "checkpoint_unknown", "not kept for cosigning");
  EXPECT_EQ(Refused(Cosign(), 1), "checkpoint_unknown");
  const CommandLine::Said said = Run(Cosign());
  EXPECT_THAT(said.out, StartsWith("The log is right: "));
  EXPECT_THAT(said.err, HasSubstr("run the audit again"));
}

TEST_F(CosigningProgramTest, WhoAsksForACosignerCanFileAndIsToldToWait) {
  const std::string vkey =
      *program_.Ask({"keygen", program_ / "w.key", "--cosigner", "witness.example"}, 0)
           .FindString("public");
  const std::string policy = program_.Write("policy", "witness w " + vkey + "\nquorum w\n");
  Ask({"trust", "--yes", "--policy", policy}, 0);
  ExpectUnproven("policy_unsatisfied");
  EXPECT_THAT(Run(Verify()).err, HasSubstr("ask again later"));
  const std::string key = program_.Write("clinic.key", std::string(register_.clinic.key->ToPem()));
  const Words affiliate = {"practitioner",
                           "affiliate",
                           registry::RegistrationNumber(register_.practitioner.number),
                           "--from",
                           "2026-05-01",
                           "--as",
                           registry::RegistrationNumber(register_.clinic.number),
                           "--key",
                           key};
  EXPECT_NE(Ask(affiliate, 0).FindString("event"), nullptr);
  // A paper that its event names must be there first.
  remote_.submit_failures = {NotAdmitted("paper_unknown", "paper has not been uploaded")};
  EXPECT_THAT(Run(affiliate).err, HasSubstr("bonafide paper put FILE"));
  remote_.submit_failures = {Refusal(absl::StatusCode::kNotFound, "paper_unknown", "no paper")};
  EXPECT_THAT(Run(affiliate).err, HasSubstr("not for you"));
  // A receipt that proves nothing leaves the outcome open.
  remote_.spoil_receipt = [](Receipt& receipt) { receipt.inclusion.clear(); };
  EXPECT_EQ(Refused({"practitioner", "register", "--name", "New Example", "--as",
                     registry::RegistrationNumber(register_.clinic.number), "--key", key},
                    3),
            "proof_length");
}

}  // namespace
}  // namespace bonafide::client
