// Positions and sizes as types of their own: a position in the log, a number of leaves and a
// subject's number are all 64 bits wide and must never be mixed up.
#ifndef BONAFIDE_MERKLE_INDEX_H_
#define BONAFIDE_MERKLE_INDEX_H_

#include <compare>
#include <cstdint>

namespace bonafide::merkle {

// The position of an entry in the log, from 0.
struct LogIndex {
  uint64_t value = 0;
  auto operator<=>(const LogIndex&) const = default;
};

// The number of leaves of a tree: entries of the log, or subjects of the state tree.
struct TreeSize {
  uint64_t value = 0;
  auto operator<=>(const TreeSize&) const = default;
};

// The number of a subject, dense from 0; its slot in the state tree.
struct SubjectNumber {
  uint64_t value = 0;
  auto operator<=>(const SubjectNumber&) const = default;
};

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_INDEX_H_
