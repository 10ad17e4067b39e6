#include "storage/check/check.h"

#include <algorithm>
#include <set>
#include <utility>

#include "certs/note.h"
#include "certs/reason.h"
#include "certs/sd_jwt.h"
#include "merkle/checkpoint.h"
#include "merkle/dense_tree.h"
#include "merkle/frame.h"
#include "merkle/hash.h"
#include "merkle/overlay.h"
#include "registry/admission.h"
#include "registry/closure.h"
#include "registry/entry.h"
#include "storage/check/check_report.h"
#include "storage/check/check_rows.h"
#include "storage/check/check_world.h"
#include "storage/check/signature_pool.h"
#include "storage/history/stored_disclosures.h"
#include "storage/history/subject_reader.h"
#include "storage/log/database_log_store.h"
#include "storage/log/log_hashes.h"
#include "storage/log/log_places.h"
#include "storage/log/log_tiles.h"
#include "storage/papers/paper_check.h"
#include "storage/register/high_water.h"

namespace bonafide::storage {
namespace {

// A signed head to be met on the way.
struct SignedHead {
  std::string name;
  merkle::Checkpoint checkpoint;
};

// Where an event stands, and the hash that the log has of it.
struct EventPlace {
  EntryPlace place;
  Digest leaf_hash;
};

class StoreCheck {
 public:
  // `snapshot` has to outlive this; `head` is that of its log.
  StoreCheck(const Snapshot& snapshot, const LogHead& head, const CheckOptions& options,
             CheckReport& report)
      : options_(options),
        report_(report),
        problems_(report, options.max_problems),
        snapshot_(snapshot),
        head_(head),
        world_(snapshot, report.origin),
        tiles_(snapshot, head.size()),
        places_(snapshot),
        rows_(snapshot, head.size(), problems_),
        pool_(options.threads,
              [this](LogIndex index) { problems_.Add(index, "the signature does not verify"); }) {}

  void Run(const absl::StatusOr<std::string>& mark) {
    FindSignedHeads(mark);
    const uint64_t size = head_.size().value;
    for (uint64_t index = 0; index < size; ++index) {
      TakeEntry({index});
      if (options_.progress && (index % 1024 == 0 || index + 1 == size)) {
        options_.progress("entries", index + 1, size);
      }
    }
    pool_.Flush();
    if (!batch_.empty()) problems_.Add(LogIndex{size - 1}, "the log does not end in a state entry");
    if (log_ != head_.frontier) problems_.Add(std::nullopt, "the log tree has another root");
    for (const SignedHead& unmet : signed_heads_) {
      problems_.Add(std::nullopt, unmet.name + " is of " +
                                      std::to_string(unmet.checkpoint.size.value) +
                                      " entries, the log has " + std::to_string(size));
    }
    rows_.CompareHeads(world_.heads());
    rows_.FindOrphans(world_.heads());
    report_.entries = size;
    report_.subjects = world_.subject_count();
  }

 private:
  void FindSignedHeads(const absl::StatusOr<std::string>& mark) {
    const auto vkey = snapshot_.Require(Family::kMeta, kMetaLogKey);
    const auto log = vkey.ok() ? certs::NoteVerifier::FromVkey(*vkey)
                               : absl::StatusOr<certs::NoteVerifier>(vkey.status());
    if (!log.ok()) {
      problems_.Add(std::nullopt, "the log key is not there");
      return;
    }
    const auto add = [&](const std::string& name, std::string_view note) {
      const auto opened = merkle::OpenCheckpoint(note, *log);
      if (!opened.ok()) {
        problems_.Add(std::nullopt, name + " is not signed by the log's key");
      } else {
        signed_heads_.push_back({name, opened->checkpoint});
      }
    };
    if (mark.ok()) {
      add("the high-water mark", *mark);
    } else {
      problems_.Add(std::nullopt, std::string(mark.status().message()));
    }
    const auto note = snapshot_.Get(Family::kMeta, kMetaNote);
    if (note.ok() && note->has_value()) add("the stored checkpoint", **note);
  }

  // One entry, whatever is left of it. The log tree grows by the leaf hash that is kept.
  void TakeEntry(LogIndex index) {
    const auto leaf_hash = tiles_.LeafHash(index);
    if (!leaf_hash.ok()) problems_.Add(index, "its leaf hash is missing");
    const Digest hashed = leaf_hash.ok() ? *leaf_hash : Digest();
    GrowLog(hashed);
    const auto place = places_.At(index);
    if (!place.ok()) {
      problems_.Add(index, "its place is missing or malformed");
    } else if (const auto* state = std::get_if<StatePlace>(&*place)) {
      TakeState(index, state->entry, hashed);
    } else {
      TakeEvent(index, {std::get<EntryPlace>(*place), hashed});
    }
    MeetSignedHeads();
  }

  void GrowLog(const Digest& leaf_hash) {
    EdgeHashes edge(log_);
    const auto nodes = merkle::NewNodes(log_.size(), std::span(&leaf_hash, 1), edge);
    if (nodes.ok()) rows_.CompareTiles({log_.size().value}, *nodes);
    log_.Append(leaf_hash);
  }

  void MeetSignedHeads() {
    std::erase_if(signed_heads_, [&](const SignedHead& head) {
      if (head.checkpoint.size != log_.size()) return false;
      if (head.checkpoint.root != log_.root() || head.checkpoint.origin != report_.origin) {
        problems_.Add(LogIndex{log_.size().value - 1}, head.name + " signs another history");
      }
      return true;
    });
  }

  void TakeTime(LogIndex index, int64_t time_ms) {
    if (time_ms < last_time_ms_)
      problems_.Add(index, "its time is before that of the entry before");
    last_time_ms_ = std::max(last_time_ms_, time_ms);
  }

  void TakeState(LogIndex index, std::string_view bytes, const Digest& leaf_hash) {
    if (merkle::LeafHash(bytes) != leaf_hash) {
      problems_.Add(index, "the entry is not what was hashed");
    }
    const auto state = registry::ParseStateEntry(bytes);
    if (!state.ok() || state->index != index) {
      problems_.Add(index, "it is no state entry of this index");
      return;
    }
    TakeTime(index, state->time_ms);
    merkle::Overlay overlay = tree_.Plan();
    for (uint64_t number : batch_) {
      const Digest leaf = StateLeafOf({number}, world_.heads()[number]);
      if (number < overlay.size().value) {
        overlay.Set({number}, leaf).IgnoreError();
      } else {
        overlay.Append(leaf);
      }
    }
    batch_.clear();
    if (state->subjects != overlay.size().value) problems_.Add(index, "it counts other subjects");
    if (state->state_root != overlay.root()) problems_.Add(index, "it has another state root");
    tree_.Install(std::move(overlay)).IgnoreError();
  }

  void TakeEvent(LogIndex index, const EventPlace& place) {
    const auto bytes = ReadEntry(snapshot_, place.place);
    if (!bytes.ok()) {
      problems_.Add(index, "the entry is missing: " + std::string(bytes.status().message()));
      Count(index, place.place.subject, place.leaf_hash);
      return;
    }
    if (merkle::LeafHash(*bytes) != place.leaf_hash) {
      problems_.Add(index, "the entry is not what was hashed");
    }
    auto entry = registry::ParseEventEntry(*bytes);
    if (!entry.ok() || entry->index != index) {
      problems_.Add(index, "the entry is not one of this index");
      Count(index, place.place.subject, place.leaf_hash);
      return;
    }
    TakeTime(index, entry->time_ms);
    auto token = registry::ParseToken(entry->token, report_.origin);
    if (!token.ok()) {
      problems_.Add(index, "its token is malformed: " + ReasonOf(token.status()));
      Count(index, place.place.subject, place.leaf_hash);
      return;
    }
    const auto event = std::make_shared<registry::LoggedEvent>(registry::LoggedEvent{
        index, entry->time_ms, std::move(entry->subjects), *std::move(token)});
    if (options_.signatures_and_rules) CheckRules(*event, event);
    CountAll(event, place, *bytes);
    rows_.CompareEvent(*event, place.place);
  }

  void CheckRules(const registry::LoggedEvent& event, const registry::LoggedEventPtr& shared) {
    const absl::Status admitted =
        registry::Admit(event, world_, registry::SignatureCheck::kAlreadyVerified);
    if (!admitted.ok()) problems_.Add(event.index, "it is not admitted: " + ReasonOf(admitted));
    if (const auto* genesis = event.As<registry::Genesis>()) {
      for (const certs::PublicKey& key : genesis->keys) {
        if (key.id() == event.event().key) pool_.Add(shared, key);
      }
      return;
    }
    const registry::Subject* signer = world_.Find(event.event().issuer);
    const auto* key = signer == nullptr ? nullptr : signer->FindKey(event.event().key);
    if (key != nullptr) pool_.Add(shared, key->key);
  }

  // The subject's history grows even where the event cannot be read.
  SubjectHead* Count(LogIndex index, SubjectNumber subject, const Digest& leaf_hash) {
    if (subject.value > world_.subject_count()) {
      problems_.Add(index, "it stands under a subject that does not exist yet");
      return nullptr;
    }
    if (subject.value == world_.subject_count()) world_.Create();
    SubjectHead& head = world_.Head(subject);
    head.frontier.Append(leaf_hash);
    head.log_size = {index.value + 1};
    batch_.insert(subject.value);
    return &head;
  }

  void CountAll(const registry::LoggedEventPtr& event, const EventPlace& place,
                const std::string& bytes) {
    bool own = true;
    for (SubjectNumber subject : event->subjects) {
      const bool is_new = subject.value == world_.subject_count();
      if (is_new != (own && event->event().IsCreation())) {
        problems_.Add(event->index, "its subject is not the next one, or exists already");
      }
      SubjectHead* head = Count(event->index, subject, place.leaf_hash);
      if (head == nullptr) continue;
      const EntryPlace at = {subject, static_cast<uint32_t>(head->entries() - 1)};
      if (own && at != place.place) problems_.Add(event->index, "it stands in another place");
      if (!own) {
        const auto copy = ReadEntry(snapshot_, at);
        if (!copy.ok() || *copy != bytes) {
          problems_.Add(event->index, "its copy under the second subject differs");
        }
      }
      if (is_new) {
        head->kind = registry::KindOf(event->event());
        head->created_by = event->event().issuer;
        head->anchor = event->event().id;
      }
      head->stored_bytes += merkle::kFrameHeaderSizeBytes + bytes.size();
      if (own && !event->event().slots.empty()) ++head->disclosure_rows;
      head->Refer(registry::ReferencesOf(event->event()));
      rows_.CompareAnnex(*event, at, head->frontier.root(), own);
      if (options_.signatures_and_rules) world_.Append(subject, event);
      own = false;
    }
  }

  const CheckOptions& options_;
  CheckReport& report_;
  ProblemList problems_;
  const Snapshot& snapshot_;
  const LogHead& head_;
  CheckWorld world_;
  LogTiles tiles_;
  LogPlaces places_;
  RowCheck rows_;
  SignaturePool pool_;
  merkle::Frontier log_;
  merkle::DenseTree tree_;
  std::set<uint64_t> batch_;  // subjects changed since the last state entry
  int64_t last_time_ms_ = 0;
  std::vector<SignedHead> signed_heads_;  // not met yet
};

}  // namespace

namespace {

absl::StatusOr<std::string> ReadMark(const std::string& path) {
  const auto mark = HighWater::Open(path);
  if (!mark.ok()) return mark.status();
  return (*mark)->note();
}

}  // namespace

absl::StatusOr<CheckReport> CheckStore(const Database& database, const std::string& mark_path,
                                       const CheckOptions& options) {
  CheckReport report;
  auto origin = database.Require(Family::kMeta, kMetaOrigin);
  if (!origin.ok()) return origin.status();
  report.origin = *std::move(origin);
  {
    // Read before the snapshot is taken: a running register may go on, and then is ahead of it.
    const auto mark = ReadMark(mark_path);
    const auto snapshot = database.Now();
    const auto head = ReadLogHead(*snapshot);
    if (!head.ok()) return head.status();
    if (head->size() == TreeSize{0}) return Damaged("data_damaged", "the log is empty");
    StoreCheck(*snapshot, *head, options, report).Run(mark);
  }
  ProblemList problems(report, options.max_problems);
  if (absl::Status files = database.VerifyFiles(); !files.ok()) {
    problems.Add(std::nullopt, std::string(files.message()));
  }
  if (options.papers) {
    PaperCheckListener listener;
    listener.found = [&](const std::string& finding) { problems.Add(std::nullopt, finding); };
    if (options.progress) {
      listener.progress = [&](uint64_t done, uint64_t all) {
        options.progress("papers", done, all);
      };
    }
    const absl::Status papers = CheckPapers(database, listener);
    if (!papers.ok() && ReasonOf(papers) != "papers_damaged") {
      problems.Add(std::nullopt,
                   "the papers could not be checked: " + std::string(papers.message()));
    }
  }
  return report;
}

}  // namespace bonafide::storage
