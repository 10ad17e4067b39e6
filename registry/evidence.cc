#include "registry/evidence.h"

#include <algorithm>
#include <set>
#include <span>
#include <string>
#include <string_view>
#include <utility>

#include "certs/reason.h"
#include "registry/admission.h"
#include "registry/closure.h"
#include "registry/evidence_entries.h"
#include "registry/evidence_head.h"
#include "registry/evidence_slots.h"
#include "registry/subject_set.h"

namespace bonafide::registry {
namespace {

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
    for (SubjectNumber number : brought.by) {
      // Only a creation begins a subject, and only its own.
      const bool creates = event->event().IsCreation() && number == event->subjects.front();
      if (set.Find(number) == nullptr && !creates) {
        return NotAdmitted("entry_subjects",
                           where + ": stands before the creation of " + SubjectText(number));
      }
      set.At(number).Append(event);
    }
  }
  return absl::OkStatus();
}

class SetReferences : public ReferenceSource {
 public:
  SetReferences(const SubjectSet& set, int64_t head_ms) : set_(set), head_ms_(head_ms) {}

  uint64_t subject_count() const override { return set_.subject_count(); }
  absl::StatusOr<std::span<const SubjectNumber>> References(SubjectNumber number) const override {
    const Subject* subject = set_.Find(number);
    if (subject == nullptr) {
      return Malformed("evidence_subject_missing",
                       SubjectText(number) + " is needed for this question and not there");
    }
    found_.clear();
    for (const LoggedEventPtr& event : subject->events()) {
      const auto some = ReferencesOf(event->event());
      found_.insert(found_.end(), some.begin(), some.end());
    }
    return found_;
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
  mutable std::vector<SubjectNumber> found_;
};

// Where cosigners vouch for the age of the head, they may do so again and again for a head that the
// register would rather keep. It promised, in its genesis, how long a head is the newest.
// Precondition: the set is closed.
absl::Status CheckGap(const TrustAnchors& anchors, const Head& head, const SubjectSet& set,
                      int64_t now_ms, Freshness freshness) {
  if (freshness == Freshness::kSaved || !head.cosigned_at_s) return absl::OkStatus();
  const auto* genesis = set.Find(SubjectNumber{0})->creation().As<Genesis>();
  const int64_t most_ms = (anchors.max_age_s + genesis->max_head_gap_s) * 1000;
  if (now_ms - head.state.time_ms <= most_ms) return absl::OkStatus();
  return NotAdmitted("head_too_old",
                     "the head was cosigned lately but is " +
                         std::to_string((now_ms - head.state.time_ms) / 1000) +
                         " s old, longer than the register may go without a new one");
}

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
    absl::Status status =
        OpenDisclosures(subject.disclosures, *set->Find(subject.number), proven.slots);
    if (!status.ok()) return status;
  }
  if (absl::Status status = CheckClosed(evidence, question, *set, head->state.time_ms);
      !status.ok()) {
    return status;
  }
  if (absl::Status status = CheckGap(anchors, *head, *set, now_ms, freshness); !status.ok()) {
    return status;
  }
  const int64_t known_at_ms =
      std::min(question.known_at_ms.value_or(head->state.time_ms), head->state.time_ms);
  const Effect effect(*set, known_at_ms);
  proven.verdict =
      Judge(question, effect, NamesIn(proven.slots, question.practitioner), head->state.time_ms);
  return proven;
}

}  // namespace bonafide::registry
