#include "storage/register/register_state.h"

#include <algorithm>
#include <thread>
#include <utility>
#include <vector>

#include "certs/reason.h"
#include "merkle/prove.h"
#include "registry/entry.h"
#include "storage/history/subject_reader.h"
#include "storage/log/database_log_store.h"
#include "storage/log/log_hashes.h"
#include "storage/log/log_places.h"

namespace bonafide::storage {
namespace {

constexpr size_t kCachedEvents = 64 * 1024;  // about 3 KiB each

struct HeadScan {
  absl::Status status;
  std::vector<std::pair<SubjectNumber, SubjectHead>> residents;
};

// Leaves of subjects [begin, end) into `leaves`, and the heads of those kept in memory.
HeadScan ScanHeads(const Snapshot& snapshot, uint64_t begin, uint64_t end,
                   std::vector<Digest>& leaves) {
  HeadScan scan;
  uint64_t next = begin;
  absl::Status inside;
  scan.status = snapshot.Scan(
      Family::kHeads, U64Key(begin), U64Key(end),
      [&](std::string_view key, std::string_view value) {
        const auto number = ParseU64Value(key);
        auto head = ParseSubjectHead(value);
        if (!number.ok() || *number != next || !head.ok()) {
          inside = Damaged("data_damaged", "the head of subject " + std::to_string(next) +
                                               " is missing or malformed");
          return false;
        }
        leaves[next] = StateLeafOf({next}, *head);
        if (IsResident(head->kind))
          scan.residents.emplace_back(SubjectNumber{next}, *std::move(head));
        ++next;
        return true;
      });
  if (scan.status.ok()) scan.status = inside;
  if (scan.status.ok() && next != end) {
    scan.status = Damaged("record_missing", "there is no head of subject " + std::to_string(next));
  }
  return scan;
}

}  // namespace

RegisterState::RegisterState(Database& database, std::string origin)
    : database_(database),
      origin_(std::move(origin)),
      tree_(std::make_unique<merkle::DenseTree>()),
      cache_(std::make_shared<SubjectCache>(kCachedEvents)) {}

std::unique_ptr<RegisterState> RegisterState::Empty(Database& database, std::string origin) {
  return std::unique_ptr<RegisterState>(new RegisterState(database, std::move(origin)));
}

absl::StatusOr<std::unique_ptr<RegisterState>> RegisterState::Load(Database& database,
                                                                   unsigned threads) {
  const auto snapshot = database.Now();
  auto origin = snapshot->Require(Family::kMeta, kMetaOrigin);
  if (!origin.ok()) return origin.status();
  const auto log = ReadLogHead(*snapshot);
  if (!log.ok()) return log.status();
  if (log->size() == TreeSize{0}) return Damaged("data_damaged", "the log is empty");
  LogPlaces places(*snapshot);
  const auto place = places.At({log->size().value - 1});
  if (!place.ok()) return place.status();
  const auto* last = std::get_if<StatePlace>(&*place);
  if (last == nullptr) return Damaged("data_damaged", "the log does not end in a state entry");
  const auto state_entry = registry::ParseStateEntry(last->entry);
  if (!state_entry.ok()) return Damaged("data_damaged", "the last state entry is malformed");

  std::unique_ptr<RegisterState> state(new RegisterState(database, *std::move(origin)));
  state->log_ = log->frontier;
  state->last_time_ms_ = state_entry->time_ms;
  absl::Status status = state->LoadTree(*snapshot, state_entry->subjects, threads);
  if (status.ok()) status = state->LoadSchemes(*snapshot);
  if (!status.ok()) return status;
  if (state->tree_->root() != state_entry->state_root) {
    return Damaged("data_damaged", "the subjects do not give the root of the last state entry");
  }
  StoredHashes hashes(*snapshot, log->size());
  const auto root = merkle::RootAt(log->size(), hashes);
  if (!root.ok()) return root.status();
  if (*root != log->root()) return Damaged("data_damaged", "the log tree does not give its root");
  const auto inclusion = merkle::ProveInclusion({log->size().value - 1}, log->size(), hashes);
  if (!inclusion.ok()) return inclusion.status();
  state->head_ = std::make_shared<HeadState>(
      HeadState{state->origin_, log->size(), *root, state_entry->time_ms, state_entry->subjects,
                std::string(last->entry), merkle::FlattenProof(*inclusion), snapshot,
                state->tree_->view(), state->residents_, state->schemes_, state->cache_});
  return state;
}

absl::Status RegisterState::LoadTree(const Snapshot& snapshot, uint64_t subjects,
                                     unsigned threads) {
  constexpr uint64_t kMostSubjects = uint64_t{1} << 40;
  if (subjects > kMostSubjects) return Damaged("data_damaged", "the number of subjects is absurd");
  std::vector<Digest> leaves(subjects);
  const uint64_t parts = std::clamp<uint64_t>(subjects / 10'000, 1, std::max(threads, 1U));
  std::vector<HeadScan> scans(parts);
  {
    std::vector<std::jthread> workers;
    for (uint64_t part = 0; part < parts; ++part) {
      workers.emplace_back([&, part] {
        scans[part] =
            ScanHeads(snapshot, subjects * part / parts, subjects * (part + 1) / parts, leaves);
      });
    }
  }
  auto residents = std::make_shared<ResidentMap>();
  for (HeadScan& scan : scans) {
    if (!scan.status.ok()) return scan.status;
    for (auto& [number, head] : scan.residents) {
      std::string frames;
      absl::Status status = ReadFrames(snapshot, number, 0, head.entries(), frames);
      if (!status.ok()) return status;
      (*residents)[number.value] =
          std::make_shared<Resident>(number, std::move(head), std::move(frames));
    }
  }
  residents_ = std::move(residents);
  tree_ = std::make_unique<merkle::DenseTree>(leaves, threads);
  return absl::OkStatus();
}

absl::Status RegisterState::LoadSchemes(const Snapshot& snapshot) {
  auto schemes = std::make_shared<SchemeMap>();
  bool right = true;
  absl::Status status =
      snapshot.Scan(Family::kSchemes, "", "", [&](std::string_view key, std::string_view value) {
        const auto number = ParseU64Value(value);
        right = right && number.ok();
        if (number.ok()) (*schemes)[std::string(key)] = SubjectNumber{*number};
        return right;
      });
  if (!status.ok()) return status;
  if (!right) return Damaged("data_damaged", "the list of schemes is malformed");
  schemes_ = std::move(schemes);
  return absl::OkStatus();
}

absl::StatusOr<SubjectHead> RegisterState::FindHead(SubjectNumber subject) const {
  return head_->Head(subject);
}

absl::StatusOr<std::shared_ptr<const registry::Subject>> RegisterState::FindSubject(
    SubjectNumber subject, const SubjectHead& head) const {
  return head_->Parsed(subject, head);
}

absl::StatusOr<std::optional<Statement>> RegisterState::FindStatement(SubjectNumber issuer,
                                                                      std::string_view jti) const {
  if (!head_) return std::nullopt;
  const auto row = head_->snapshot->Get(Family::kTokenIds, TokenIdKey(issuer, jti));
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::nullopt;
  const auto index = ParseU64Value(**row);
  if (!index.ok()) return index.status();
  const auto entries = ReadLog(*head_->snapshot, {*index}, 1, registry::kMaxEntryBytes);
  if (!entries.ok()) return entries.status();
  if (entries->empty()) return Damaged("data_damaged", "an event beyond the log");
  const auto id = StoredEventId(entries->front());
  if (!id.ok()) return id.status();
  return Statement{{*index}, *id};
}

absl::StatusOr<std::optional<SubjectNumber>> RegisterState::FindThumbprint(
    const certs::KeyId& key) const {
  if (!head_) return std::nullopt;
  const auto row = head_->snapshot->Get(Family::kThumbprints, key.digest().view());
  if (!row.ok()) return row.status();
  if (!row->has_value()) return std::nullopt;
  const auto number = ParseU64Value(**row);
  if (!number.ok()) return number.status();
  return SubjectNumber{*number};
}

absl::Status RegisterState::Install(Plan plan) {
  const TreeSize size = plan.request.frontier.size();
  auto inclusion = plan.InclusionProof({size.value - 1});
  if (!inclusion.ok()) return inclusion.status();
  auto tree = tree_->Install(*std::move(plan.state_tree));
  if (!tree.ok()) return tree.status();

  std::shared_ptr<ResidentMap> residents;
  std::shared_ptr<SchemeMap> schemes;
  for (auto& [number, planned] : plan.changed) {
    if (!IsResident(planned.head.kind)) {
      // Readers find it in the cache as it was, or not at all: it is not worth reading now.
      auto subject = planned.subject;
      if (!subject) subject = cache_->Find({number}, planned.before.entries());
      if (!subject) continue;
      cache_->Keep(planned.subject ? std::move(subject) : Grown(*subject, planned.added));
      continue;
    }
    if (!residents) residents = std::make_shared<ResidentMap>(*residents_);
    ResidentPtr& resident = (*residents)[number];
    std::string frames = resident ? resident->frames() : std::string();
    frames += planned.new_frames;
    resident = std::make_shared<Resident>(SubjectNumber{number}, planned.head, std::move(frames),
                                          planned.subject);
  }
  for (const PlannedEvent& planned : plan.events) {
    const auto* scheme = planned.event->As<registry::SchemeCreated>();
    if (scheme == nullptr) continue;
    if (!schemes) schemes = std::make_shared<SchemeMap>(*schemes_);
    (*schemes)[SchemeKey(scheme->treatment, scheme->territory)] = planned.event->subjects.front();
  }
  if (residents) residents_ = std::move(residents);
  if (schemes) schemes_ = std::move(schemes);
  log_ = plan.request.frontier;
  last_time_ms_ = plan.time_ms;
  head_ = std::make_shared<HeadState>(HeadState{
      origin_, size, log_.root(), plan.time_ms, plan.subject_count, std::move(plan.state_entry),
      *std::move(inclusion), database_.Now(), *std::move(tree), residents_, schemes_, cache_});
  return absl::OkStatus();
}

}  // namespace bonafide::storage
