#include "merkle/tile.h"

#include <algorithm>
#include <charconv>
#include <optional>

#include "certs/reason.h"

namespace bonafide::merkle {
namespace {

constexpr std::string_view kTilePrefix = "tile/";
constexpr std::string_view kBundlePrefix = "tile/entries/";

absl::Status BadPath() {
  return Malformed("tile_path", "not a path as C2SP tlog-tiles writes it, such as tile/0/x001/067");
}

// The index in groups of three digits, all but the last behind an 'x'.
void AppendIndex(uint64_t index, unsigned width, std::string& path) {
  std::string groups;
  for (bool last = true; last || index != 0; last = false, index /= 1000) {
    const std::string digits = std::to_string(1000 + index % 1000).substr(1);
    groups = last ? digits : "x" + digits + "/" + groups;
  }
  path += groups;
  if (width == kTileWidth) return;
  path += ".p/";
  path += std::to_string(width);
}

// A decimal number without sign or leading zeros, all of `text`.
template <typename Number>
std::optional<Number> ParseDecimal(std::string_view text) {
  Number number{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), number);
  if (error != std::errc() || end != text.data() + text.size()) return std::nullopt;
  if (text.size() > 1 && text[0] == '0') return std::nullopt;
  return number;
}

// Reads what may stand before any index; whether it is spelled canonically is for the caller to
// find out by writing it again.
std::optional<BundleId> ParseIndex(std::string_view text) {
  BundleId id;
  if (const size_t partial = text.find(".p/"); partial != std::string_view::npos) {
    const auto width = ParseDecimal<unsigned>(text.substr(partial + 3));
    if (!width.has_value() || *width == 0 || *width >= kTileWidth) return std::nullopt;
    id.width = *width;
    text = text.substr(0, partial);
  }
  std::string digits;
  for (char c : text) {
    if (c >= '0' && c <= '9') {
      digits += c;
    } else if (c != 'x' && c != '/') {
      return std::nullopt;
    }
  }
  const size_t first = std::min(digits.find_first_not_of('0'), digits.size() - 1);
  if (digits.empty()) return std::nullopt;
  const auto index = ParseDecimal<uint64_t>(std::string_view(digits).substr(first));
  if (!index.has_value()) return std::nullopt;
  id.index = *index;
  return id;
}

unsigned WidthIn(uint64_t nodes, uint64_t index) {
  const uint64_t full = nodes / kTileWidth;
  if (index < full) return kTileWidth;
  return index == full ? static_cast<unsigned>(nodes % kTileWidth) : 0;
}

}  // namespace

std::string PathOf(const TileId& tile) {
  std::string path(kTilePrefix);
  path += std::to_string(tile.level) + "/";
  AppendIndex(tile.index, tile.width, path);
  return path;
}

std::string PathOf(const BundleId& bundle) {
  std::string path(kBundlePrefix);
  AppendIndex(bundle.index, bundle.width, path);
  return path;
}

absl::StatusOr<TileId> ParseTilePath(std::string_view path) {
  if (!path.starts_with(kTilePrefix)) return BadPath();
  const std::string_view rest = path.substr(kTilePrefix.size());
  const size_t slash = rest.find('/');
  if (slash == std::string_view::npos) return BadPath();
  const auto level = ParseDecimal<unsigned>(rest.substr(0, slash));
  const auto id = ParseIndex(rest.substr(slash + 1));
  if (!level.has_value() || *level > kMaxTileLevel || !id.has_value()) return BadPath();
  const TileId tile{*level, id->index, id->width};
  if (PathOf(tile) != path) return BadPath();
  return tile;
}

absl::StatusOr<BundleId> ParseBundlePath(std::string_view path) {
  if (!path.starts_with(kBundlePrefix)) return BadPath();
  const auto bundle = ParseIndex(path.substr(kBundlePrefix.size()));
  if (!bundle.has_value() || PathOf(*bundle) != path) return BadPath();
  return *bundle;
}

unsigned TileWidthAt(unsigned level, uint64_t index, TreeSize size) {
  const unsigned shift = level * kTileHeight;
  return shift >= 64 ? 0 : WidthIn(size.value >> shift, index);
}

unsigned BundleWidthAt(uint64_t index, TreeSize size) { return WidthIn(size.value, index); }

NodeCoordinate NodeOf(const TileId& tile, unsigned i) {
  return {tile.level * kTileHeight, tile.index * kTileWidth + i};
}

}  // namespace bonafide::merkle
