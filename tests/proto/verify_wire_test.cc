#include "proto/verify_wire.h"

#include <gtest/gtest.h>

#include <string>

#include "bonafide/v1/lookup.pb.h"

namespace bonafide::proto {
namespace {

// An answer about three subjects whose parts are of about this size, the entries in pieces.
class Parts {
 public:
  Parts(size_t size_bytes, uint64_t known) : bytes_(size_bytes, '\0') {
    for (size_t i = 0; i < bytes_.size(); ++i) bytes_[i] = static_cast<char>(i % 251);
    const std::string_view all = bytes_;
    pieces_ = {all.substr(0, size_bytes / 3), "", all.substr(size_bytes / 3)};
    evidence_.checkpoint = "note\n";
    evidence_.state_entry = all.substr(0, 57);
    evidence_.state_inclusion = all;
    evidence_.subjects = {
        {.number = {0}, .known_entries = 0, .entries = pieces_, .disclosures = "", .proof = "p"},
        {.number = {~uint64_t{0}},
         .known_entries = 128,
         .entries = {},
         .disclosures = all,
         .proof = all},
        {.number = {127},
         .known_entries = known,
         .entries = std::span(pieces_).first(2),
         .disclosures = "",
         .proof = ""}};
  }

  registry::EvidenceParts& evidence() { return evidence_; }

 private:
  std::string bytes_;
  std::vector<std::string_view> pieces_;
  registry::EvidenceParts evidence_;
};

v1::VerifyResponse Message(const registry::EvidenceParts& parts) {
  const registry::Evidence evidence = parts.Joined();
  v1::VerifyResponse message;
  v1::Evidence* out = message.mutable_evidence();
  out->set_version(evidence.version);
  out->set_checkpoint(evidence.checkpoint);
  out->set_state_entry(evidence.state_entry);
  out->set_state_inclusion(evidence.state_inclusion);
  for (size_t i = 0; i < evidence.subjects.size(); ++i) {
    v1::SubjectEvidence* subject = out->add_subjects();
    subject->set_number(evidence.subjects[i].number.value);
    subject->set_known_entries(parts.subjects[i].known_entries);
    subject->set_entries(evidence.subjects[i].entries);
    subject->set_disclosures(evidence.subjects[i].disclosures);
    subject->set_proof(evidence.subjects[i].proof);
  }
  return message;
}

std::string Wire(const registry::EvidenceParts& evidence, std::string_view verdict) {
  const VerifyResponseWire wire(evidence, verdict);
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
    Parts parts(size, size);
    EXPECT_TRUE(Wire(parts.evidence(), "") == Message(parts.evidence()).SerializeAsString())
        << size;
  }
}

TEST(VerifyWire, CarriesAVerdict) {
  Parts parts(3, 0);
  v1::VerifyResponse message = Message(parts.evidence());
  message.mutable_verdict()->set_outcome(v1::OUTCOME_NO);
  EXPECT_EQ(Wire(parts.evidence(), message.verdict().SerializeAsString()),
            message.SerializeAsString());
}

TEST(VerifyWire, OfNothingIsAnEmptyAnswer) {
  registry::EvidenceParts nothing;
  nothing.version = 0;
  v1::VerifyResponse message;
  message.mutable_evidence();
  EXPECT_EQ(Wire(nothing, ""), message.SerializeAsString());
}

}  // namespace
}  // namespace bonafide::proto
