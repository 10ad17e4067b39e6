#include "server/place_table.h"

namespace bonafide::server {

PlaceTable::Shard& PlaceTable::ShardOf(PeerKey peer) {
  // Addresses that differ in their last bits only are common.
  return shards_[(peer.value ^ peer.value >> 8) % kShards];
}

bool PlaceTable::Take(PeerKey peer, bool many) {
  if (taken_.fetch_add(1) < all_) {
    Shard& shard = ShardOf(peer);
    const std::lock_guard lock(shard.mutex);
    int64_t& own = shard.taken[peer.value];
    if (own < each_ || many) {
      ++own;
      return true;
    }
  }
  --taken_;
  return false;
}

void PlaceTable::GiveBack(PeerKey peer) {
  {
    Shard& shard = ShardOf(peer);
    const std::lock_guard lock(shard.mutex);
    const auto own = shard.taken.find(peer.value);
    if (--own->second == 0) shard.taken.erase(own);
  }
  --taken_;
}

}  // namespace bonafide::server
