// Coordinates and paths of C2SP tlog-tiles (v0.1.0): tiles of tree nodes and bundles of entries,
// 256 to each. Paths here have no leading slash and stand below the log's prefix.
#ifndef BONAFIDE_MERKLE_TILE_H_
#define BONAFIDE_MERKLE_TILE_H_

#include <absl/status/statusor.h>

#include <compare>
#include <cstdint>
#include <string>
#include <string_view>

#include "merkle/hash_reader.h"
#include "merkle/index.h"

namespace bonafide::merkle {

// Nodes of a full tile, and entries of a full bundle.
inline constexpr unsigned kTileWidth = 256;
// Levels of tree nodes that one level of tiles spans.
inline constexpr unsigned kTileHeight = 8;
// The specification's bound. 2^64 leaves fill levels 0 to 7.
inline constexpr unsigned kMaxTileLevel = 63;

// The hashes of the nodes (8 * level, 256 * index + i) for i in [0, width), 32 bytes each.
struct TileId {
  unsigned level = 0;  // 0..kMaxTileLevel
  uint64_t index = 0;
  unsigned width = kTileWidth;  // 1..256; below 256 a partial tile
  auto operator<=>(const TileId&) const = default;
};

// The entries 256 * index + i for i in [0, width), framed as in frame.h.
struct BundleId {
  uint64_t index = 0;
  unsigned width = kTileWidth;  // 1..256
  auto operator<=>(const BundleId&) const = default;
};

// "tile/0/x001/x234/067", for a partial tile with ".p/<width>" behind.
std::string PathOf(const TileId& tile);
// "tile/entries/x001/x234/067", likewise.
std::string PathOf(const BundleId& bundle);

// Reads exactly what PathOf writes. Error: "tile_path" (another prefix, leading zeros, a group
// of zeros in front, a width outside 1..255 after ".p/", a level above 63, an index above 64 bits).
absl::StatusOr<TileId> ParseTilePath(std::string_view path);
absl::StatusOr<BundleId> ParseBundlePath(std::string_view path);

// How many nodes of tile (level, index) exist in a tree of `size` leaves: 0..256. A tile of width w
// may be served where 1 <= w <= this: partial tiles of every published size stay valid.
unsigned TileWidthAt(unsigned level, uint64_t index, TreeSize size);
// The same for bundles.
unsigned BundleWidthAt(uint64_t index, TreeSize size);

// Node number i of `tile`. Preconditions: i < kTileWidth, level <= 7, and the tile lies within
// 2^64 leaves (TileWidthAt(...) > i for some size).
NodeCoordinate NodeOf(const TileId& tile, unsigned i);

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_TILE_H_
