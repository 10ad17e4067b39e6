#include "storage/personal/erasure.h"

#include <algorithm>
#include <limits>
#include <set>
#include <utility>

#include "certs/random.h"
#include "certs/reason.h"
#include "certs/sd_jwt.h"
#include "merkle/big_endian.h"
#include "registry/entry.h"
#include "storage/database/schema.h"
#include "storage/history/history_page.h"
#include "storage/history/stored_disclosures.h"
#include "storage/history/subject_reader.h"
#include "storage/papers/paper_reference.h"
#include "storage/personal/duplicate_hint.h"

namespace bonafide::storage {
namespace {

constexpr std::string_view kOrderPrefix = "erasure/order/";
constexpr std::string_view kCompactPrefix = "erasure/compact/";
constexpr size_t kNonceBytes = 8;

absl::Status Wrong(std::string_view what) {
  return Damaged("data_damaged", "a stored row is not " + std::string(what));
}

std::string Name(SubjectNumber subject) { return "subject " + std::to_string(subject.value); }

absl::Status LacksEntries(SubjectNumber subject) {
  return Damaged("record_missing", Name(subject) + " lacks entries that are to be erased");
}

struct Row {
  std::string key;
  std::string value;
};

absl::StatusOr<std::vector<Row>> ReadRows(const Snapshot& snapshot, Family family,
                                          std::string_view prefix) {
  std::vector<Row> rows;
  const absl::Status status =
      snapshot.ScanPrefix(family, prefix, [&rows](std::string_view key, std::string_view value) {
        rows.push_back({std::string(key), std::string(value)});
        return true;
      });
  if (!status.ok()) return status;
  return rows;
}

// The index that an entry says it has.
absl::StatusOr<LogIndex> IndexOf(std::string_view entry) {
  const auto parsed = registry::ParseEventEntry(entry);
  if (!parsed.ok()) return Wrong("an event");
  return parsed->index;
}

}  // namespace

void Eraser::Order(LogIndex at, SubjectNumber subject,
                   const std::optional<registry::EventId>& target, WriteBatch& batch) {
  std::string value = U64Key(subject.value);
  if (target) value += target->digest.view();
  batch.Put(Family::kMeta, std::string(kOrderPrefix) + U64Key(at.value), value);
}

absl::Status Eraser::RemoveOrdered() {
  const std::shared_ptr<const Snapshot> snapshot = database_->Now();
  const auto orders = ReadRows(*snapshot, Family::kMeta, kOrderPrefix);
  if (!orders.ok()) return orders.status();
  absl::Status damage;
  // One after the other: whether a word or a paper is still used is asked of what is stored.
  for (const Row& order : *orders) {
    absl::Status status = CarryOut(*snapshot, order.key, order.value);
    const bool goes_on = absl::IsDataLoss(status) && !database_->outcome_unknown();
    if (!status.ok() && !goes_on) return status;
    damage.Update(status);
  }
  return damage;
}

absl::Status Eraser::CarryOut(const Snapshot& snapshot, const std::string& key,
                              std::string_view order) {
  if (order.size() != 8 && order.size() != 8 + Digest::kSizeBytes) {
    return Wrong("the order of an erasure");
  }
  const SubjectNumber subject{merkle::ReadU64(order)};
  const auto target = Resolve(snapshot, subject, order.substr(8));
  return target.ok() ? Remove(*target, key) : target.status();
}

absl::StatusOr<Eraser::Target> Eraser::Resolve(const Snapshot& snapshot, SubjectNumber subject,
                                               std::string_view event_id) const {
  if (event_id.empty()) return Target{subject, std::nullopt};
  const auto rows = ReadRows(snapshot, Family::kHistories, SubjectPrefix(subject));
  if (!rows.ok()) return rows.status();
  for (const Row& row : *rows) {
    const auto key = ParsePartKey(row.key);
    if (!key.ok()) return key.status();
    const auto page = PageView::ParseEntries(row.value);
    if (!page.ok()) return page.status();
    for (uint32_t i = 0; i < page->size(); ++i) {
      const auto id = StoredEventId(page->entry(i));
      if (!id.ok()) return id.status();
      if (id->digest.view() != event_id) continue;
      const auto index = IndexOf(page->entry(i));
      if (!index.ok()) return index.status();
      return Target{subject, EventTarget{*index, key->number * kEntriesPerPage + i}};
    }
  }
  // It was there when its erasure was admitted.
  return LacksEntries(subject);
}

absl::Status Eraser::Remove(const Target& target, const std::string& order_key) {
  const std::shared_ptr<const Snapshot> snapshot = database_->Now();
  WriteBatch batch;
  std::vector<ErasedDisclosure> erased;
  std::string blobs;
  absl::Status status = EmptyDisclosures(*snapshot, target, batch, erased);
  if (status.ok()) status = DropPapers(*snapshot, target, batch, blobs);
  if (status.ok()) {
    status = target.event ? names_->Remove(*snapshot, target.at(), batch)
                          : names_->Remove(*snapshot, target.subject, batch);
  }
  if (status.ok()) {
    status = target.event ? DuplicateHints::Remove(*snapshot, target.at(), batch)
                          : DuplicateHints::Remove(*snapshot, target.subject, batch);
  }
  // First the ledger: once the rows are gone, nothing else knows their digests.
  if (status.ok()) status = ledger_->Add(erased);
  if (!status.ok()) return status;
  // A key of its own for each removal, so that a compaction under way does not take the note of one
  // that came after it for done.
  const std::string note = std::string(kCompactPrefix) + U64Key(target.subject.value) +
                           certs::RandomBytes(certs::SystemRandom(), kNonceBytes);
  batch.Put(Family::kMeta, note, blobs);
  if (!order_key.empty()) batch.Delete(Family::kMeta, order_key);
  // Until the count is known, every snapshot is taken to be from before: a compaction on another
  // thread may find the note as soon as it is written.
  const uint64_t before = removed_at_.exchange(std::numeric_limits<uint64_t>::max());
  status = database_->Write(std::move(batch));
  removed_at_ = status.ok() ? database_->WriteCount() : before;
  return status;
}

absl::Status Eraser::EmptyDisclosures(const Snapshot& snapshot, const Target& target,
                                      WriteBatch& batch,
                                      std::vector<ErasedDisclosure>& erased) const {
  std::string prefix = SubjectPrefix(target.subject);
  std::optional<size_t> only;  // the place of the event in its page
  if (target.event) {
    prefix = PageKey(target.subject, PageOf(target.event->seq));
    only = target.event->seq % kEntriesPerPage;
  }
  const auto rows = ReadRows(snapshot, Family::kHistories, prefix);
  if (!rows.ok()) return rows.status();
  uint64_t entries = 0;
  for (const Row& row : *rows) {
    const auto page = PageView::Parse(row.value);
    if (!page.ok()) return page.status();
    entries += page->size();
    const size_t before = erased.size();
    std::vector<Annex> annexes;
    for (size_t i = 0; i < page->size(); ++i) {
      Annex& annex = annexes.emplace_back(Copied(page->annex(i)));
      if (only && *only != i) continue;
      const auto index = IndexOf(page->entry(i));
      if (!index.ok()) return index.status();
      if (only && *index != target.event->index) return Wrong("the event that has to stand there");
      if (annex.disclosures.empty()) continue;
      const auto stored = ParseDisclosures(annex.disclosures);
      if (!stored.ok()) return stored.status();
      for (const StoredDisclosure& one : stored->disclosures) {
        erased.push_back({{target.subject, *index}, certs::DisclosureDigest(one.encoded)});
      }
      annex.disclosures = *ErasedDisclosures(annex.disclosures);
    }
    if (erased.size() > before) batch.Put(Family::kHistories, row.key, RowOf(*page, annexes));
  }
  // What is not there may come back with an older copy, and has to be in the ledger then.
  uint64_t expected = only ? *only + 1 : 0;
  if (!only) {
    const auto head = ReadHead(snapshot, target.subject);
    if (!head.ok()) return head.status();
    expected = head->entries();
  }
  return entries >= expected ? absl::OkStatus() : LacksEntries(target.subject);
}

absl::Status Eraser::DropPapers(const Snapshot& snapshot, const Target& target, WriteBatch& batch,
                                std::string& blobs) const {
  const auto references =
      target.event ? ReferencesOf(snapshot, target.at()) : ReferencesOf(snapshot, target.subject);
  if (!references.ok()) return references.status();
  const std::set<PaperReference> gone(references->begin(), references->end());
  std::set<Digest> papers;
  for (const PaperReference& reference : gone) {
    RemoveReference(reference, batch);
    papers.insert(reference.paper);
  }
  for (const Digest& paper : papers) {
    // One more than go: if so many are found, one of them stays.
    const auto namings = ReferencesTo(snapshot, paper, gone.size() + 1);
    if (!namings.ok()) return namings.status();
    bool still_named = false;
    for (const PaperReference& naming : *namings) still_named |= !gone.contains(naming);
    if (still_named) continue;
    const auto blob = papers_->Remove(paper, batch);
    if (!blob.ok()) return blob.status();
    if (*blob) merkle::AppendU64(blobs, (*blob)->value);
  }
  return absl::OkStatus();
}

absl::Status Eraser::ApplyLedger() {
  std::set<SubjectNumber> subjects;
  for (const ErasedDisclosure& one : ledger_->erased()) subjects.insert(one.event.subject);
  for (SubjectNumber subject : subjects) {
    if (absl::Status status = ApplyTo(subject); !status.ok()) return status;
  }
  return absl::OkStatus();
}

absl::Status Eraser::ApplyTo(SubjectNumber subject) {
  const auto rows = ReadRows(*database_->Now(), Family::kHistories, SubjectPrefix(subject));
  if (!rows.ok()) return rows.status();
  for (const Row& row : *rows) {
    const auto key = ParsePartKey(row.key);
    if (!key.ok()) return key.status();
    const auto page = PageView::Parse(row.value);
    if (!page.ok()) return page.status();
    for (uint32_t i = 0; i < page->size(); ++i) {
      if (page->annex(i).disclosures.empty()) continue;
      const auto stored = ParseDisclosures(page->annex(i).disclosures);
      if (!stored.ok()) return stored.status();
      const bool back =
          std::ranges::any_of(stored->disclosures, [this](const StoredDisclosure& one) {
            return ledger_->Contains(certs::DisclosureDigest(one.encoded));
          });
      if (!back) continue;
      const auto index = IndexOf(page->entry(i));
      if (!index.ok()) return index.status();
      const EventTarget event{*index, key->number * kEntriesPerPage + i};
      if (absl::Status status = Remove({subject, event}, ""); !status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

absl::StatusOr<bool> Eraser::HasRemoved() const {
  const auto rows = ReadRows(*database_->Now(), Family::kMeta, kCompactPrefix);
  if (!rows.ok()) return rows.status();
  return !rows->empty();
}

absl::Status Eraser::CompactRemoved() {
  const auto rows = ReadRows(*database_->Now(), Family::kMeta, kCompactPrefix);
  if (!rows.ok()) return rows.status();
  if (rows->empty()) return absl::OkStatus();
  const std::optional<uint64_t> oldest = database_->OldestSnapshot();
  if (oldest && *oldest < removed_at_) {
    return Refusal(absl::StatusCode::kUnavailable, "erasure_snapshot_held",
                   "somebody still reads from before the erasure; its bytes go afterwards");
  }
  std::set<uint64_t> subjects;
  std::set<uint64_t> blobs;
  for (const Row& row : *rows) {
    const std::string_view suffix = std::string_view(row.key).substr(kCompactPrefix.size());
    if (suffix.size() != 8 + kNonceBytes || row.value.size() % 8 != 0)
      return Wrong("a note of what to compact");
    subjects.insert(merkle::ReadU64(suffix));
    for (size_t at = 0; at < row.value.size(); at += 8) {
      blobs.insert(merkle::ReadU64(std::string_view(row.value).substr(at)));
    }
  }
  for (uint64_t subject : subjects) {
    absl::Status status =
        database_->Compact(Family::kHistories, U64Key(subject), U64Key(subject + 1));
    if (!status.ok()) return status;
  }
  for (uint64_t blob : blobs) {
    absl::Status status =
        database_->Compact(Family::kPaperChunks, ChunkKey({blob}, 0), EndOfChunks({blob}));
    if (!status.ok()) return status;
  }
  for (Family family : {Family::kNames, Family::kDuplicates, Family::kPapers}) {
    if (absl::Status status = database_->Compact(family, "", ""); !status.ok()) return status;
  }
  WriteBatch batch;
  for (const Row& row : *rows) batch.Delete(Family::kMeta, row.key);
  return database_->Write(std::move(batch));
}

}  // namespace bonafide::storage
