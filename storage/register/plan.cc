#include "storage/register/plan.h"

#include <algorithm>
#include <array>
#include <map>
#include <utility>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "registry/admission.h"
#include "registry/closure.h"
#include "registry/entry.h"
#include "registry/power.h"
#include "storage/history/history_page.h"
#include "storage/history/stored_disclosures.h"
#include "storage/log/log_hashes.h"
#include "storage/register/event_keys.h"

namespace bonafide::storage {
namespace {

std::vector<SubjectNumber> SubjectsOf(const registry::Event& event, uint64_t subject_count) {
  std::vector<SubjectNumber> subjects = {event.subject.value_or(SubjectNumber{subject_count})};
  if (event.As<registry::SchemeCreated>() != nullptr) subjects.push_back({0});
  if (const auto* same = event.As<registry::SamePerson>()) subjects.push_back(same->other);
  return subjects;
}

}  // namespace

class BatchPlanner {
 public:
  BatchPlanner(const AppliedState& applied, int64_t now_ms, const SubjectLimits& limits)
      : applied_(applied), limits_(limits), world_(applied) {
    plan_.time_ms = std::max(now_ms, applied.last_time_ms());
    plan_.base = applied.log();
    plan_.request.base_size = plan_.base.size();
    plan_.request.base_root = plan_.base.root();
    plan_.request.frontier = plan_.base;
  }

  void Take(VerifiedSubmission submission) {
    PlannedOutcome outcome;
    outcome.status = Read(Log(submission, outcome));
    plan_.outcomes.push_back(std::move(outcome));
  }

  absl::StatusOr<Plan> Finish(bool heartbeat) {
    if (plan_.events.empty() && !heartbeat) return std::move(plan_);
    LogStateEntry();
    absl::Status status = FinishLogTree();
    if (!status.ok()) return status;
    WriteRows();
    return std::move(plan_);
  }

 private:
  // What is asked of an index that may fail to be read: its value, or nothing with read_ set.
  template <typename T>
  std::optional<T> Asked(absl::StatusOr<std::optional<T>> answer) {
    if (answer.ok()) return *answer;
    read_.Update(answer.status());
    return std::nullopt;
  }

  // The error of reading, if there was one since it was last asked for; else `verdict`, which
  // means nothing after such an error.
  absl::Status Read(const absl::Status& verdict) {
    read_.Update(world_.TakeStatus());
    absl::Status read = std::exchange(read_, absl::OkStatus());
    return read.ok() ? verdict : read;
  }

  absl::Status Log(VerifiedSubmission& submission, PlannedOutcome& outcome) {
    const registry::Event& event = submission.event();
    if (const auto stated = StatementUnder(event.issuer, event.jti)) {
      if (stated->id == event.id) {
        outcome.index = stated->index;
        return absl::OkStatus();
      }
      return Refusal(absl::StatusCode::kAlreadyExists, "jti_reused",
                     "the issuer has used this `jti` for another statement");
    }
    const std::vector<SubjectNumber> subjects = SubjectsOf(event, world_.subject_count());
    const size_t disclosed_bytes = submission.disclosures_bytes_;
    const auto logged = std::make_shared<registry::LoggedEvent>(
        registry::LoggedEvent{{plan_.request.frontier.size().value},
                              plan_.time_ms,
                              subjects,
                              std::move(submission.token_)});
    absl::Status status =
        registry::Admit(*logged, world_, registry::SignatureCheck::kAlreadyVerified);
    if (status.ok()) status = CheckThumbprints(logged->event());
    const std::string entry = registry::EncodeEntry(
        registry::EventEntry{logged->index, logged->time_ms, subjects, logged->token.jws.token});
    if (status.ok()) status = CheckRoom(*logged, entry.size() + 2 + disclosed_bytes);
    status = Read(status);
    if (!status.ok()) return status;

    outcome.index = logged->index;
    outcome.is_new = true;
    Append(logged, entry, submission, disclosed_bytes);
    return absl::OkStatus();
  }

  std::optional<Statement> StatementUnder(SubjectNumber issuer, std::string_view jti) {
    const auto planned = statements_.find(TokenIdKey(issuer, jti));
    if (planned != statements_.end()) return planned->second;
    return Asked(applied_.FindStatement(issuer, jti));
  }

  absl::Status CheckThumbprints(const registry::Event& event) {
    for (const certs::KeyId& key : RegisteredKeys(event)) {
      if (thumbprints_.contains(key) || Asked(applied_.FindThumbprint(key))) {
        return NotAdmitted("already", "the key " + key.ToString() +
                                          " is or was registered already; make a new one");
      }
    }
    return absl::OkStatus();
  }

  bool IsAuthority(const registry::LoggedEvent& event) const {
    const registry::Day day = registry::Day::OfTime(event.time_ms);
    return std::ranges::any_of(
        std::array{registry::Power::kSanction, registry::Power::kErase},
        [&](registry::Power power) {
          return registry::Holds(world_, event.event().issuer, {power, "*", std::nullopt, false},
                                 event.index, day, registry::GrantFilter::All());
        });
  }

  // What `subject` may grow to, where `event` is what makes it grow.
  struct Room {
    uint64_t entries;
    uint64_t bytes;
  };
  Room RoomOf(SubjectNumber subject, const SubjectHead& head, const registry::LoggedEvent& event,
              size_t bytes) const {
    if (subject == SubjectNumber{0}) return {limits_.entries_of_genesis, limits_.bytes_of_genesis};
    const bool person = head.kind == registry::SubjectKind::kPractitioner;
    const Room room = person ? Room{limits_.entries, limits_.bytes}
                             : Room{limits_.entries_of_others, limits_.bytes_of_others};
    if (HasRoom(head, room, bytes)) return room;
    if (person && IsAuthority(event)) {
      return {limits_.entries_for_authorities, limits_.bytes_for_authorities};
    }
    if (!person && registry::IsAncestor(world_, event.event().issuer, subject)) {
      return {limits_.entries_for_ancestors, limits_.bytes_for_ancestors};
    }
    return room;
  }

  static bool HasRoom(const SubjectHead& head, const Room& room, size_t bytes) {
    return head.entries() + 1 <= room.entries && head.stored_bytes + bytes <= room.bytes;
  }

  absl::Status CheckRoom(const registry::LoggedEvent& event, size_t bytes) {
    for (SubjectNumber subject : event.subjects) {
      const SubjectHead* head = world_.HeadOf(subject);
      if (head == nullptr || HasRoom(*head, RoomOf(subject, *head, event, bytes), bytes)) continue;
      return Refusal(absl::StatusCode::kResourceExhausted, "subject_full",
                     "subject " + std::to_string(subject.value) +
                         " has as much filed as one answer can carry");
    }
    return absl::OkStatus();
  }

  void Append(const registry::LoggedEventPtr& logged, const std::string& entry,
              VerifiedSubmission& submission, size_t disclosed_bytes) {
    const registry::Event& event = logged->event();
    const Digest leaf_hash = merkle::LeafHash(entry);
    std::vector<EntryPlace> places = world_.Append(logged, entry, leaf_hash, disclosed_bytes);
    const EntryPlace own = places.front();

    WriteBatch& rows = plan_.request.derived;
    const std::string token_id = TokenIdKey(event.issuer, event.jti);
    rows.Put(Family::kTokenIds, token_id, U64Value(logged->index.value));
    statements_[token_id] = {logged->index, event.id};
    for (const certs::KeyId& key : RegisteredKeys(event)) {
      rows.Put(Family::kThumbprints, key.digest().view(), U64Value(own.subject.value));
      thumbprints_[key] = own.subject;
    }
    if (const auto* scheme = event.As<registry::SchemeCreated>()) {
      rows.Put(Family::kSchemes, SchemeKey(scheme->treatment, scheme->territory),
               U64Value(own.subject.value));
    }
    std::vector<std::string> annexes;
    for (const EntryPlace place : places) {
      Annex annex;
      annex.root = world_.HeadOf(place.subject)->frontier.root();
      annex.references = registry::ReferencesOf(event);
      if (place == own && !event.slots.empty()) {
        annex.disclosures = EncodeDisclosures(DisclosuresOf(event, submission.disclosures_));
      }
      annexes.push_back(AnnexItem(annex));
    }
    plan_.request.entries.push_back({entry, leaf_hash, std::move(places), std::move(annexes)});
    plan_.request.frontier.Append(leaf_hash);
    plan_.events.push_back({logged, std::move(submission.opened_)});
  }

  void LogStateEntry() {
    plan_.state_tree = applied_.PlanStateTree();
    for (const auto& [number, planned] : world_.subjects()) {
      if (!planned.changed) continue;
      const Digest leaf = StateLeafOf({number}, planned.head);
      if (planned.is_new) {
        plan_.state_tree->Append(leaf);  // ascending and dense, so the number is the slot
      } else {
        plan_.state_tree->Set({number}, leaf).IgnoreError();  // it exists
      }
      plan_.changed.emplace(number, planned);
    }
    plan_.state_root = plan_.state_tree->root();
    plan_.subject_count = plan_.state_tree->size().value;
    plan_.state_entry =
        registry::EncodeEntry(registry::StateEntry{{plan_.request.frontier.size().value},
                                                   plan_.time_ms,
                                                   plan_.subject_count,
                                                   plan_.state_root});
    const Digest leaf_hash = merkle::LeafHash(plan_.state_entry);
    plan_.request.entries.push_back({plan_.state_entry, leaf_hash, {}});
    plan_.request.frontier.Append(leaf_hash);
  }

  absl::Status FinishLogTree() {
    std::vector<Digest> leaf_hashes;
    for (const AppendEntry& entry : plan_.request.entries) leaf_hashes.push_back(entry.leaf_hash);
    plan_.edge = std::make_shared<EdgeHashes>(plan_.base);
    EdgeHashes& edge = *plan_.edge;
    auto nodes = merkle::NewNodes(plan_.base.size(), leaf_hashes, edge);
    if (!nodes.ok()) return nodes.status();
    edge.Add(*nodes);
    auto proof = merkle::ProveConsistency(plan_.base.size(), plan_.request.frontier.size(), edge);
    if (!proof.ok()) return proof.status();
    plan_.consistency = *std::move(proof);
    return absl::OkStatus();
  }

  void WriteRows() {
    WriteBatch& rows = plan_.request.derived;
    for (const auto& [number, planned] : plan_.changed) {
      rows.Put(Family::kHeads, U64Key(number), EncodeSubjectHead(planned.head));
    }
  }

  const AppliedState& applied_;
  const SubjectLimits& limits_;
  PlanWorld world_;
  Plan plan_;
  absl::Status read_;
  std::map<std::string, Statement> statements_;  // by TokenIdKey
  std::map<certs::KeyId, SubjectNumber> thumbprints_;
};

absl::StatusOr<std::string> Plan::InclusionProof(LogIndex index) const {
  auto proof = merkle::ProveInclusion(index, request.frontier.size(), *edge);
  if (!proof.ok()) return proof.status();
  return merkle::FlattenProof(*proof);
}

absl::StatusOr<Plan> MakePlan(const AppliedState& applied,
                              std::vector<VerifiedSubmission> submissions, int64_t now_ms,
                              bool heartbeat, const SubjectLimits& limits) {
  BatchPlanner planner(applied, now_ms, limits);
  for (VerifiedSubmission& submission : submissions) planner.Take(std::move(submission));
  return planner.Finish(heartbeat);
}

}  // namespace bonafide::storage
