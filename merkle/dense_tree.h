// An RFC 6962 tree of leaf hashes held in memory, whose leaves change in place: the state tree of a
// running register, about 64 bytes per leaf. A proof costs one pass over log2(n) cached hashes.
//
// Versions. A change is planned in an Overlay (overlay.h), which computes the new root without
// touching the tree, and takes effect by Install. A View is one version: its proofs lead to its
// root for as long as it lives, however many installs follow.
//
// Concurrency. There is one writer: Plan, every call on an Overlay, and Install come from one
// thread at a time. view(), and all of a View, may be used from any thread meanwhile. Under one
// shared_mutex, readers hold it shared while they copy one proof (well below a microsecond),
// Install holds it alone while it stores the changed nodes (log2(n) per changed leaf, at most) and
// records their former values for the older views still alive. Hashing, and growing those records,
// happen outside. Writer calls never wait for each other, readers never for planning.
#ifndef BONAFIDE_MERKLE_DENSE_TREE_H_
#define BONAFIDE_MERKLE_DENSE_TREE_H_

#include <absl/status/statusor.h>

#include <memory>
#include <span>
#include <string>
#include <vector>

#include "certs/digest.h"
#include "merkle/index.h"
#include "merkle/node_map.h"

namespace bonafide::merkle {

class Overlay;
struct TreeStore;
class View;

class DenseTree {
 public:
  // The tree over `leaf_hashes`; leaf i is subject number i. Hashes inner nodes on `threads`
  // threads.
  explicit DenseTree(std::span<const Digest> leaf_hashes = {}, unsigned threads = 1);
  ~DenseTree();
  DenseTree(const DenseTree&) = delete;
  DenseTree& operator=(const DenseTree&) = delete;

  // Of the newest version. Writer, or while there are no installs.
  TreeSize size() const;
  Digest root() const;
  // The newest version. Any thread.
  std::shared_ptr<const View> view() const;

  // An empty set of changes to the newest version.
  Overlay Plan() const;
  // Makes `overlay` the newest version and returns its view. Error: "overlay_stale"
  // (kFailedPrecondition: planned on another version or tree); nothing is changed then.
  absl::StatusOr<std::shared_ptr<const View>> Install(Overlay overlay);

 private:
  std::shared_ptr<TreeStore> store_;
  std::shared_ptr<View> newest_;  // guarded by store_->mutex
};

// One version of a DenseTree, which it may outlive. Thread-safe. Memory: one hash for each node
// that changed since, so that a view kept for long grows towards the size of the tree.
class View {
 public:
  View(const View&) = delete;
  View& operator=(const View&) = delete;

  TreeSize size() const { return size_; }
  const Digest& root() const { return root_; }
  absl::StatusOr<Digest> LeafHashOf(SubjectNumber leaf) const;
  // Appends the inclusion proof of `leaf` to `out`, as flat hashes (FlattenProof).
  // Error, also of LeafHashOf: "proof_index" (leaf >= size()); `out` is then unchanged.
  absl::Status Prove(SubjectNumber leaf, std::string& out) const;
  // The same for each of `leaves`, taking the lock once; `ends` receives where each proof ends in
  // `out`.
  absl::Status ProveEach(std::span<const SubjectNumber> leaves, std::string& out,
                         std::vector<size_t>& ends) const;
  // How many former hashes this view has to keep by now.
  size_t former_hashes() const;

 private:
  friend class DenseTree;
  View(std::shared_ptr<TreeStore> store, TreeSize size, const Digest& root);
  absl::Status CheckLeaf(SubjectNumber leaf) const;
  const Digest& NodeAt(unsigned level, uint64_t index) const;

  std::shared_ptr<TreeStore> store_;
  TreeSize size_;
  Digest root_;
  NodeMap former_;  // what nodes of this version were before later installs; by store_->mutex
};

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_DENSE_TREE_H_
