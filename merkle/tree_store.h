// The nodes of a DenseTree and the lock over them; shared by the tree, its overlays and its views.
// Internal to the room: include dense_tree.h and overlay.h instead.
#ifndef BONAFIDE_MERKLE_TREE_STORE_H_
#define BONAFIDE_MERKLE_TREE_STORE_H_

#include <bit>
#include <cstdint>
#include <memory>
#include <shared_mutex>
#include <span>
#include <string>
#include <vector>

#include "certs/digest.h"
#include "merkle/index.h"

namespace bonafide::merkle {

class View;

// Level 0 holds the leaf hashes. Node i of level l+1 is the hash of nodes 2i and 2i+1 of level l,
// or node 2i itself where it is the last and has no sibling: pairing upwards and promoting the odd
// one gives the same tree as RFC 6962's split from the top.
//
// LevelsOf: how many levels a tree of `size` leaves has; 0 when empty. WidthOf: the number of nodes
// in one of them.
inline unsigned LevelsOf(uint64_t size) {
  return size == 0 ? 0 : static_cast<unsigned>(std::bit_width(size - 1)) + 1;
}
inline uint64_t WidthOf(unsigned level, uint64_t size) {
  return size == 0 ? 0 : ((size - 1) >> level) + 1;
}
// Whether the tree of `size` leaves has node (level, index).
inline bool HasNode(unsigned level, uint64_t index, uint64_t size) {
  return level < LevelsOf(size) && index < WidthOf(level, size);
}

// Nodes lie in chunks that never move, so that the tree grows without copying itself.
class NodeChunks {
 public:
  static constexpr unsigned kChunkBits = 12;  // 4096 hashes, 128 KiB
  static constexpr uint64_t kChunkSize = uint64_t{1} << kChunkBits;

  const Digest& At(unsigned level, uint64_t index) const {
    return levels_[level][index >> kChunkBits][index & (kChunkSize - 1)];
  }
  // Precondition: Reserve has made room for it.
  Digest& At(unsigned level, uint64_t index) {
    return levels_[level][index >> kChunkBits][index & (kChunkSize - 1)];
  }
  // Makes room for a tree of `size` leaves. Never shrinks.
  void Reserve(uint64_t size);

 private:
  std::vector<std::vector<std::unique_ptr<Digest[]>>> levels_;
};

struct TreeStore {
  // Shared: reading nodes, and View::former_. Alone: writing them. The writer itself reads nodes
  // without it, since nobody else writes.
  mutable std::shared_mutex mutex;
  NodeChunks nodes;

  // The rest belongs to the writer.
  TreeSize size;
  Digest root;
  uint64_t version = 0;
  std::vector<std::weak_ptr<View>> views;  // all but the newest that may still be alive
};

// Appends the inclusion proof of `leaf` in the tree of `size` leaves whose nodes `node_at(level,
// index)` returns. Precondition: leaf < size.
template <typename NodeAt>
void AppendInclusionProof(uint64_t leaf, uint64_t size, std::string& out, NodeAt node_at) {
  const unsigned levels = LevelsOf(size);
  out.reserve(out.size() + size_t{levels} * Digest::kSizeBytes);
  for (unsigned level = 0; level + 1 < levels; ++level) {
    const uint64_t sibling = leaf >> level ^ 1;
    if (sibling < WidthOf(level, size)) out += node_at(level, sibling).view();
  }
}

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_TREE_STORE_H_
