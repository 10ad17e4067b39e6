#include "storage/log/database_log_store.h"

#include <algorithm>
#include <limits>
#include <optional>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "storage/history/history_page.h"
#include "storage/history/subject_reader.h"
#include "storage/log/log_places.h"
#include "storage/log/log_tiles.h"

namespace bonafide::storage {
namespace {

absl::StatusOr<LogHead> HeadOf(absl::StatusOr<std::optional<std::string>> row) {
  if (!row.ok()) return row.status();
  if (!row->has_value()) return LogHead();
  return ParseLogHead(**row);
}

absl::StatusOr<std::string> EntryAt(const Snapshot& snapshot, const Place& place) {
  if (const auto* state = std::get_if<StatePlace>(&place)) return std::string(state->entry);
  return ReadEntry(snapshot, std::get<EntryPlace>(place));
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
  std::vector<Digest> leaf_hashes;
  std::vector<Place> places;
  for (const AppendEntry& entry : request.entries) {
    for (size_t i = 0; i < entry.places.size(); ++i) {
      const EntryPlace place = entry.places[i];
      batch.Append(
          Family::kHistories, PageKey(place.subject, PageOf(place.seq)),
          (i < entry.annexes.size() ? entry.annexes[i] : std::string()) + EntryItem(entry.bytes));
    }
    leaf_hashes.push_back(entry.leaf_hash);
    places.push_back(entry.places.empty() ? Place(StatePlace{entry.bytes})
                                          : Place(entry.places.front()));
  }
  AppendTiles(head->frontier, leaf_hashes, batch);
  AppendPlaces({request.base_size.value}, places, batch);
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
  LogTiles tiles(snapshot, head->size());
  LogPlaces places(snapshot);
  std::vector<std::string> entries;
  size_t bytes = 0;
  for (uint64_t index = begin; index < end && bytes < max_bytes; ++index) {
    const std::string name = "entry " + std::to_string(index);
    const auto place = places.At({index});
    if (!place.ok()) return Within(name, place.status());
    const auto leaf_hash = tiles.LeafHash({index});
    if (!leaf_hash.ok()) return Within(name, leaf_hash.status());
    auto entry = EntryAt(snapshot, *place);
    if (!entry.ok()) return Within(name, entry.status());
    if (merkle::LeafHash(*entry) != *leaf_hash) {
      return Damaged("data_damaged", name + " is not as it was logged");
    }
    bytes += entry->size();
    entries.push_back(*std::move(entry));
  }
  return entries;
}

}  // namespace bonafide::storage
