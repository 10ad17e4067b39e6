#include "storage/log/log_tiles.h"

#include "certs/reason.h"
#include "merkle/prove.h"
#include "merkle/tile.h"
#include "storage/log/log_hashes.h"

namespace bonafide::storage {

void AppendTiles(const merkle::Frontier& base, std::span<const Digest> leaf_hashes,
                 WriteBatch& batch) {
  std::map<std::pair<unsigned, uint64_t>, std::string> grown;  // by level and index of a tile
  uint64_t next = base.size().value;
  for (const Digest& hash : leaf_hashes) grown[{0, next++ / merkle::kTileWidth}] += hash.view();
  if (next / merkle::kTileWidth != base.size().value / merkle::kTileWidth) {
    EdgeHashes edge(base);
    // The peaks and the leaves are all that it asks for.
    const auto nodes = merkle::NewNodes(base.size(), leaf_hashes, edge);
    for (const merkle::Node& node : *nodes) {
      if (node.at.level == 0 || node.at.level % merkle::kTileHeight != 0) continue;
      grown[{node.at.level / merkle::kTileHeight, node.at.index / merkle::kTileWidth}] +=
          node.hash.view();
    }
  }
  for (const auto& [tile, hashes] : grown) {
    batch.Append(Family::kTiles, TileKey(tile.first, tile.second), hashes);
  }
}

absl::StatusOr<std::string_view> LogTiles::Read(unsigned level, uint64_t index) {
  const auto kept = kept_.find(level);
  if (kept != kept_.end() && kept->second.first == index) return kept->second.second;
  const std::string name =
      "tile " + std::to_string(index) + " of level " + std::to_string(level) + " of the log tree";
  const size_t width = merkle::TileWidthAt(level, index, size_);
  if (width == 0) return Damaged("record_missing", "there is no " + name);
  auto row = snapshot_.Require(Family::kTiles, TileKey(level, index));
  if (!row.ok()) return Within(name, row.status());
  if (row->size() != width * Digest::kSizeBytes) {
    return Damaged("data_damaged", name + " has another size");
  }
  auto& place = kept_[level];
  place = {index, *std::move(row)};
  return place.second;
}

absl::StatusOr<Digest> LogTiles::LeafHash(LogIndex index) {
  const auto tile = Read(0, index.value / merkle::kTileWidth);
  if (!tile.ok()) return tile.status();
  return Digest::FromBytes(
      tile->substr(index.value % merkle::kTileWidth * Digest::kSizeBytes, Digest::kSizeBytes));
}

}  // namespace bonafide::storage
