#include "server/rate_limiter.h"

#include <algorithm>
#include <utility>

namespace bonafide::server {
namespace {

constexpr int64_t kSecondNs = 1'000'000'000;

template <typename Shard, typename Hash, size_t... I>
std::array<Shard, sizeof...(I)> MakeShards(Hash hash, std::index_sequence<I...>) {
  return {((void)I, Shard(hash))...};
}

}  // namespace

size_t RateLimiter::Hash::operator()(uint64_t value) const {
  value = (value ^ seed) * 0x9E3779B97F4A7C15u;
  value = (value ^ (value >> 32)) * 0xD6E8FEB86659FD93u;
  return value ^ (value >> 32);
}

RateLimiter::RateLimiter(int64_t per_second, int64_t burst_s, uint64_t seed)
    : interval_ns_(per_second == 0 ? 0 : std::max<int64_t>(1, kSecondNs / per_second)),
      burst_ns_(burst_s * kSecondNs),
      hash_{seed},
      shards_(MakeShards<Shard>(hash_, std::make_index_sequence<kShards>())) {}

bool RateLimiter::Take(PeerKey peer, int64_t now_ns) {
  if (interval_ns_ == 0) return true;
  Shard& shard = shards_[hash_(peer.value) % kShards];
  const std::lock_guard lock(shard.mutex);
  auto at = shard.due_ns.find(peer.value);
  if (at == shard.due_ns.end()) {
    if (shard.due_ns.size() >= kMaxPeers / kShards) MakeRoom(shard, now_ns);
    at = shard.due_ns.emplace(peer.value, now_ns).first;
  }
  const int64_t due_ns = std::max(at->second, now_ns) + interval_ns_;
  if (due_ns - now_ns > std::max(burst_ns_, interval_ns_)) return false;
  at->second = due_ns;
  return true;
}

void RateLimiter::MakeRoom(Shard& shard, int64_t now_ns) {
  std::erase_if(shard.due_ns, [now_ns](const auto& peer) { return peer.second <= now_ns; });
  // All of them active: a flood from many addresses. Forgetting some is lenient, and bounded.
  if (shard.due_ns.size() >= kMaxPeers / kShards) {
    auto end = shard.due_ns.begin();
    std::advance(end, static_cast<ptrdiff_t>(shard.due_ns.size() / 4));
    shard.due_ns.erase(shard.due_ns.begin(), end);
  }
}

size_t RateLimiter::peers() const {
  size_t count = 0;
  for (const Shard& shard : shards_) {
    const std::lock_guard lock(shard.mutex);
    count += shard.due_ns.size();
  }
  return count;
}

}  // namespace bonafide::server
