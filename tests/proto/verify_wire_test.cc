#include "proto/verify_wire.h"

#include <gtest/gtest.h>

#include <string>

#include "bonafide/v1/lookup.pb.h"

namespace bonafide::proto {
namespace {

registry::Evidence Evidence(size_t size_bytes) {
  registry::Evidence evidence;
  evidence.checkpoint = "note\n";
  evidence.state_entry = std::string(57, '\2');
  evidence.state_inclusion = std::string(size_bytes, 'i');
  evidence.subjects = {{registry::SubjectNumber{0}, std::string(size_bytes, 'e'), "", "p"},
                       {registry::SubjectNumber{~uint64_t{0}}, "", std::string(size_bytes, 'd'),
                        std::string(size_bytes, '\0')},
                       {registry::SubjectNumber{127}, "", "", ""}};
  return evidence;
}

v1::VerifyResponse Message(const registry::Evidence& evidence, const std::vector<uint64_t>& known) {
  v1::VerifyResponse message;
  v1::Evidence* out = message.mutable_evidence();
  out->set_version(evidence.version);
  out->set_checkpoint(evidence.checkpoint);
  out->set_state_entry(evidence.state_entry);
  out->set_state_inclusion(evidence.state_inclusion);
  for (size_t i = 0; i < evidence.subjects.size(); ++i) {
    v1::SubjectEvidence* subject = out->add_subjects();
    subject->set_number(evidence.subjects[i].number.value);
    subject->set_known_entries(known[i]);
    subject->set_entries(evidence.subjects[i].entries);
    subject->set_disclosures(evidence.subjects[i].disclosures);
    subject->set_proof(evidence.subjects[i].proof);
  }
  return message;
}

std::string Wire(const registry::Evidence& evidence, const std::vector<uint64_t>& known,
                 std::string_view verdict) {
  const VerifyResponseWire wire(evidence, known, verdict);
  std::string bytes(wire.size_bytes() + 1, '#');
  wire.Write(bytes.data());
  EXPECT_EQ(bytes.back(), '#') << "wrote too much";
  bytes.pop_back();
  return bytes;
}

// Sizes around those where a length takes one byte more.
TEST(VerifyWire, IsWhatProtobufWrites) {
  for (size_t size : {size_t{0}, size_t{1}, size_t{100}, size_t{127}, size_t{128}, size_t{16383},
                      size_t{16384}, size_t{2097151}, size_t{2097152}}) {
    const registry::Evidence evidence = Evidence(size);
    const std::vector<uint64_t> known = {0, 128, size};
    EXPECT_TRUE(Wire(evidence, known, "") == Message(evidence, known).SerializeAsString()) << size;
  }
}

TEST(VerifyWire, CarriesAVerdict) {
  v1::VerifyResponse message = Message(Evidence(3), {0, 0, 0});
  message.mutable_verdict()->set_outcome(v1::OUTCOME_NO);
  EXPECT_EQ(Wire(Evidence(3), {0, 0, 0}, message.verdict().SerializeAsString()),
            message.SerializeAsString());
}

TEST(VerifyWire, OfNothingIsAnEmptyAnswer) {
  registry::Evidence nothing;
  nothing.version = 0;
  v1::VerifyResponse message;
  message.mutable_evidence();
  EXPECT_EQ(Wire(nothing, {}, ""), message.SerializeAsString());
}

}  // namespace
}  // namespace bonafide::proto
