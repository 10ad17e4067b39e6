#include "tests/merkle/naive_tree.h"

#include <cstdlib>
#include <iostream>
#include <string>

#include "certs/reason.h"

namespace bonafide::merkle {
namespace {

size_t SplitOf(size_t n) {
  size_t k = 1;
  while (2 * k < n) k *= 2;
  return k;
}

Digest Pair(const Digest& left, const Digest& right) {
  return Sha256({std::string_view("\x01", 1), left.view(), right.view()});
}

std::vector<Digest> Subproof(size_t m, Leaves d, bool whole) {
  if (m == d.size()) return whole ? std::vector<Digest>() : std::vector<Digest>{NaiveRoot(d)};
  const size_t k = SplitOf(d.size());
  std::vector<Digest> proof;
  if (m <= k) {
    proof = Subproof(m, d.first(k), whole);
    proof.push_back(NaiveRoot(d.subspan(k)));
  } else {
    proof = Subproof(m - k, d.subspan(k), false);
    proof.push_back(NaiveRoot(d.first(k)));
  }
  return proof;
}

}  // namespace

Digest NaiveRoot(Leaves leaves) {
  if (leaves.empty()) return Sha256("");
  if (leaves.size() == 1) return leaves[0];
  const size_t k = SplitOf(leaves.size());
  return Pair(NaiveRoot(leaves.first(k)), NaiveRoot(leaves.subspan(k)));
}

std::vector<Digest> NaivePath(size_t index, Leaves leaves) {
  if (leaves.size() == 1) return {};
  const size_t k = SplitOf(leaves.size());
  std::vector<Digest> path;
  if (index < k) {
    path = NaivePath(index, leaves.first(k));
    path.push_back(NaiveRoot(leaves.subspan(k)));
  } else {
    path = NaivePath(index - k, leaves.subspan(k));
    path.push_back(NaiveRoot(leaves.first(k)));
  }
  return path;
}

std::vector<Digest> NaiveConsistency(size_t first, Leaves leaves) {
  return first == 0 ? std::vector<Digest>() : Subproof(first, leaves, true);
}

std::vector<Digest> SomeLeaves(size_t count, uint64_t salt) {
  std::vector<Digest> leaves;
  for (size_t i = 0; i < count; ++i) {
    leaves.push_back(Sha256("leaf " + std::to_string(salt) + " " + std::to_string(i)));
  }
  return leaves;
}

Digest RandomDigest(std::mt19937_64& random) {
  Digest digest;
  for (uint8_t& byte : digest.bytes) byte = static_cast<uint8_t>(random());
  return digest;
}

std::mt19937_64 SeededRandom() {
  const char* set = std::getenv("BONAFIDE_TEST_SEED");
  const uint64_t seed = set != nullptr ? std::strtoull(set, nullptr, 10) : std::random_device()();
  std::cout << "BONAFIDE_TEST_SEED=" << seed << std::endl;
  return std::mt19937_64(seed);
}

absl::StatusOr<std::vector<Digest>> NaiveReader::Read(std::span<const NodeCoordinate> nodes) {
  ++reads_;
  std::vector<Digest> hashes;
  for (const NodeCoordinate& node : nodes) {
    const size_t width = size_t{1} << node.level;
    if ((node.index + 1) * width > leaves_.size()) {
      return Damaged("node_missing", "no such complete subtree");
    }
    hashes.push_back(NaiveRoot(leaves_.subspan(node.index * width, width)));
  }
  return hashes;
}

}  // namespace bonafide::merkle
