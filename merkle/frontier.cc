#include "merkle/frontier.h"

#include <bit>

#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "merkle/hash.h"

namespace bonafide::merkle {

void Frontier::Append(const Digest& leaf_hash) {
  Digest hash = leaf_hash;
  for (uint64_t left = size_.value; left & 1; left >>= 1) {
    hash = NodeHash(peaks_.back(), hash);
    peaks_.pop_back();
  }
  peaks_.push_back(hash);
  ++size_.value;
}

Digest Frontier::root() const {
  if (peaks_.empty()) return EmptyRoot();
  Digest hash = peaks_.back();
  for (size_t i = peaks_.size() - 1; i-- > 0;) hash = NodeHash(peaks_[i], hash);
  return hash;
}

std::string Frontier::Serialise() const {
  std::string bytes;
  bytes.reserve(8 + peaks_.size() * Digest::kSizeBytes);
  AppendU64(bytes, size_.value);
  for (const Digest& peak : peaks_) bytes += peak.view();
  return bytes;
}

absl::StatusOr<Frontier> Frontier::Parse(std::string_view bytes) {
  Frontier frontier;
  if (bytes.size() >= 8) {
    frontier.size_.value = ReadU64(bytes);
    bytes.remove_prefix(8);
    const auto peaks = static_cast<size_t>(std::popcount(frontier.size_.value));
    if (bytes.size() == peaks * Digest::kSizeBytes) {
      for (size_t i = 0; i < peaks; ++i) {
        const auto peak = bytes.substr(i * Digest::kSizeBytes, Digest::kSizeBytes);
        frontier.peaks_.push_back(*Digest::FromBytes(peak));
      }
      return frontier;
    }
  }
  return Malformed("frontier_bytes",
                   "a frontier is its size in 8 bytes and one hash for each bit set in it");
}

Digest TreeHash(std::span<const Digest> leaf_hashes) {
  Frontier frontier;
  for (const Digest& leaf_hash : leaf_hashes) frontier.Append(leaf_hash);
  return frontier.root();
}

}  // namespace bonafide::merkle
