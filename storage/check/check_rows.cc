#include "storage/check/check_rows.h"

#include <algorithm>

#include "certs/sd_jwt.h"
#include "merkle/tile.h"
#include "registry/closure.h"
#include "storage/history/history_page.h"
#include "storage/history/stored_disclosures.h"
#include "storage/history/subject_reader.h"
#include "storage/log/log_places.h"
#include "storage/register/event_keys.h"

namespace bonafide::storage {

void RowCheck::ExpectRow(LogIndex index, Family family, const std::string& key,
                         const std::string& value, const std::string& what) {
  const auto row = snapshot_.Get(family, key);
  if (!row.ok()) {
    problems_.Add(index, what + " cannot be read: " + std::string(row.status().message()));
  } else if (!row->has_value()) {
    problems_.Add(index, what + " is missing");
  } else if (**row != value) {
    problems_.Add(index, what + " says something else");
  }
}

void RowCheck::CompareTiles(LogIndex index, const std::vector<merkle::Node>& nodes) {
  for (const merkle::Node& node : nodes) {
    if (node.at.level == 0 || node.at.level % merkle::kTileHeight != 0) continue;
    const auto tile =
        tiles_.Read(node.at.level / merkle::kTileHeight, node.at.index / merkle::kTileWidth);
    const size_t offset = node.at.index % merkle::kTileWidth * Digest::kSizeBytes;
    if (tile.ok() && tile->substr(offset, Digest::kSizeBytes) == node.hash.view()) continue;
    problems_.Add(index,
                  "a node of the log tree that it completes " +
                      (tile.ok() ? std::string("is not what is kept")
                                 : "cannot be read: " + std::string(tile.status().message())));
  }
}

void RowCheck::CompareEvent(const registry::LoggedEvent& event, EntryPlace place) {
  ++events_;
  const registry::Event& said = event.event();
  const std::string index = U64Value(event.index.value);
  const std::string subject = U64Value(place.subject.value);
  ExpectRow(event.index, Family::kTokenIds, TokenIdKey(said.issuer, said.jti), index,
            "the row of its (iss, jti)");
  for (const certs::KeyId& key : RegisteredKeys(said)) {
    ++thumbprints_;
    ExpectRow(event.index, Family::kThumbprints, std::string(key.digest().view()), subject,
              "the row of a key it registers");
  }
  if (const auto* scheme = event.As<registry::SchemeCreated>()) {
    ++schemes_;
    ExpectRow(event.index, Family::kSchemes, SchemeKey(scheme->treatment, scheme->territory),
              subject, "the row of its scheme");
  }
}

void RowCheck::CompareAnnex(const registry::LoggedEvent& event, EntryPlace place,
                            const Digest& root, bool own) {
  const auto annex = ReadAnnex(snapshot_, place);
  if (!annex.ok()) {
    problems_.Add(event.index, "what is kept beside it: " + std::string(annex.status().message()));
    return;
  }
  if (annex->root != root)
    problems_.Add(event.index, "another root of its subject is kept beside it");
  if (annex->references != registry::ReferencesOf(event.event())) {
    problems_.Add(event.index, "other references are kept beside it");
  }
  const bool has_some = own && !event.event().slots.empty();
  if (has_some) {
    CompareDisclosures(event, annex->disclosures);
  } else if (!annex->disclosures.empty()) {
    problems_.Add(event.index, "it has disclosures for no slots");
  }
}

void RowCheck::CompareDisclosures(const registry::LoggedEvent& event, std::string_view row) {
  const auto stored = ParseDisclosures(row);
  if (!stored.ok()) {
    problems_.Add(event.index, "its disclosures: " + std::string(stored.status().message()));
    return;
  }
  const StoredDisclosures expected = DisclosuresOf(event.event(), {});
  if (stored->signer != expected.signer || stored->issuer != expected.issuer) {
    problems_.Add(event.index, "its disclosures are filed under other parties");
  }
  if (stored->disclosures.empty()) return;  // erased
  const auto& slots = event.event().slots;
  const bool same = std::ranges::equal(
      stored->disclosures, slots, [](const StoredDisclosure& own, const registry::Slot& slot) {
        return NameOf(own.slot) == slot.name && certs::DisclosureDigest(own.encoded) == slot.digest;
      });
  if (!same) problems_.Add(event.index, "its disclosures do not open its slots");
}

void RowCheck::CompareHeads(const std::vector<SubjectHead>& heads) {
  for (uint64_t number = 0; number < heads.size(); ++number) {
    const SubjectHead& expected = heads[number];
    const LogIndex last = {expected.log_size.value - 1};
    const std::string name = "the head of subject " + std::to_string(number);
    const auto row = snapshot_.Require(Family::kHeads, U64Key(number));
    auto head = row.ok() ? ParseSubjectHead(*row) : absl::StatusOr<SubjectHead>(row.status());
    if (!head.ok()) {
      problems_.Add(last, name + " is missing or malformed");
      continue;
    }
    // What was disclosed counts too, and stays counted when it is erased.
    if (head->stored_bytes < expected.stored_bytes)
      problems_.Add(last, name + " counts too little");
    head->stored_bytes = expected.stored_bytes;
    if (*head != expected) problems_.Add(last, name + " is not what its entries make");
  }
}

void RowCheck::ExpectCount(Family family, uint64_t expected, const std::string& what) {
  uint64_t rows = 0;
  const absl::Status status =
      snapshot_.Scan(family, "", "", [&](std::string_view, std::string_view) {
        ++rows;
        return true;
      });
  if (!status.ok()) {
    problems_.Add(std::nullopt, what + " cannot be read: " + std::string(status.message()));
  } else if (rows != expected) {
    problems_.Add(std::nullopt, "there are " + std::to_string(rows) + " " + what + ", not " +
                                    std::to_string(expected));
  }
}

void RowCheck::FindOrphansOfHistories(const std::vector<SubjectHead>& heads) {
  const absl::Status status =
      snapshot_.Scan(Family::kHistories, "", "", [&](std::string_view key, std::string_view row) {
        const auto place = ParsePartKey(key);
        const auto page = PageView::Parse(row);
        const uint64_t end =
            place.ok() && page.ok() ? uint64_t{place->number} * kEntriesPerPage + page->size() : 0;
        if (place.ok() && !page.ok()) {
          problems_.Add(std::nullopt, "page " + std::to_string(place->number) + " of subject " +
                                          std::to_string(place->of) + " is malformed");
        } else if (end == 0 || place->of >= heads.size() || end > heads[place->of].entries()) {
          problems_.Add(std::nullopt, "an entry belongs to nothing in the log");
        }
        return true;
      });
  if (!status.ok()) {
    problems_.Add(std::nullopt, "the entries cannot be read: " + std::string(status.message()));
  }
}

void RowCheck::FindOrphansOfPlaces() {
  uint64_t pages = 0;
  uint64_t places = 0;
  const absl::Status status =
      snapshot_.Scan(Family::kPlaces, "", "", [&](std::string_view, std::string_view row) {
        ++pages;
        const auto page = ParsePlaces(row);
        // A malformed page was named with each of its entries.
        places += page.ok() ? page->size() : 0;
        return true;
      });
  const uint64_t expected = (size_.value + kEntriesPerPlacePage - 1) / kEntriesPerPlacePage;
  if (!status.ok()) {
    problems_.Add(std::nullopt, "the places cannot be read: " + std::string(status.message()));
  } else if (pages > expected || places > size_.value) {
    problems_.Add(std::nullopt, "there are " + std::to_string(places) + " places of entries in " +
                                    std::to_string(pages) + " pages; the log has " +
                                    std::to_string(size_.value) + " entries");
  }
}

void RowCheck::FindOrphans(const std::vector<SubjectHead>& heads) {
  FindOrphansOfHistories(heads);
  FindOrphansOfPlaces();
  uint64_t tiles = 0;
  for (unsigned level = 0; level * merkle::kTileHeight < 64; ++level) {
    const uint64_t nodes = size_.value >> level * merkle::kTileHeight;
    tiles += (nodes + merkle::kTileWidth - 1) / merkle::kTileWidth;
  }
  ExpectCount(Family::kHeads, heads.size(), "heads of subjects");
  ExpectCount(Family::kTokenIds, events_, "pairs (iss, jti)");
  ExpectCount(Family::kThumbprints, thumbprints_, "thumbprints");
  ExpectCount(Family::kSchemes, schemes_, "schemes");
  ExpectCount(Family::kTiles, tiles, "tiles of the log tree");
}

}  // namespace bonafide::storage
