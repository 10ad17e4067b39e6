#include "merkle/prove.h"

#include <algorithm>
#include <bit>
#include <limits>

#include "certs/reason.h"
#include "merkle/hash.h"

namespace bonafide::merkle {
namespace {

// Leaves [begin, end), where begin is a multiple of the smallest power of two >= end - begin: the
// shape of every subtree that RFC 6962 hashes.
struct Range {
  uint64_t begin;
  uint64_t end;
};

// The complete subtrees that `range` consists of, left to right, largest first.
void AppendPeaks(Range range, std::vector<NodeCoordinate>& nodes) {
  for (uint64_t begin = range.begin; begin < range.end;) {
    const auto level = static_cast<unsigned>(std::bit_width(range.end - begin) - 1);
    nodes.push_back({level, begin >> level});
    begin += uint64_t{1} << level;
  }
}

absl::StatusOr<std::vector<Digest>> ReadAll(std::span<const NodeCoordinate> nodes,
                                            HashReader& reader) {
  if (nodes.empty()) return std::vector<Digest>();
  absl::StatusOr<std::vector<Digest>> hashes = reader.Read(nodes);
  if (hashes.ok() && hashes->size() != nodes.size()) {
    return Damaged("node_count", "asked for " + std::to_string(nodes.size()) +
                                     " tree nodes and got " + std::to_string(hashes->size()));
  }
  return hashes;
}

// Hashes peaks, largest first, into the root over them. Precondition: not empty.
Digest Fold(std::span<const Digest> peaks) {
  Digest hash = peaks.back();
  for (size_t i = peaks.size() - 1; i-- > 0;) hash = NodeHash(peaks[i], hash);
  return hash;
}

// One hash for each range, with a single read.
absl::StatusOr<Proof> HashRanges(std::span<const Range> ranges, HashReader& reader) {
  std::vector<NodeCoordinate> nodes;
  std::vector<size_t> ends;
  for (const Range& range : ranges) {
    AppendPeaks(range, nodes);
    ends.push_back(nodes.size());
  }
  const absl::StatusOr<std::vector<Digest>> hashes = ReadAll(nodes, reader);
  if (!hashes.ok()) return hashes.status();
  Proof proof;
  proof.reserve(ranges.size());
  size_t begin = 0;
  for (size_t end : ends) {
    proof.push_back(Fold(std::span(*hashes).subspan(begin, end - begin)));
    begin = end;
  }
  return proof;
}

// Where RFC 6962 splits a tree of n > 1 leaves: the largest power of two smaller than n.
uint64_t SplitOf(uint64_t n) { return std::bit_floor(n - 1); }

}  // namespace

absl::StatusOr<Proof> ProveInclusion(LogIndex index, TreeSize size, HashReader& reader) {
  if (size.value == 0) return Malformed("proof_size", "an empty tree includes nothing");
  if (index >= LogIndex{size.value}) {
    return Malformed("proof_index", "leaf " + std::to_string(index.value) +
                                        " lies outside a tree of " + std::to_string(size.value));
  }
  std::vector<Range> siblings;  // from the root downwards
  for (Range at{0, size.value}; at.end - at.begin > 1;) {
    const uint64_t middle = at.begin + SplitOf(at.end - at.begin);
    if (index.value < middle) {
      siblings.push_back({middle, at.end});
      at.end = middle;
    } else {
      siblings.push_back({at.begin, middle});
      at.begin = middle;
    }
  }
  std::reverse(siblings.begin(), siblings.end());
  return HashRanges(siblings, reader);
}

absl::StatusOr<Proof> ProveConsistency(TreeSize first, TreeSize second, HashReader& reader) {
  if (first > second) {
    return Malformed("proof_size", "a tree of " + std::to_string(first.value) +
                                       " leaves is no beginning of one of " +
                                       std::to_string(second.value));
  }
  if (first.value == 0) return Proof();
  std::vector<Range> parts;  // from the root downwards
  Range at{0, second.value};
  while (at.end != first.value) {
    const uint64_t middle = at.begin + SplitOf(at.end - at.begin);
    if (first.value <= middle) {
      parts.push_back({middle, at.end});
      at.end = middle;
    } else {
      parts.push_back({at.begin, middle});
      at.begin = middle;
    }
  }
  // The verifier knows the hash of the subtree reached only where it is the whole first tree.
  if (at.begin != 0) parts.push_back(at);
  std::reverse(parts.begin(), parts.end());
  return HashRanges(parts, reader);
}

absl::StatusOr<Digest> RootAt(TreeSize size, HashReader& reader) {
  if (size.value == 0) return EmptyRoot();
  const Range all{0, size.value};
  const absl::StatusOr<Proof> root = HashRanges({&all, 1}, reader);
  if (!root.ok()) return root.status();
  return root->front();
}

absl::StatusOr<std::vector<Node>> NewNodes(TreeSize size, std::span<const Digest> leaf_hashes,
                                           HashReader& reader) {
  if (leaf_hashes.size() > std::numeric_limits<uint64_t>::max() - size.value) {
    return Malformed("proof_size", "no tree has more than 2^64 - 1 leaves");
  }
  if (leaf_hashes.empty()) return std::vector<Node>();
  std::vector<NodeCoordinate> peaks;
  AppendPeaks({0, size.value}, peaks);
  absl::StatusOr<std::vector<Digest>> hashes = ReadAll(peaks, reader);
  if (!hashes.ok()) return hashes.status();
  std::vector<Node> created;
  created.reserve(2 * leaf_hashes.size());
  uint64_t index = size.value;
  for (const Digest& leaf_hash : leaf_hashes) {
    Node node{{0, index}, leaf_hash};
    created.push_back(node);
    for (; node.at.index & 1; created.push_back(node)) {
      node = {{node.at.level + 1, node.at.index >> 1}, NodeHash(hashes->back(), node.hash)};
      hashes->pop_back();
    }
    hashes->push_back(node.hash);
    ++index;
  }
  return created;
}

}  // namespace bonafide::merkle
