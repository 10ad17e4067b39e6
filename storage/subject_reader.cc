#include "storage/subject_reader.h"

#include <utility>
#include <vector>

#include "certs/reason.h"
#include "merkle/frame.h"
#include "registry/entry.h"
#include "storage/stored_disclosures.h"

namespace bonafide::storage {
namespace {

std::string Name(SubjectNumber subject) { return "subject " + std::to_string(subject.value); }

// So many rows are asked for one by one: each is found by its filter, where a scan would look into
// every file.
constexpr uint64_t kFewRows = 32;

std::vector<std::string> KeysOf(SubjectNumber subject, uint64_t first, uint64_t end) {
  std::vector<std::string> keys;
  keys.reserve(end - first);
  for (uint64_t seq = first; seq < end; ++seq) {
    keys.push_back(EntryKey({subject, static_cast<uint32_t>(seq)}));
  }
  return keys;
}

absl::Status LacksEntry(SubjectNumber subject, uint64_t seq) {
  return Damaged("record_missing", Name(subject) + " lacks its entry " + std::to_string(seq));
}

absl::Status WrongSize(SubjectNumber subject) {
  return Damaged("data_damaged", Name(subject) + " has an entry of a wrong size");
}

// The key after the last one of entries before `end`.
std::string KeyAt(SubjectNumber subject, uint64_t seq) {
  return EntryKey({subject, static_cast<uint32_t>(seq)});
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
  if (first >= end) return absl::OkStatus();
  if (end - first <= kFewRows) {
    return snapshot.GetEach(Family::kEntries, KeysOf(subject, first, end),
                            [&](size_t place, std::optional<std::string_view> entry) {
                              if (!entry) return LacksEntry(subject, first + place);
                              const bool right = merkle::AppendFrame(*entry, frames).ok();
                              return right ? absl::OkStatus() : WrongSize(subject);
                            });
  }
  uint64_t next = first;
  absl::Status inside;
  absl::Status status = snapshot.Scan(Family::kEntries, KeyAt(subject, first), KeyAt(subject, end),
                                      [&](std::string_view key, std::string_view value) {
                                        const auto place = ParseEntryKey(key);
                                        if (!place.ok() || place->seq != next) return false;
                                        inside = merkle::AppendFrame(value, frames);
                                        if (!inside.ok()) return false;
                                        return ++next < end;
                                      });
  if (!status.ok()) return status;
  if (!inside.ok()) return WrongSize(subject);
  return next == end ? absl::OkStatus() : LacksEntry(subject, next);
}

absl::Status ReadDisclosures(const Snapshot& snapshot, SubjectNumber subject,
                             const SubjectHead& head, uint64_t first, uint64_t end,
                             const Audience& audience, std::string& out) {
  if (head.disclosure_rows == 0 || first >= end) return absl::OkStatus();
  const bool all = first == 0 && end == head.entries();
  uint64_t rows = 0;
  absl::Status inside;
  const auto take = [&](std::string_view row) {
    inside = AppendVisible(row, audience, head.created_by, out);
    ++rows;
    return inside.ok();
  };
  absl::Status status;
  if (end - first <= kFewRows) {
    status = snapshot.GetEach(Family::kDisclosures, KeysOf(subject, first, end),
                              [&](size_t, std::optional<std::string_view> row) {
                                if (row && inside.ok()) take(*row);
                                return absl::OkStatus();
                              });
  } else {
    status = snapshot.Scan(Family::kDisclosures, KeyAt(subject, first), KeyAt(subject, end),
                           [&](std::string_view, std::string_view row) {
                             return take(row) && (!all || rows < head.disclosure_rows);
                           });
  }
  if (!status.ok()) return status;
  if (!inside.ok()) return Within(Name(subject), inside);
  if (!all || rows == head.disclosure_rows) return absl::OkStatus();
  return Damaged("record_missing", Name(subject) + " lacks disclosures it has to have");
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
