// How often one address may call.
#ifndef BONAFIDE_SERVER_RATE_LIMITER_H_
#define BONAFIDE_SERVER_RATE_LIMITER_H_

#include <array>
#include <cstddef>
#include <cstdint>
#include <mutex>
#include <unordered_map>

namespace bonafide::server {

// Who calls, as far as limits are concerned; see server/peer.h.
struct PeerKey {
  uint64_t value = 0;
  bool operator==(const PeerKey&) const = default;
};

// `per_second` calls a second, and after silence those of `burst_s` seconds at once (the generic
// cell rate algorithm: one number per address). Thread-safe. Bounded: it remembers at most
// kMaxPeers addresses and forgets those first that have been silent for long.
class RateLimiter {
 public:
  static constexpr size_t kMaxPeers = 64 * 1024;

  // `per_second` 0: no limit. `seed` keeps strangers from choosing addresses that collide.
  RateLimiter(int64_t per_second, int64_t burst_s, uint64_t seed);

  // Whether `peer` may call now. `now_ns` never goes back.
  bool Take(PeerKey peer, int64_t now_ns);
  size_t peers() const;

 private:
  struct Hash {
    uint64_t seed;
    size_t operator()(uint64_t value) const;
  };
  struct Shard {
    explicit Shard(Hash hash) : due_ns(0, hash) {}
    mutable std::mutex mutex;
    std::unordered_map<uint64_t, int64_t, Hash> due_ns;  // when the address is square again
  };
  static constexpr size_t kShards = 16;

  static void MakeRoom(Shard& shard, int64_t now_ns);

  const int64_t interval_ns_;
  const int64_t burst_ns_;
  const Hash hash_;
  std::array<Shard, kShards> shards_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_RATE_LIMITER_H_
