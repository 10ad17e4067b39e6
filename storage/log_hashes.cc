#include "storage/log_hashes.h"

#include <string>

#include "certs/reason.h"
#include "storage/schema.h"

namespace bonafide::storage {
namespace {

absl::Status Missing(merkle::NodeCoordinate node) {
  return Damaged("record_missing", "the log tree lacks node " + std::to_string(node.index) +
                                       " of level " + std::to_string(node.level));
}

absl::StatusOr<Digest> HashIn(Family family, const std::string& row) {
  if (family == Family::kNodes) {
    auto hash = Digest::FromBytes(row);
    if (!hash.ok()) return Damaged("data_damaged", "a node of the log tree is malformed");
    return hash;
  }
  const auto place = ParsePlace(row);
  if (!place.ok()) return place.status();
  return LeafHashOf(*place);
}

}  // namespace

absl::StatusOr<std::vector<Digest>> StoredHashes::Read(
    std::span<const merkle::NodeCoordinate> nodes) {
  std::vector<Digest> hashes(nodes.size());
  for (const Family family : {Family::kPlaces, Family::kNodes}) {
    std::vector<std::string> keys;
    std::vector<size_t> wanted;
    for (size_t i = 0; i < nodes.size(); ++i) {
      if ((nodes[i].level == 0) != (family == Family::kPlaces)) continue;
      keys.push_back(nodes[i].level == 0 ? U64Key(nodes[i].index) : NodeKey(nodes[i]));
      wanted.push_back(i);
    }
    if (keys.empty()) continue;
    const auto rows = snapshot_.GetMany(family, keys);
    if (!rows.ok()) return rows.status();
    for (size_t i = 0; i < wanted.size(); ++i) {
      if (!(*rows)[i]) return Missing(nodes[wanted[i]]);
      const auto hash = HashIn(family, *(*rows)[i]);
      if (!hash.ok()) return hash.status();
      hashes[wanted[i]] = *hash;
    }
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
