// Property: of everything one edit away from honest evidence, only the honest evidence is accepted,
// and the same with disclosures withheld. Edits are of whole pieces (hashes, entries, subjects,
// numbers); evidence_attack_test.cc flips single bits.
#include <gtest/gtest.h>

#include <utility>

#include "certs/base64.h"
#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "merkle/checkpoint.h"
#include "merkle/frame.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "tests/registry/example_register.h"

namespace bonafide::registry {
namespace {

constexpr uint64_t kHuge = uint64_t{1} << 63;

// What may be put in the place of a number.
std::vector<uint64_t> NumbersInsteadOf(uint64_t value) {
  return {value + 1, value - 1, value ^ kHuge, kHuge, ~uint64_t{0}};
}

// Every way of dropping, doubling, exchanging or adding one of `parts`.
template <typename Part>
std::vector<std::vector<Part>> Rearranged(const std::vector<Part>& parts,
                                          const std::vector<Part>& strangers) {
  std::vector<std::vector<Part>> all;
  for (size_t i = 0; i < parts.size(); ++i) {
    const auto at = static_cast<ptrdiff_t>(i);
    all.push_back(parts);
    all.back().erase(all.back().begin() + at);
    all.push_back(parts);
    all.back().insert(all.back().begin() + at, parts[i]);
    for (size_t j = 0; j < i; ++j) {
      all.push_back(parts);
      std::swap(all.back()[i], all.back()[j]);
    }
    for (const Part& stranger : strangers) {
      all.push_back(parts);
      all.back()[i] = stranger;
    }
  }
  for (size_t i = 0; i <= parts.size(); ++i) {
    for (const Part& stranger : strangers) {
      all.push_back(parts);
      all.back().insert(all.back().begin() + static_cast<ptrdiff_t>(i), stranger);
    }
  }
  if (!parts.empty()) all.emplace_back();
  return all;
}

class EvidenceMutation : public testing::Test {
 protected:
  EvidenceMutation() {
    // More people than the question needs, so that the trees are deeper than the set is wide.
    for (int i = 0; i < 5; ++i) scratch().Register(example_.clinic, "Max Example");
    scratch().Publish();
    honest_ = scratch().Prove(example_.Ask());
  }
  void Refuses(const Evidence& evidence, const std::string& edit) {
    ++edits_;
    const auto proven = VerifyEvidence(scratch().anchors(), evidence, example_.Ask(),
                                       scratch().now_ms(), Freshness::kCurrent);
    EXPECT_FALSE(proven.ok()) << edit;
    EXPECT_NE(ReasonOf(proven.status()), "") << edit << ": " << proven.status();
  }
  // What the register itself might sign, whether or not it is a checkpoint at all.
  std::string Signed(uint64_t size, const Digest& root) const {
    return *certs::SignNote(scratch().origin() + "\n" + std::to_string(size) + "\n" +
                                certs::Base64Encode(root.view()) + "\n",
                            {scratch().log_signer()});
  }
  // Honest evidence but for `state`, as if the register had signed just that: the last leaf of a
  // log in which it has one sibling, whatever is below.
  static constexpr uint64_t kSize = (uint64_t{1} << 20) + 1;
  Evidence Resigned(StateEntry state, uint64_t size = kSize) const {
    Evidence evidence = honest_;
    state.index = LogIndex{kSize - 1};
    evidence.state_entry = EncodeEntry(state);
    const Digest others = merkle::LeafHash("others");
    evidence.state_inclusion = others.view();
    evidence.checkpoint =
        Signed(size, merkle::NodeHash(others, merkle::LeafHash(evidence.state_entry)));
    return evidence;
  }
  std::vector<Digest> Strangers() const {
    const SubjectEvidence& first = honest_.subjects.front();
    return {Digest(), merkle::EmptyRoot(), *Digest::FromBytes(first.proof.substr(0, 32)),
            scratch().anchors().genesis};
  }
  void RefusesOtherProofs(Evidence& evidence, std::string& proof, const std::string& what) {
    const std::string kept = proof;
    for (const auto& other : Rearranged(*merkle::ParseProof(kept), Strangers())) {
      proof = merkle::FlattenProof(other);
      if (proof != kept) Refuses(evidence, what);
    }
    for (size_t bytes : {1, 31, 33}) {
      proof = kept + std::string(bytes, '\0');
      Refuses(evidence, what + ", longer");
    }
    proof = kept;
  }
  const ScratchRegister& scratch() const { return example_.scratch; }
  ScratchRegister& scratch() { return example_.scratch; }

  ExampleRegister example_;
  Evidence honest_;
  size_t edits_ = 0;
};

TEST_F(EvidenceMutation, OfProofs) {
  Evidence evidence = honest_;
  RefusesOtherProofs(evidence, evidence.state_inclusion, "state inclusion");
  for (SubjectEvidence& subject : evidence.subjects) {
    RefusesOtherProofs(evidence, subject.proof, "proof " + std::to_string(subject.number.value));
  }
  for (size_t i = 0; i < evidence.subjects.size(); ++i) {
    for (size_t j = 0; j < i; ++j) {
      std::swap(evidence.subjects[i].proof, evidence.subjects[j].proof);
      Refuses(evidence, "proofs exchanged");
      std::swap(evidence.subjects[i].proof, evidence.subjects[j].proof);
    }
  }
  EXPECT_GT(edits_, 100u);
}

TEST_F(EvidenceMutation, OfSubjects) {
  const auto& outsider =
      scratch().ProveSubjects({example_.registrar.number, example_.other_clinic.number}).subjects;
  std::vector<std::vector<SubjectEvidence>> others;
  const auto& own = honest_.subjects;
  for (size_t i = 0; i < own.size(); ++i) {
    others.push_back(own);
    others.back().erase(others.back().begin() + static_cast<ptrdiff_t>(i));
    others.push_back(own);
    others.back().insert(others.back().begin() + static_cast<ptrdiff_t>(i), own[i]);
    for (size_t j = 0; j < i; ++j) {
      others.push_back(own);
      std::swap(others.back()[i], others.back()[j]);
      others.push_back(own);
      std::swap(others.back()[i].entries, others.back()[j].entries);
      others.push_back(own);
      std::swap(others.back()[i].number, others.back()[j].number);
    }
    for (const uint64_t number : NumbersInsteadOf(own[i].number.value)) {
      others.push_back(own);
      others.back()[i].number = SubjectNumber{number};
    }
    for (const SubjectEvidence& stranger : outsider) {
      others.push_back(own);
      others.back()[i] = stranger;
    }
  }
  for (const SubjectEvidence& stranger : outsider) {
    for (size_t i = 0; i <= own.size(); ++i) {
      others.push_back(own);
      others.back().insert(others.back().begin() + static_cast<ptrdiff_t>(i), stranger);
    }
  }
  others.emplace_back();
  Evidence evidence = honest_;
  for (auto& subjects : others) {
    evidence.subjects = std::move(subjects);
    Refuses(evidence, "subjects");
  }
}

// Every way of rearranging entries within a subject, and of moving one to another subject.
TEST_F(EvidenceMutation, OfEntries) {
  const auto framed = [](const std::vector<std::string_view>& entries) {
    std::string frames;
    for (std::string_view entry : entries) EXPECT_TRUE(merkle::AppendFrame(entry, frames).ok());
    return frames;
  };
  // A node of a tree in the place of a leaf, and a state entry in that of an event.
  const std::string node = std::string(Strangers()[2].view()) + std::string(Strangers()[3].view());
  Evidence evidence = honest_;
  for (size_t i = 0; i < evidence.subjects.size(); ++i) {
    const std::string kept = honest_.subjects[i].entries;
    std::vector<std::string_view> strangers = {node, honest_.state_entry};
    for (const SubjectEvidence& other : honest_.subjects) {
      if (other.number != honest_.subjects[i].number) {
        strangers.push_back(merkle::ParseFrames(other.entries, 100)->front());
      }
    }
    for (const auto& other : Rearranged(*merkle::ParseFrames(kept, 100), strangers)) {
      evidence.subjects[i].entries = framed(other);
      if (evidence.subjects[i].entries == kept) continue;  // one entry may stand in two subjects
      Refuses(evidence, "entries of " + std::to_string(honest_.subjects[i].number.value));
    }
    evidence.subjects[i].entries = kept;
  }
}

// The numbers at the head of an entry: index, time, and the subjects it names.
TEST_F(EvidenceMutation, OfNumbersInEntries) {
  constexpr size_t kNumbersAt[] = {2 + 1, 2 + 9, 2 + 18};
  Evidence evidence = honest_;
  for (SubjectEvidence& subject : evidence.subjects) {
    for (const size_t at : kNumbersAt) {
      const std::string kept = subject.entries;
      for (const uint64_t number : NumbersInsteadOf(merkle::ReadU64(kept.substr(at, 8)))) {
        std::string bytes;
        merkle::AppendU64(bytes, number);
        subject.entries.replace(at, 8, bytes);
        Refuses(evidence, "number at " + std::to_string(at));
      }
      subject.entries = kept;
    }
  }
}

TEST_F(EvidenceMutation, OfTheHead) {
  const StateEntry state = *ParseStateEntry(honest_.state_entry);
  const uint64_t size = state.index.value + 1;
  Evidence evidence = honest_;
  for (const uint64_t number : NumbersInsteadOf(state.index.value)) {
    StateEntry other = state;
    other.index = LogIndex{number};
    evidence.state_entry = EncodeEntry(other);
    Refuses(evidence, "index of the state entry");
  }
  evidence = honest_;
  const Digest root = merkle::OpenCheckpoint(honest_.checkpoint, scratch().log_signer().verifier())
                          ->checkpoint.root;
  for (const uint64_t number : NumbersInsteadOf(size)) {
    evidence.checkpoint = Signed(number, root);
    Refuses(evidence, "size of the checkpoint");
  }
  for (const Digest& other : {Strangers()[0], Strangers()[1], state.state_root}) {
    evidence.checkpoint = Signed(size, other);
    Refuses(evidence, "root of the checkpoint");
  }
  evidence = honest_;
  for (const uint32_t version : {0u, 2u, ~0u}) {
    evidence.version = version;
    Refuses(evidence, "version");
  }
}

// Eight subjects, of which the last is in the set: no other count gives all proofs their lengths.
TEST_F(EvidenceMutation, OfTheStateTheRegisterSigns) {
  example_ = ExampleRegister();
  honest_ = scratch().Prove(example_.Ask());
  const StateEntry state = *ParseStateEntry(honest_.state_entry);
  ASSERT_EQ(state.subjects, 8u);
  ASSERT_TRUE(VerifyEvidence(scratch().anchors(), Resigned(state), example_.Ask(),
                             scratch().now_ms(), Freshness::kCurrent)
                  .ok());
  for (const uint64_t number : NumbersInsteadOf(kSize)) {
    Refuses(Resigned(state, number), "size");
  }
  for (const uint64_t number : NumbersInsteadOf(state.subjects)) {
    StateEntry other = state;
    other.subjects = number;
    Refuses(Resigned(other), "count of subjects");
  }
  for (const Digest& root : Strangers()) {
    StateEntry other = state;
    other.state_root = root;
    Refuses(Resigned(other), "state root");
  }
  StateEntry early = state;
  early.time_ms -= 1000;
  Refuses(Resigned(early), "earlier than its entries");
}

TEST_F(EvidenceMutation, OfDisclosuresOnlyWithholdingIsAccepted) {
  Evidence evidence = honest_;
  size_t withheld = 0;
  for (SubjectEvidence& subject : evidence.subjects) {
    std::vector<std::string> own;
    for (std::string_view rest = subject.disclosures; !rest.empty();) {
      const size_t end = rest.find('~') + 1;
      own.emplace_back(rest.substr(0, end));
      rest.remove_prefix(end);
    }
    const std::vector<std::string> strangers = {"~", "WyJhIl0~"};
    for (const auto& other : Rearranged(own, strangers)) {
      subject.disclosures.clear();
      for (const std::string& disclosure : other) subject.disclosures += disclosure;
      // A subsequence is what some reader may be shown.
      size_t matched = 0;
      for (const std::string& disclosure : own) {
        if (matched < other.size() && other[matched] == disclosure) ++matched;
      }
      if (matched == other.size()) {
        ++withheld;
        EXPECT_TRUE(VerifyEvidence(scratch().anchors(), evidence, example_.Ask(),
                                   scratch().now_ms(), Freshness::kCurrent)
                        .ok());
      } else {
        Refuses(evidence, "disclosures");
      }
    }
    subject.disclosures.clear();
    for (const std::string& disclosure : own) subject.disclosures += disclosure;
  }
  EXPECT_GE(withheld, 4u);
}

}  // namespace
}  // namespace bonafide::registry
