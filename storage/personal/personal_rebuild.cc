#include "storage/personal/personal_rebuild.h"

#include <string>
#include <utility>

#include "certs/reason.h"
#include "certs/sd_jwt.h"
#include "storage/database/schema.h"
#include "storage/history/history_page.h"
#include "storage/history/stored_disclosures.h"
#include "storage/history/subject_reader.h"
#include "storage/log/log_store.h"
#include "storage/personal/personal_projection.h"

namespace bonafide::storage {
namespace {

constexpr size_t kBatchBytes = size_t{4} << 20;

absl::Status VisitEntry(std::string_view origin, std::string_view entry,
                        std::string_view disclosures_row, const PersonalEventVisitor& visit) {
  if (disclosures_row.empty()) return absl::OkStatus();
  const auto stored = ParseDisclosures(disclosures_row);
  if (!stored.ok()) return stored.status();
  if (stored->disclosures.empty()) return absl::OkStatus();
  const auto event = ParseStoredEvent(entry, origin);
  if (!event.ok()) return event.status();
  std::vector<certs::Disclosure> disclosures;
  for (const StoredDisclosure& one : stored->disclosures) {
    auto disclosure = certs::ParseDisclosure(one.encoded);
    if (!disclosure.ok()) return Damaged("data_damaged", "a stored disclosure is none");
    disclosures.push_back(*std::move(disclosure));
  }
  const auto opened = registry::OpenSlots((*event)->event(), disclosures, false);
  if (!opened.ok()) return Damaged("data_damaged", "stored disclosures are not of their event");
  return visit(**event, *opened);
}

absl::Status VisitPage(std::string_view origin, std::string_view row,
                       const PersonalEventVisitor& visit) {
  const auto page = PageView::Parse(row);
  if (!page.ok()) return page.status();
  absl::Status status;
  for (size_t i = 0; i < page->size() && status.ok(); ++i) {
    status = VisitEntry(origin, page->entry(i), page->annex(i).disclosures, visit);
  }
  return status;
}

LoggedAt AtOf(const registry::LoggedEvent& event) { return {event.subjects.front(), event.index}; }

absl::Status RebuildDuplicates(
    Database& database, const DuplicateHints& hints,
    const std::function<absl::Status(const PersonalEventVisitor&)>& each) {
  WriteBatch batch;
  batch.DeleteRange(Family::kDuplicates, "", "\xff");
  auto write = [&database, &batch] { return database.Write(std::exchange(batch, WriteBatch())); };
  absl::Status status = each(
      [&](const registry::LoggedEvent& event, const std::vector<registry::OpenedSlot>& opened) {
        const auto number = NumberIn(event.event(), opened);
        if (!number) return absl::OkStatus();
        const absl::Status added = hints.Add(AtOf(event), *number, batch);
        return added.ok() && batch.size_bytes() > kBatchBytes ? write() : added;
      });
  return status.ok() ? write() : status;
}

}  // namespace

absl::Status VisitPersonalEvents(const Snapshot& snapshot, std::string_view origin,
                                 const PersonalEventVisitor& visit) {
  absl::Status inside;
  const absl::Status scanned =
      snapshot.Scan(Family::kHistories, "", "", [&](std::string_view, std::string_view row) {
        inside = VisitPage(origin, row, visit);
        return inside.ok();
      });
  return scanned.ok() ? inside : scanned;
}

absl::Status RebuildPersonalIndexes(Database& database, const NameIndex& names,
                                    const DuplicateHints& hints,
                                    const std::function<void(uint64_t)>& progress) {
  const std::shared_ptr<const Snapshot> snapshot = database.Now();
  const auto origin = snapshot->Require(Family::kMeta, kMetaOrigin);
  if (!origin.ok()) return origin.status();
  const auto log = snapshot->Require(Family::kMeta, kMetaLog);
  if (!log.ok()) return log.status();
  const auto head = ParseLogHead(*log);
  if (!head.ok()) return head.status();

  uint64_t events = 0;
  auto each = [&](const PersonalEventVisitor& visit) {
    return VisitPersonalEvents(
        *snapshot, *origin,
        [&](const registry::LoggedEvent& event, const std::vector<registry::OpenedSlot>& opened) {
          if (progress) progress(++events);
          return visit(event, opened);
        });
  };
  // The names come last: their header is what says that both indexes are whole.
  WriteBatch mark;
  NameIndex::MarkStale(mark);
  absl::Status status = database.Write(std::move(mark));
  if (status.ok()) status = RebuildDuplicates(database, hints, each);
  if (!status.ok()) return status;
  return names.Rebuild(head->size().value, [&each](const NameIndex::TakeNames& take) {
    return each([&take](const registry::LoggedEvent& event,
                        const std::vector<registry::OpenedSlot>& opened) {
      return take(NamesIn(AtOf(event), opened));
    });
  });
}

}  // namespace bonafide::storage
