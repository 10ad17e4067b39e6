#include "storage/log/log_places.h"

#include <utility>

#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "storage/database/byte_reader.h"

namespace bonafide::storage {
namespace {

constexpr uint8_t kEvent = 1;
constexpr uint8_t kState = 2;
constexpr size_t kStateEntryBytes = 57;

}  // namespace

std::string PlaceItem(const Place& place) {
  std::string item;
  if (const auto* state = std::get_if<StatePlace>(&place)) {
    item += static_cast<char>(kState);
    return item += state->entry;
  }
  const auto& event = std::get<EntryPlace>(place);
  item += static_cast<char>(kEvent);
  return item += PartKey({event.subject.value, event.seq});
}

void AppendPlaces(LogIndex first, const std::vector<Place>& places, WriteBatch& batch) {
  std::string items;
  for (size_t i = 0; i < places.size(); ++i) {
    items += PlaceItem(places[i]);
    const uint64_t next = first.value + i + 1;
    if (next % kEntriesPerPlacePage != 0 && i + 1 < places.size()) continue;
    batch.Append(Family::kPlaces, U64Key((next - 1) / kEntriesPerPlacePage), items);
    items.clear();
  }
}

absl::StatusOr<std::vector<Place>> ParsePlaces(std::string_view row) {
  std::vector<Place> places;
  ByteReader in(row);
  bool right = true;
  while (right && !in.done()) {
    const uint8_t kind = in.U8();
    if (kind == kEvent) {
      const SubjectNumber subject{in.U64()};
      places.emplace_back(EntryPlace{subject, in.U32()});
    } else {
      places.emplace_back(StatePlace{in.Bytes(kStateEntryBytes)});
      right = kind == kState;
    }
  }
  if (!right || !in.ok() || places.empty() || places.size() > kEntriesPerPlacePage) {
    return Damaged("data_damaged", "a stored row is not the places of entries");
  }
  return places;
}

absl::StatusOr<Place> LogPlaces::At(LogIndex index) {
  const uint64_t number = index.value / kEntriesPerPlacePage;
  if (number_ != number) {
    number_.reset();
    auto row = snapshot_.Require(Family::kPlaces, U64Key(number));
    if (!row.ok()) return row.status();
    row_ = *std::move(row);
    places_ = ParsePlaces(row_);
    number_ = number;
  }
  if (!places_.ok()) return places_.status();
  const size_t at = index.value % kEntriesPerPlacePage;
  if (at >= places_->size()) {
    return Damaged("record_missing", "there is no place of entry " + std::to_string(index.value));
  }
  return (*places_)[at];
}

}  // namespace bonafide::storage
