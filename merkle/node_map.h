// A hash table from tree nodes to hashes: what differs from a DenseTree.
#ifndef BONAFIDE_MERKLE_NODE_MAP_H_
#define BONAFIDE_MERKLE_NODE_MAP_H_

#include <cstddef>
#include <cstdint>
#include <vector>

#include "certs/digest.h"

namespace bonafide::merkle {

// A node of a dense tree as one word. Preconditions: level < 64, index < 2^56.
using NodeKey = uint64_t;
inline NodeKey NodeKeyOf(unsigned level, uint64_t index) { return uint64_t{level} << 56 | index; }
inline unsigned LevelOf(NodeKey key) { return static_cast<unsigned>(key >> 56); }
inline uint64_t IndexOf(NodeKey key) { return key & ((uint64_t{1} << 56) - 1); }

// Open addressing with linear probing, at most half full; 40 bytes a slot, one allocation, so that
// growing can be done beside the table in use (Grown). Nothing is ever removed. Not synchronised.
class NodeMap {
 public:
  // The hash at `key`, or nullptr.
  const Digest* Find(NodeKey key) const;
  // Sets the hash at `key`, growing where needed.
  void Put(NodeKey key, const Digest& hash);
  // Sets the hash at `key` unless there is one.
  void PutIfAbsent(NodeKey key, const Digest& hash);

  // Whether `more` further keys fit without growing.
  bool HasRoomFor(size_t more) const { return 2 * (size_ + more) <= slots_.size(); }
  // A copy with room for `more` further keys, and some to spare.
  NodeMap Grown(size_t more) const;

  size_t size() const { return size_; }
  bool empty() const { return size_ == 0; }

  // Calls visit(key, hash) for each, in no particular order.
  template <typename Visit>
  void ForEach(Visit visit) const {
    for (const Slot& slot : slots_) {
      if (slot.key != kNoKey) visit(slot.key, slot.hash);
    }
  }

 private:
  static constexpr NodeKey kNoKey = ~NodeKey{0};
  struct Slot {
    NodeKey key = kNoKey;
    Digest hash;
  };

  // The slot of `key`, or the free one where it belongs. Precondition: slots_ is not empty.
  size_t SlotOf(NodeKey key) const;

  std::vector<Slot> slots_;  // a power of two, or none
  size_t size_ = 0;
};

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_NODE_MAP_H_
