#include "storage/history/subject_reader.h"

#include <algorithm>
#include <utility>

#include "certs/jws.h"
#include "certs/reason.h"
#include "merkle/frame.h"
#include "merkle/frontier.h"
#include "merkle/hash.h"
#include "merkle/state_tree.h"
#include "registry/entry.h"
#include "storage/history/stored_disclosures.h"

namespace bonafide::storage {
namespace {

std::string Name(SubjectNumber subject) { return "subject " + std::to_string(subject.value); }

absl::Status LacksEntry(EntryPlace place) {
  return Damaged("record_missing",
                 Name(place.subject) + " lacks its entry " + std::to_string(place.seq));
}

// Gives entries [first, end) of `subject` to `visit(page, place in the page)`, which may fail.
template <typename Parse, typename Visit>
absl::Status VisitEntries(Parse parse, const Snapshot& snapshot, SubjectNumber subject,
                          uint64_t first, uint64_t end, Visit visit) {
  for (uint64_t seq = first; seq < end;) {
    const auto row = snapshot.Get(Family::kHistories, PageKey(subject, PageOf(seq)));
    if (!row.ok()) return Within(Name(subject), row.status());
    if (!row->has_value()) return LacksEntry({subject, static_cast<uint32_t>(seq)});
    const auto page = parse(**row);
    if (!page.ok()) return Within(Name(subject), page.status());
    const uint64_t page_end =
        std::min<uint64_t>(end, (PageOf(seq) + 1) * uint64_t{kEntriesPerPage});
    for (; seq < page_end; ++seq) {
      const size_t at = seq % kEntriesPerPage;
      if (at >= page->size()) return LacksEntry({subject, static_cast<uint32_t>(seq)});
      if (absl::Status status = visit(*page, at); !status.ok()) return status;
    }
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<SubjectHead> ReadHead(const Snapshot& snapshot, SubjectNumber subject) {
  const auto row = snapshot.Require(Family::kHeads, U64Key(subject.value));
  if (!row.ok()) return Within(Name(subject), row.status());
  auto head = ParseSubjectHead(*row);
  if (!head.ok()) return Within(Name(subject), head.status());
  return head;
}

absl::Status ReadFrames(const Snapshot& snapshot, SubjectNumber subject, uint64_t first,
                        uint64_t end, std::string& frames) {
  return VisitEntries(PageView::ParseEntries, snapshot, subject, first, end,
                      [&](const PageView& page, size_t at) {
                        frames += page.frame(at);
                        return absl::OkStatus();
                      });
}

absl::Status ReadDisclosures(const Snapshot& snapshot, SubjectNumber subject,
                             const SubjectHead& head, uint64_t first, uint64_t end,
                             const Audience& audience, std::string& out) {
  if (head.disclosure_rows == 0) return absl::OkStatus();
  uint64_t events = 0;
  absl::Status status = VisitEntries(PageView::Parse, snapshot, subject, first, end,
                                     [&](const PageView& page, size_t at) {
                                       const std::string_view row = page.annex(at).disclosures;
                                       if (row.empty()) return absl::OkStatus();
                                       ++events;
                                       return AppendVisible(row, audience, head.created_by, out);
                                     });
  if (!status.ok()) return Within(Name(subject), status);
  const bool all = first == 0 && end == head.entries();
  if (!all || events == head.disclosure_rows) return absl::OkStatus();
  return Damaged("record_missing", Name(subject) + " lacks disclosures it has to have");
}

absl::StatusOr<std::string> ReadEntry(const Snapshot& snapshot, EntryPlace place) {
  std::string entry;
  absl::Status status = VisitEntries(PageView::ParseEntries, snapshot, place.subject, place.seq,
                                     uint64_t{place.seq} + 1, [&](const PageView& page, size_t at) {
                                       entry = page.entry(at);
                                       return absl::OkStatus();
                                     });
  if (!status.ok()) return status;
  return entry;
}

absl::StatusOr<Annex> ReadAnnex(const Snapshot& snapshot, EntryPlace place) {
  Annex annex;
  absl::Status status = VisitEntries(PageView::Parse, snapshot, place.subject, place.seq,
                                     uint64_t{place.seq} + 1, [&](const PageView& page, size_t at) {
                                       annex = Copied(page.annex(at));
                                       return absl::OkStatus();
                                     });
  if (!status.ok()) return status;
  return annex;
}

absl::StatusOr<registry::LoggedEventPtr> ParseStoredEvent(std::string_view entry,
                                                          std::string_view origin) {
  auto event = registry::ParseEventEntry(entry);
  if (!event.ok()) return Damaged("data_damaged", event.status().ToString());
  auto token = registry::ParseToken(event->token, origin);
  if (!token.ok()) return Damaged("data_damaged", token.status().ToString());
  return std::make_shared<registry::LoggedEvent>(registry::LoggedEvent{
      event->index, event->time_ms, std::move(event->subjects), *std::move(token)});
}

absl::StatusOr<registry::EventId> StoredEventId(std::string_view entry) {
  const auto event = registry::ParseEventEntry(entry);
  if (!event.ok()) return Damaged("data_damaged", event.status().ToString());
  const auto jws = certs::ParseJws(event->token);
  if (!jws.ok()) return Damaged("data_damaged", jws.status().ToString());
  return registry::EventId{certs::Identity(*jws)};
}

absl::Status CheckFrames(SubjectNumber subject, std::string_view frames, const Digest& state_leaf) {
  merkle::Frontier frontier;
  merkle::FrameReader reader(frames);
  while (!reader.done()) {
    const auto entry = reader.Next();
    if (!entry.ok()) return Damaged("data_damaged", Name(subject) + " has malformed frames");
    frontier.Append(merkle::LeafHash(*entry));
  }
  if (merkle::StateLeafHash(subject, frontier.size().value, frontier.root()) == state_leaf) {
    return absl::OkStatus();
  }
  return Damaged("data_damaged", Name(subject) + ": its entries are not what was hashed");
}

absl::StatusOr<std::shared_ptr<const registry::Subject>> ParseStoredSubject(
    SubjectNumber subject, std::string_view frames, std::string_view origin) {
  auto parsed = std::make_shared<registry::Subject>(subject);
  merkle::FrameReader reader(frames);
  while (!reader.done()) {
    const auto entry = reader.Next();
    if (!entry.ok()) return Damaged("data_damaged", Name(subject) + " has malformed frames");
    auto event = ParseStoredEvent(*entry, origin);
    if (!event.ok()) return Within(Name(subject), event.status());
    parsed->Append(*std::move(event));
  }
  return parsed;
}

}  // namespace bonafide::storage
