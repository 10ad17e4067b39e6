#include "proto/evidence_codec.h"

#include <gtest/gtest.h>

#include "certs/reason.h"
#include "registry/closure.h"

namespace bonafide::proto {
namespace {

v1::Evidence Message() {
  v1::Evidence message;
  message.set_version(1);
  message.set_checkpoint("note\n");
  message.set_state_entry("state");
  message.set_state_inclusion("inclusion");
  v1::SubjectEvidence* subject = message.add_subjects();
  subject->set_number(7);
  subject->set_entries("cd");
  subject->set_disclosures("D~");
  subject->set_proof("proof");
  return message;
}

class TwoEntries : public KnownEntries {
 public:
  absl::StatusOr<std::string> First(registry::SubjectNumber subject,
                                    uint64_t count) const override {
    if (subject.value != 7 || count > 2) return Malformed("not_here", "not remembered");
    return std::string("ab").substr(0, count);
  }
};

TEST(EvidenceCodec, TranslatesBothWaysWithoutLoss) {
  const auto evidence = EvidenceFromProto(Message());
  ASSERT_TRUE(evidence.ok()) << evidence.status();
  EXPECT_EQ(evidence->version, 1u);
  EXPECT_EQ(evidence->checkpoint, "note\n");
  EXPECT_EQ(evidence->state_entry, "state");
  EXPECT_EQ(evidence->state_inclusion, "inclusion");
  ASSERT_EQ(evidence->subjects.size(), 1u);
  EXPECT_EQ(evidence->subjects[0].number.value, 7u);
  EXPECT_EQ(evidence->subjects[0].entries, "cd");
  EXPECT_EQ(evidence->subjects[0].disclosures, "D~");
  EXPECT_EQ(evidence->subjects[0].proof, "proof");
  EXPECT_EQ(EvidenceToProto(*evidence).SerializeAsString(), Message().SerializeAsString());
}

TEST(EvidenceCodec, PutsKnownEntriesInFront) {
  v1::Evidence message = Message();
  message.mutable_subjects(0)->set_known_entries(2);
  const TwoEntries known;
  const auto evidence = EvidenceFromProto(message, &known);
  ASSERT_TRUE(evidence.ok()) << evidence.status();
  EXPECT_EQ(evidence->subjects[0].entries, "abcd");
}

TEST(EvidenceCodec, RefusesLeftOutEntriesThatNobodyHas) {
  v1::Evidence message = Message();
  message.mutable_subjects(0)->set_known_entries(3);
  EXPECT_EQ(ReasonOf(EvidenceFromProto(message).status()), "evidence_incomplete");
  const TwoEntries known;
  EXPECT_EQ(ReasonOf(EvidenceFromProto(message, &known).status()), "not_here");
}

TEST(EvidenceCodec, RefusesMoreThanEvidenceMayHold) {
  v1::Evidence many = Message();
  for (size_t i = 0; i < registry::kMaxEvidenceSubjects; ++i) many.add_subjects();
  EXPECT_EQ(ReasonOf(EvidenceFromProto(many).status()), "evidence_too_large");
  v1::Evidence large = Message();
  large.mutable_subjects(0)->set_entries(std::string(registry::kMaxEvidenceBytes, 'x'));
  EXPECT_EQ(ReasonOf(EvidenceFromProto(large).status()), "evidence_too_large");
}

}  // namespace
}  // namespace bonafide::proto
