#include "registry/evidence_entries.h"

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "certs/reason.h"
#include "merkle/frame.h"
#include "merkle/frontier.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "merkle/state_tree.h"
#include "registry/closure.h"

namespace bonafide::registry {
namespace {

absl::Status AddEntry(const SubjectEvidence& subject, std::string_view bytes, const Head& head,
                      Entries& entries) {
  auto parsed = ParseEventEntry(bytes);
  if (!parsed.ok()) return Within(SubjectText(subject.number), parsed.status());
  const auto refuse = [&](const std::string& what) {
    return Malformed("evidence_entry", SubjectText(subject.number) + ", entry " +
                                           std::to_string(parsed->index.value) + ": " + what);
  };
  if (parsed->index >= head.state.index) return refuse("its index is not below the state entry's");
  if (std::find(parsed->subjects.begin(), parsed->subjects.end(), subject.number) ==
      parsed->subjects.end()) {
    return refuse("it does not name this subject");
  }
  const LogIndex index = parsed->index;
  const auto [at, fresh] = entries.try_emplace(index, Brought{bytes, *std::move(parsed), {}});
  if (!fresh && at->second.bytes != bytes) {
    return Malformed("evidence_entry",
                     "two different entries claim index " + std::to_string(index.value));
  }
  at->second.by.push_back(subject.number);
  return absl::OkStatus();
}

// Step 3 for one subject: its entries in order, and its leaf in the state tree.
absl::Status ReadSubject(const TrustAnchors& anchors, const SubjectEvidence& subject,
                         const Head& head, Entries& entries) {
  const size_t most =
      subject.number == SubjectNumber{0} ? kMaxEntriesOfSubjectZero : kMaxEntriesPerSubject;
  const auto frames = merkle::ParseFrames(subject.entries, most);
  if (!frames.ok()) return Within(SubjectText(subject.number), frames.status());
  if (frames->empty()) {
    return Malformed("evidence_frames", SubjectText(subject.number) + " has no entries");
  }
  std::vector<Digest> leaves;
  leaves.reserve(frames->size());
  std::optional<LogIndex> last;
  for (std::string_view bytes : *frames) {
    if (absl::Status status = AddEntry(subject, bytes, head, entries); !status.ok()) return status;
    const auto index = ParseEventEntry(bytes)->index;
    if (last && index <= *last) {
      return Malformed("evidence_order",
                       SubjectText(subject.number) + ": indexes do not strictly increase");
    }
    last = index;
    leaves.push_back(merkle::LeafHash(bytes));
  }
  if (subject.number == SubjectNumber{0} && leaves.front() != anchors.genesis) {
    return Malformed("evidence_genesis",
                     "this register does not begin with the entry your trust file pins");
  }
  const auto proof = merkle::ParseProof(subject.proof);
  if (!proof.ok()) return Within(SubjectText(subject.number), proof.status());
  const Digest leaf =
      merkle::StateLeafHash(subject.number, leaves.size(), merkle::TreeHash(leaves));
  return Within(SubjectText(subject.number),
                merkle::VerifyStateInclusion(subject.number, merkle::TreeSize{head.state.subjects},
                                             leaf, *proof, head.state.state_root));
}

}  // namespace

std::string SubjectText(SubjectNumber number) { return "subject " + std::to_string(number.value); }

absl::StatusOr<Entries> ReadSubjects(const TrustAnchors& anchors, const Evidence& evidence,
                                     const Head& head) {
  if (evidence.subjects.empty() || evidence.subjects.size() > kMaxEvidenceSubjects) {
    return Malformed("evidence_too_large",
                     "no subjects, or more than " + std::to_string(kMaxEvidenceSubjects));
  }
  Entries entries;
  std::set<SubjectNumber> present;
  for (const SubjectEvidence& subject : evidence.subjects) {
    if (!present.empty() && subject.number <= *present.rbegin()) {
      return Malformed("evidence_order", "subjects do not stand in strictly ascending order");
    }
    present.insert(subject.number);
    if (absl::Status status = ReadSubject(anchors, subject, head, entries); !status.ok()) {
      return status;
    }
  }
  int64_t last_ms = 0;
  for (const auto& [index, brought] : entries) {
    const std::string where = "entry " + std::to_string(index.value);
    if (brought.entry.time_ms < last_ms || brought.entry.time_ms > head.state.time_ms) {
      return Malformed("evidence_order", where + ": the register's clock runs backwards");
    }
    last_ms = brought.entry.time_ms;
    const auto named_here =
        std::count_if(brought.entry.subjects.begin(), brought.entry.subjects.end(),
                      [&](SubjectNumber number) { return present.contains(number); });
    if (static_cast<size_t>(named_here) != brought.by.size()) {
      return Malformed("evidence_entry", where + ": kept back from a subject it names");
    }
  }
  return entries;
}

}  // namespace bonafide::registry
