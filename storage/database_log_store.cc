#include "storage/database_log_store.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "storage/history_page.h"
#include "storage/subject_reader.h"

namespace bonafide::storage {
namespace {

absl::StatusOr<LogHead> HeadOf(absl::StatusOr<std::optional<std::string>> row) {
  if (!row.ok()) return row.status();
  if (!row->has_value()) return LogHead();
  return ParseLogHead(**row);
}

}  // namespace

absl::StatusOr<LogHead> ReadLogHead(const Snapshot& snapshot) {
  return HeadOf(snapshot.Get(Family::kMeta, kMetaLog));
}

absl::StatusOr<LogHead> DatabaseLogStore::Head() {
  return HeadOf(database_.Get(Family::kMeta, kMetaLog));
}

absl::StatusOr<uint64_t> DatabaseLogStore::BeginEpoch() {
  auto head = Head();
  if (!head.ok()) return head.status();
  ++head->epoch;
  WriteBatch batch;
  batch.Put(Family::kMeta, kMetaLog, EncodeLogHead(*head));
  if (absl::Status status = database_.Write(std::move(batch)); !status.ok()) return status;
  return head->epoch;
}

AppendResult DatabaseLogStore::Append(AppendRequest request) {
  const auto head = Head();
  if (!head.ok()) return {AppendOutcome::kRefused, head.status()};
  AppendResult result = JudgeAppend(*head, request);
  if (result.outcome != AppendOutcome::kAppended) return result;

  const LogHead after = {request.epoch, request.frontier, request.BatchId()};
  WriteBatch batch = std::move(request.derived);
  uint64_t index = request.base_size.value;
  for (const AppendEntry& entry : request.entries) {
    for (size_t i = 0; i < entry.places.size(); ++i) {
      const EntryPlace place = entry.places[i];
      batch.Append(
          Family::kHistories, PageKey(place.subject, PageOf(place.seq)),
          (i < entry.annexes.size() ? entry.annexes[i] : std::string()) + EntryItem(entry.bytes));
    }
    const Place place = entry.places.empty()
                            ? Place(StatePlace{entry.bytes})
                            : Place(EventPlace{entry.places.front(), entry.leaf_hash});
    batch.Put(Family::kPlaces, U64Key(index++), EncodePlace(place));
  }
  batch.Put(Family::kMeta, kMetaLog, EncodeLogHead(after));
  result.why = database_.Write(std::move(batch));
  if (!result.why.ok()) {
    result.outcome =
        database_.outcome_unknown() ? AppendOutcome::kUnknown : AppendOutcome::kRefused;
  }
  return result;
}

absl::StatusOr<std::vector<std::string>> DatabaseLogStore::Read(LogIndex first, size_t count) {
  return ReadLog(*database_.Now(), first, count, std::numeric_limits<size_t>::max());
}

absl::StatusOr<std::vector<std::string>> ReadLog(const Snapshot& snapshot, LogIndex first,
                                                 size_t count, size_t max_bytes) {
  const auto head = ReadLogHead(snapshot);
  if (!head.ok()) return head.status();
  const uint64_t begin = std::min(first.value, head->size().value);
  const uint64_t end = begin + std::min<uint64_t>(count, head->size().value - begin);
  const auto damaged = [](uint64_t index) {
    return Damaged("data_damaged", "entry " + std::to_string(index) + " is not as it was logged");
  };

  std::vector<std::string> entries;
  uint64_t next = begin;
  size_t bytes = 0;
  absl::Status inside;
  absl::Status status =
      snapshot.Scan(Family::kPlaces, U64Key(begin), U64Key(end),
                    [&](std::string_view key, std::string_view value) {
                      const auto index = ParseU64Value(key);
                      const auto place = ParsePlace(value);
                      if (!index.ok() || *index != next || !place.ok()) {
                        inside = damaged(next);
                        return false;
                      }
                      if (const auto* state = std::get_if<StatePlace>(&*place)) {
                        entries.push_back(state->entry);
                      } else {
                        const auto& event = std::get<EventPlace>(*place);
                        auto entry = ReadEntry(snapshot, event.place);
                        if (!entry.ok()) {
                          inside = Within("entry " + std::to_string(next), entry.status());
                          return false;
                        }
                        if (merkle::LeafHash(*entry) != event.leaf_hash) {
                          inside = damaged(next);
                          return false;
                        }
                        entries.push_back(*std::move(entry));
                      }
                      ++next;
                      bytes += entries.back().size();
                      return bytes < max_bytes;
                    });
  if (!status.ok()) return status;
  if (!inside.ok()) return inside;
  if (next < end && bytes < max_bytes) return damaged(next);
  return entries;
}

}  // namespace bonafide::storage
