#include "merkle/overlay.h"

#include <algorithm>
#include <utility>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "merkle/tree_store.h"

namespace bonafide::merkle {

Overlay::Overlay(std::shared_ptr<const TreeStore> store)
    : store_(std::move(store)), base_version_(store_->version), size_(store_->size) {}

absl::Status Overlay::Set(SubjectNumber leaf, const Digest& leaf_hash) {
  if (leaf.value >= size_.value) {
    return Malformed("leaf_index", "leaf " + std::to_string(leaf.value) +
                                       " lies outside a tree of " + std::to_string(size_.value));
  }
  changed_.Put(NodeKeyOf(0, leaf.value), leaf_hash);
  dirty_.push_back(leaf.value);
  return absl::OkStatus();
}

SubjectNumber Overlay::Append(const Digest& leaf_hash) {
  const SubjectNumber leaf{size_.value++};
  changed_.Put(NodeKeyOf(0, leaf.value), leaf_hash);
  dirty_.push_back(leaf.value);
  return leaf;
}

const Digest& Overlay::NodeAt(unsigned level, uint64_t index) const {
  const Digest* changed = changed_.Find(NodeKeyOf(level, index));
  return changed != nullptr ? *changed : store_->nodes.At(level, index);
}

void Overlay::HashDirty() {
  // Every node that growing alters is an ancestor of an appended leaf, so that following the
  // changed leaves upwards reaches all of them.
  std::vector<uint64_t> nodes = std::move(dirty_);
  dirty_.clear();
  if (nodes.empty()) return;
  std::sort(nodes.begin(), nodes.end());
  const unsigned levels = LevelsOf(size_.value);
  for (unsigned level = 1; level < levels; ++level) {
    for (uint64_t& node : nodes) node >>= 1;
    nodes.erase(std::unique(nodes.begin(), nodes.end()), nodes.end());
    const uint64_t width_below = WidthOf(level - 1, size_.value);
    for (uint64_t node : nodes) {
      const Digest& left = NodeAt(level - 1, 2 * node);
      const bool has_right = 2 * node + 1 < width_below;
      const Digest hash = has_right ? NodeHash(left, NodeAt(level - 1, 2 * node + 1)) : left;
      changed_.Put(NodeKeyOf(level, node), hash);
    }
  }
}

Digest Overlay::root() {
  HashDirty();
  if (size_.value == 0) return EmptyRoot();
  return NodeAt(LevelsOf(size_.value) - 1, 0);
}

absl::Status Overlay::Prove(SubjectNumber leaf, std::string& out) {
  if (leaf.value >= size_.value) {
    return Malformed("proof_index", "leaf " + std::to_string(leaf.value) +
                                        " lies outside a tree of " + std::to_string(size_.value));
  }
  HashDirty();
  AppendInclusionProof(
      leaf.value, size_.value, out,
      [this](unsigned level, uint64_t index) -> const Digest& { return NodeAt(level, index); });
  return absl::OkStatus();
}

}  // namespace bonafide::merkle
