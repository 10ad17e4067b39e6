// Planned changes to a DenseTree: a sparse set of nodes on top of an unchanged version.
#ifndef BONAFIDE_MERKLE_OVERLAY_H_
#define BONAFIDE_MERKLE_OVERLAY_H_

#include <absl/status/status.h>

#include <cstdint>
#include <memory>
#include <string>
#include <vector>

#include "certs/digest.h"
#include "merkle/index.h"
#include "merkle/node_map.h"

namespace bonafide::merkle {

struct TreeStore;

// Made by DenseTree::Plan, used on the writer's thread, and valid until the next Install on that
// tree. Dropping it drops the plan. Inner nodes are hashed when root() or Prove() asks for them,
// each once however many leaves below it changed.
class Overlay {
 public:
  Overlay(Overlay&&) = default;
  Overlay& operator=(Overlay&&) = default;

  // Replaces the hash of one leaf. Error: "leaf_index" (kInvalidArgument: leaf >= size()).
  absl::Status Set(SubjectNumber leaf, const Digest& leaf_hash);
  // Adds a leaf and returns its number. Precondition: size() < 2^48.
  SubjectNumber Append(const Digest& leaf_hash);

  TreeSize size() const { return size_; }
  // With all changes applied.
  Digest root();
  // As View::Prove, towards root(). Error: "proof_index".
  absl::Status Prove(SubjectNumber leaf, std::string& out);

 private:
  friend class DenseTree;
  explicit Overlay(std::shared_ptr<const TreeStore> store);
  const Digest& NodeAt(unsigned level, uint64_t index) const;
  void HashDirty();

  std::shared_ptr<const TreeStore> store_;
  uint64_t base_version_;
  TreeSize size_;
  NodeMap changed_;
  std::vector<uint64_t> dirty_;  // leaves whose ancestors are to be hashed again
};

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_OVERLAY_H_
