#include "storage/log/log_hashes.h"

#include <string>

#include "certs/reason.h"
#include "merkle/tile.h"

namespace bonafide::storage {
namespace {

absl::Status Missing(merkle::NodeCoordinate node) {
  return Damaged("record_missing", "the log tree lacks node " + std::to_string(node.index) +
                                       " of level " + std::to_string(node.level));
}

}  // namespace

absl::StatusOr<std::vector<Digest>> StoredHashes::Read(
    std::span<const merkle::NodeCoordinate> nodes) {
  std::vector<Digest> hashes;
  for (const merkle::NodeCoordinate node : nodes) {
    // The node's leaves in the tiles of its level: 1 to 128, all in one tile.
    const uint64_t count = uint64_t{1} << node.level % merkle::kTileHeight;
    const uint64_t first = node.index * count;
    const auto tile = tiles_.Read(node.level / merkle::kTileHeight, first / merkle::kTileWidth);
    if (!tile.ok()) return tile.status();
    const size_t offset = first % merkle::kTileWidth * Digest::kSizeBytes;
    if (tile->size() < offset + count * Digest::kSizeBytes) return Missing(node);
    std::vector<Digest> leaves;
    for (uint64_t i = 0; i < count; ++i) {
      leaves.push_back(
          *Digest::FromBytes(tile->substr(offset + i * Digest::kSizeBytes, Digest::kSizeBytes)));
    }
    hashes.push_back(merkle::TreeHash(leaves));
  }
  return hashes;
}

EdgeHashes::EdgeHashes(const merkle::Frontier& frontier) {
  const std::string bytes = frontier.Serialise();
  const uint64_t size = frontier.size().value;
  size_t offset = 8;
  for (unsigned level = 64; level-- > 0;) {
    if ((size >> level & 1) == 0) continue;
    const auto peak = Digest::FromBytes(std::string_view(bytes).substr(offset, Digest::kSizeBytes));
    offset += Digest::kSizeBytes;
    known_[{level, (size >> level) - 1}] = *peak;
  }
}

void EdgeHashes::Add(std::span<const merkle::Node> nodes) {
  for (const merkle::Node& node : nodes) known_[node.at] = node.hash;
}

absl::StatusOr<std::vector<Digest>> EdgeHashes::Read(
    std::span<const merkle::NodeCoordinate> nodes) {
  std::vector<Digest> hashes;
  for (merkle::NodeCoordinate node : nodes) {
    const auto found = known_.find(node);
    if (found == known_.end()) return Missing(node);
    hashes.push_back(found->second);
  }
  return hashes;
}

}  // namespace bonafide::storage
