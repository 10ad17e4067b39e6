#include "registry/evidence.h"

#include <algorithm>
#include <limits>
#include <map>
#include <set>
#include <string>
#include <string_view>
#include <utility>

#include "certs/reason.h"
#include "merkle/frame.h"
#include "merkle/frontier.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "merkle/state_tree.h"
#include "registry/admission.h"
#include "registry/closure.h"
#include "registry/subject_set.h"

namespace bonafide::registry {
namespace {

constexpr int64_t kFutureHeadMs = int64_t{5} * 60 * 1000;

struct Head {
  merkle::Checkpoint checkpoint;
  StateEntry state;
  std::optional<int64_t> cosigned_at_s;
};

std::string SubjectText(SubjectNumber number) { return "subject " + std::to_string(number.value); }

absl::Status CheckAge(const TrustAnchors& anchors, const Head& head, int64_t now_ms,
                      Freshness freshness) {
  if (head.state.time_ms > now_ms + kFutureHeadMs) {
    return Malformed("head_in_future",
                     "the head is dated more than 5 minutes after this machine's clock");
  }
  if (freshness == Freshness::kSaved) return absl::OkStatus();
  const int64_t seen_ms = head.cosigned_at_s ? *head.cosigned_at_s * 1000 : head.state.time_ms;
  if (now_ms - seen_ms > anchors.max_age_s * 1000) {
    return NotAdmitted("head_too_old", "the newest head shown is " +
                                           std::to_string((now_ms - seen_ms) / 1000) +
                                           " s old; at most " + std::to_string(anchors.max_age_s) +
                                           " s are accepted");
  }
  return absl::OkStatus();
}

// Steps 1 and 2 of section 7.
absl::StatusOr<Head> OpenHead(const TrustAnchors& anchors, const Evidence& evidence, int64_t now_ms,
                              Freshness freshness) {
  auto opened = merkle::OpenCheckpoint(evidence.checkpoint, anchors.log_key);
  if (!opened.ok()) return Within("checkpoint", opened.status());
  Head head{std::move(opened->checkpoint), {}, std::nullopt};
  if (head.checkpoint.origin != anchors.origin) {
    return Malformed("checkpoint_origin", "the checkpoint is of another register");
  }
  const auto policy = anchors.policy.Evaluate(opened->note);
  if (!policy.ok()) return Within("checkpoint", policy.status());
  if (!policy->satisfied) {
    return NotAdmitted("policy_unsatisfied",
                       "the head lacks the cosignatures your trust file asks for");
  }
  if (policy->quorum_time) {
    const uint64_t seconds = policy->quorum_time->seconds;
    constexpr uint64_t kMostSeconds = std::numeric_limits<int64_t>::max() / 1000;
    if (seconds > kMostSeconds || static_cast<int64_t>(seconds) * 1000 > now_ms + kFutureHeadMs) {
      return Malformed("head_in_future",
                       "a cosignature is dated more than 5 minutes after this machine's clock");
    }
    head.cosigned_at_s = static_cast<int64_t>(seconds);
  }

  auto state = ParseStateEntry(evidence.state_entry);
  if (!state.ok()) return Within("state entry", state.status());
  head.state = *state;
  const merkle::TreeSize size = head.checkpoint.size;
  if (size.value == 0 || head.state.index.value != size.value - 1) {
    return Malformed("evidence_state_entry", "the state entry is not the head's last leaf");
  }
  const auto inclusion = merkle::ParseProof(evidence.state_inclusion);
  if (!inclusion.ok()) return Within("state entry", inclusion.status());
  if (absl::Status status =
          merkle::VerifyInclusion(head.state.index, size, merkle::LeafHash(evidence.state_entry),
                                  *inclusion, head.checkpoint.root);
      !status.ok()) {
    return Within("state entry", status);
  }
  if (absl::Status status = CheckAge(anchors, head, now_ms, freshness); !status.ok()) return status;
  return head;
}

// An entry of the set with the subjects that brought it.
struct Brought {
  std::string_view bytes;
  EventEntry entry;
  std::vector<SubjectNumber> by;
};
using Entries = std::map<LogIndex, Brought>;

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
  const auto frames = merkle::ParseFrames(subject.entries, kMaxEntriesPerSubject);
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

// What must be unique in the whole log and can be seen to be unique in this set.
struct Uniqueness {
  std::set<EventId> ids;
  std::set<std::pair<SubjectNumber, std::string>> jtis;
  std::set<Digest> thumbprints;

  absl::Status Add(const Event& event) {
    if (!ids.insert(event.id).second || !jtis.insert({event.issuer, event.jti}).second) {
      return NotAdmitted("already", "the same event or `jti` is logged twice");
    }
    const std::vector<certs::PublicKey>* keys = nullptr;
    if (const auto* genesis = event.As<Genesis>()) keys = &genesis->keys;
    if (const auto* created = event.As<OrganisationCreated>()) keys = &created->keys;
    const std::vector<certs::PublicKey> added = event.As<KeyAdded>() != nullptr
                                                    ? std::vector{event.As<KeyAdded>()->key}
                                                    : std::vector<certs::PublicKey>{};
    for (const certs::PublicKey& key : keys != nullptr ? *keys : added) {
      if (!thumbprints.insert(key.id().digest()).second) {
        return NotAdmitted("already", "a key is registered twice");
      }
    }
    return absl::OkStatus();
  }
};

// Step 4 without disclosures.
absl::Status AdmitAll(const TrustAnchors& anchors, const Entries& entries, SubjectSet& set) {
  Uniqueness uniqueness;
  for (const auto& [index, brought] : entries) {
    const std::string where = "entry " + std::to_string(index.value);
    auto token = ParseToken(brought.entry.token, anchors.origin);
    if (!token.ok()) return Within(where, token.status());
    const auto event = std::make_shared<const LoggedEvent>(
        LoggedEvent{index, brought.entry.time_ms, brought.entry.subjects, *std::move(token)});
    if (absl::Status status = Admit(*event, set); !status.ok()) return Within(where, status);
    if (absl::Status status = uniqueness.Add(event->event()); !status.ok()) {
      return Within(where, status);
    }
    for (SubjectNumber number : brought.by) set.At(number).Append(event);
  }
  return absl::OkStatus();
}

// Disclosures of one subject, each the opening of a slot of one of its own events.
absl::Status OpenDisclosures(const SubjectEvidence& evidence, const Subject& subject,
                             std::vector<ProvenSlot>& slots) {
  const std::string where = SubjectText(subject.number());
  std::vector<certs::Disclosure> disclosures;
  std::string_view rest = evidence.disclosures;
  while (!rest.empty()) {
    const size_t end = rest.find('~');
    if (end == std::string_view::npos) {
      return Malformed("evidence_disclosure", where + ": a disclosure without its ~");
    }
    if (disclosures.size() >= kMaxEntriesPerSubject) {
      return Malformed("evidence_too_large", where + ": too many disclosures");
    }
    auto disclosure = certs::ParseDisclosure(rest.substr(0, end), {1, kMaxDisclosureBytes});
    if (!disclosure.ok()) return Within(where, disclosure.status());
    disclosures.push_back(*std::move(disclosure));
    rest.remove_prefix(end + 1);
  }
  size_t next = 0;
  for (const LoggedEventPtr& event : subject.events()) {
    if (event->subjects.front() != subject.number()) continue;
    const auto& closed = event->event().slots;
    std::vector<certs::Disclosure> own;
    for (const Slot& slot : closed) {
      if (next < disclosures.size() && disclosures[next].digest == slot.digest) {
        own.push_back(disclosures[next++]);
      }
    }
    if (own.empty() || event->As<UnknownEvent>() != nullptr) continue;
    auto opened = OpenSlots(event->event(), own, /*all_required=*/false);
    if (!opened.ok()) return Within(where, opened.status());
    for (OpenedSlot& slot : *opened) {
      slots.push_back(
          {subject.number(), event->event().id, std::move(slot.name), std::move(slot.value)});
    }
  }
  if (next != disclosures.size()) {
    return Malformed("evidence_disclosure",
                     where + ": a disclosure opens nothing, or stands out of order");
  }
  return absl::OkStatus();
}

class SetReferences : public ReferenceSource {
 public:
  SetReferences(const SubjectSet& set, int64_t head_ms) : set_(set), head_ms_(head_ms) {}

  uint64_t subject_count() const override { return set_.subject_count(); }
  absl::StatusOr<std::vector<SubjectNumber>> References(SubjectNumber number) const override {
    const Subject* subject = set_.Find(number);
    if (subject == nullptr) {
      return Malformed("evidence_subject_missing",
                       SubjectText(number) + " is needed for this question and not there");
    }
    std::vector<SubjectNumber> all;
    for (const LoggedEventPtr& event : subject->events()) {
      const auto some = ReferencesOf(event->event());
      all.insert(all.end(), some.begin(), some.end());
    }
    return all;
  }
  absl::StatusOr<std::optional<SubjectNumber>> Scheme(const std::string& treatment,
                                                      const std::string& territory) const override {
    const Subject* genesis = set_.Find(SubjectNumber{0});
    if (genesis == nullptr) {
      return Malformed("evidence_subject_missing", "subject 0 is not there");
    }
    return SchemeFor(*genesis, treatment, territory, head_ms_);
  }

 private:
  const SubjectSet& set_;
  int64_t head_ms_;
};

// Step 5.
absl::Status CheckClosed(const Evidence& evidence, const Question& question, const SubjectSet& set,
                         int64_t head_ms) {
  const auto needed = Closure(question, SetReferences(set, head_ms));
  if (!needed.ok()) return needed.status();
  // The closure holds only what was found in the set, so a surplus is all that can be left.
  for (const SubjectEvidence& subject : evidence.subjects) {
    if (!std::binary_search(needed->begin(), needed->end(), subject.number)) {
      return Malformed("evidence_subject_extra",
                       SubjectText(subject.number) + " has nothing to do with this question");
    }
  }
  return absl::OkStatus();
}

ProvenNames NamesFrom(const std::vector<ProvenSlot>& slots, SubjectNumber practitioner) {
  ProvenNames names;
  for (const ProvenSlot& slot : slots) {
    if (slot.subject != practitioner || slot.value.AsString() == nullptr) continue;
    if (slot.slot == "name") names.held.emplace_back(slot.event, *slot.value.AsString());
    if (slot.slot == "name_on_paper") {
      names.on_paper.emplace_back(slot.event, *slot.value.AsString());
    }
  }
  return names;
}

absl::Status CheckLimits(const Evidence& evidence, const Question& question) {
  if (evidence.version != kEvidenceVersion) {
    return Malformed("evidence_version", "this evidence is of version " +
                                             std::to_string(evidence.version) +
                                             "; a newer program is needed");
  }
  size_t size_bytes = evidence.checkpoint.size() + evidence.state_inclusion.size();
  for (const SubjectEvidence& subject : evidence.subjects) {
    size_bytes += subject.entries.size() + subject.disclosures.size() + subject.proof.size();
  }
  if (size_bytes > kMaxEvidenceBytes) {
    return Malformed("evidence_too_large", "more than 32 MiB of evidence");
  }
  if (question.claim_on && *question.claim_on < question.on) {
    return Malformed("question", "a claim cannot be made before the day of the treatment");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Proven> VerifyEvidence(const TrustAnchors& anchors, const Evidence& evidence,
                                      const Question& question, int64_t now_ms,
                                      Freshness freshness) {
  if (absl::Status status = CheckLimits(evidence, question); !status.ok()) return status;
  auto head = OpenHead(anchors, evidence, now_ms, freshness);
  if (!head.ok()) return head.status();
  const auto entries = ReadSubjects(anchors, evidence, *head);
  if (!entries.ok()) return entries.status();

  auto set = std::make_shared<SubjectSet>(head->state.subjects);
  if (absl::Status status = AdmitAll(anchors, *entries, *set); !status.ok()) return status;
  Proven proven{head->checkpoint,
                head->state.time_ms,
                head->cosigned_at_s,
                head->state.subjects,
                set,
                {},
                {}};
  for (const SubjectEvidence& subject : evidence.subjects) {
    if (absl::Status status = OpenDisclosures(subject, *set->Find(subject.number), proven.slots);
        !status.ok()) {
      return status;
    }
  }
  if (absl::Status status = CheckClosed(evidence, question, *set, head->state.time_ms);
      !status.ok()) {
    return status;
  }
  const int64_t known_at_ms =
      std::min(question.known_at_ms.value_or(head->state.time_ms), head->state.time_ms);
  const Effect effect(*set, known_at_ms);
  proven.verdict =
      Judge(question, effect, NamesFrom(proven.slots, question.practitioner), head->state.time_ms);
  return proven;
}

}  // namespace bonafide::registry
