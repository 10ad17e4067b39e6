#include "merkle/node_map.h"

#include <algorithm>
#include <bit>

namespace bonafide::merkle {

size_t NodeMap::SlotOf(NodeKey key) const {
  // Fibonacci hashing: neighbours in a level would otherwise crowd together.
  const size_t mask = slots_.size() - 1;
  size_t slot = (key * 0x9e3779b97f4a7c15u >> 32) & mask;
  while (slots_[slot].key != key && slots_[slot].key != kNoKey) slot = (slot + 1) & mask;
  return slot;
}

const Digest* NodeMap::Find(NodeKey key) const {
  if (slots_.empty()) return nullptr;
  const Slot& slot = slots_[SlotOf(key)];
  return slot.key == key ? &slot.hash : nullptr;
}

void NodeMap::Put(NodeKey key, const Digest& hash) {
  if (!HasRoomFor(1)) *this = Grown(1);
  Slot& slot = slots_[SlotOf(key)];
  if (slot.key == kNoKey) ++size_;
  slot = {key, hash};
}

void NodeMap::PutIfAbsent(NodeKey key, const Digest& hash) {
  if (Find(key) == nullptr) Put(key, hash);
}

NodeMap NodeMap::Grown(size_t more) const {
  NodeMap grown;
  grown.slots_.resize(std::bit_ceil(std::max<size_t>(4 * (size_ + more), 16)));
  ForEach([&](NodeKey key, const Digest& hash) { grown.slots_[grown.SlotOf(key)] = {key, hash}; });
  grown.size_ = size_;
  return grown;
}

}  // namespace bonafide::merkle
