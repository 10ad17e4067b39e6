// How many places there are, and how many of them one address may have.
#ifndef BONAFIDE_SERVER_PLACE_TABLE_H_
#define BONAFIDE_SERVER_PLACE_TABLE_H_

#include <array>
#include <atomic>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>

#include "server/rate_limiter.h"

namespace bonafide::server {

// Places that are taken and given back: calls at once, connections at once. Thread-safe. What it
// remembers is bounded by the places there are.
class PlaceTable {
 public:
  // `all` places, of which one peer gets at most `each`.
  PlaceTable(int64_t all, int64_t each) : all_(all), each_(each) {}

  // Whether `peer` got one. `many`: it stands for many people, as a proxy does, and may have all.
  bool Take(PeerKey peer, bool many);
  // Precondition: `peer` has one.
  void GiveBack(PeerKey peer);

 private:
  struct Shard {
    std::mutex mutex;
    std::unordered_map<uint64_t, int64_t> taken;  // by peer; never 0
  };
  static constexpr size_t kShards = 16;
  Shard& ShardOf(PeerKey peer);

  const int64_t all_;
  const int64_t each_;
  std::atomic<int64_t> taken_{0};
  std::array<Shard, kShards> shards_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_PLACE_TABLE_H_
