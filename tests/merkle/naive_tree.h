// RFC 6962 written down as its text says it, slowly: what the library is measured against.
#ifndef BONAFIDE_TESTS_MERKLE_NAIVE_TREE_H_
#define BONAFIDE_TESTS_MERKLE_NAIVE_TREE_H_

#include <cstdint>
#include <random>
#include <span>
#include <vector>

#include "certs/digest.h"
#include "merkle/hash_reader.h"

namespace bonafide::merkle {

using Leaves = std::span<const Digest>;

// MTH, PATH and PROOF of section 2.1, over leaf hashes.
Digest NaiveRoot(Leaves leaves);
std::vector<Digest> NaivePath(size_t index, Leaves leaves);
std::vector<Digest> NaiveConsistency(size_t first, Leaves leaves);

// `count` different leaf hashes.
std::vector<Digest> SomeLeaves(size_t count, uint64_t salt = 0);
Digest RandomDigest(std::mt19937_64& random);

// A generator whose seed is printed and can be set by BONAFIDE_TEST_SEED.
std::mt19937_64 SeededRandom();

// Reads complete subtrees of `leaves`, and fails where asked for one that is not complete.
class NaiveReader : public HashReader {
 public:
  explicit NaiveReader(Leaves leaves) : leaves_(leaves) {}
  absl::StatusOr<std::vector<Digest>> Read(std::span<const NodeCoordinate> nodes) override;
  int reads() const { return reads_; }

 private:
  Leaves leaves_;
  int reads_ = 0;
};

}  // namespace bonafide::merkle

#endif  // BONAFIDE_TESTS_MERKLE_NAIVE_TREE_H_
