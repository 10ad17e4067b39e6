#include "merkle/tree_store.h"

namespace bonafide::merkle {

void NodeChunks::Reserve(uint64_t size) {
  const unsigned levels = LevelsOf(size);
  if (levels_.size() < levels) levels_.resize(levels);
  for (unsigned level = 0; level < levels; ++level) {
    const uint64_t chunks = (WidthOf(level, size) + kChunkSize - 1) >> kChunkBits;
    while (levels_[level].size() < chunks) {
      levels_[level].push_back(std::make_unique<Digest[]>(kChunkSize));
    }
  }
}

}  // namespace bonafide::merkle
