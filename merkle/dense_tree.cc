#include "merkle/dense_tree.h"

#include <algorithm>
#include <mutex>
#include <optional>
#include <thread>
#include <utility>
#include <vector>

#include "certs/reason.h"
#include "merkle/hash.h"
#include "merkle/overlay.h"
#include "merkle/tree_store.h"

namespace bonafide::merkle {
namespace {

// Below this a thread costs more than it saves.
constexpr uint64_t kMinNodesPerThread = 4096;

// Calls work(begin, end) for parts of [0, count), on up to `threads` threads.
template <typename Work>
void InParallel(uint64_t count, unsigned threads, const Work& work) {
  const uint64_t parts = std::clamp<uint64_t>(count / kMinNodesPerThread, 1, std::max(threads, 1u));
  std::vector<std::jthread> others;
  for (uint64_t part = 1; part < parts; ++part) {
    others.emplace_back(
        [&work, part, parts, count] { work(count * part / parts, count * (part + 1) / parts); });
  }
  work(0, count / parts);
}

}  // namespace

DenseTree::DenseTree(std::span<const Digest> leaf_hashes, unsigned threads)
    : store_(std::make_shared<TreeStore>()) {
  const uint64_t size = leaf_hashes.size();
  NodeChunks& nodes = store_->nodes;
  nodes.Reserve(size);
  for (uint64_t i = 0; i < size; ++i) nodes.At(0, i) = leaf_hashes[i];
  const unsigned levels = LevelsOf(size);
  for (unsigned level = 1; level < levels; ++level) {
    const uint64_t width_below = WidthOf(level - 1, size);
    InParallel(WidthOf(level, size), threads, [&](uint64_t begin, uint64_t end) {
      for (uint64_t i = begin; i < end; ++i) {
        const Digest& left = nodes.At(level - 1, 2 * i);
        const bool has_right = 2 * i + 1 < width_below;
        nodes.At(level, i) = has_right ? NodeHash(left, nodes.At(level - 1, 2 * i + 1)) : left;
      }
    });
  }
  store_->size = TreeSize{size};
  store_->root = size == 0 ? EmptyRoot() : nodes.At(levels - 1, 0);
  newest_ = std::shared_ptr<View>(new View(store_, store_->size, store_->root));
}

DenseTree::~DenseTree() = default;

TreeSize DenseTree::size() const { return store_->size; }
Digest DenseTree::root() const { return store_->root; }

std::shared_ptr<const View> DenseTree::view() const {
  const std::shared_lock lock(store_->mutex);
  return newest_;
}

Overlay DenseTree::Plan() const { return Overlay(store_); }

absl::StatusOr<std::shared_ptr<const View>> DenseTree::Install(Overlay overlay) {
  if (overlay.store_ != store_ || overlay.base_version_ != store_->version) {
    return NotAdmitted("overlay_stale", "the changes were planned on another version of the tree");
  }
  const Digest root = overlay.root();
  const TreeSize size = overlay.size();
  auto installed = std::shared_ptr<View>(new View(store_, size, root));

  // Everything slow happens before the lock is taken: this thread is the only one that writes, so
  // that it may read nodes, and the tables of former hashes, beside the readers.
  struct Former {
    NodeKey key;
    Digest hash;
  };
  std::vector<Former> former;
  overlay.changed_.ForEach([&](NodeKey key, const Digest&) {
    if (HasNode(LevelOf(key), IndexOf(key), store_->size.value)) {
      former.push_back({key, store_->nodes.At(LevelOf(key), IndexOf(key))});
    }
  });
  struct Older {
    std::shared_ptr<View> view;
    std::optional<NodeMap> grown;
  };
  std::vector<Older> olders;
  const auto retain = [&](const std::shared_ptr<View>& view) {
    std::optional<NodeMap> grown;
    if (!view->former_.HasRoomFor(former.size())) grown = view->former_.Grown(former.size());
    olders.push_back({view, std::move(grown)});
  };
  std::erase_if(store_->views, [&](const std::weak_ptr<View>& weak) {
    const std::shared_ptr<View> view = weak.lock();
    if (view == nullptr) return true;
    retain(view);
    return false;
  });
  // The replaced version need not be kept up where nobody but the tree holds it.
  bool replaced_is_held = newest_.use_count() > 1;
  if (replaced_is_held) retain(newest_);
  std::shared_ptr<View> replaced;  // released after the lock
  {
    const std::unique_lock lock(store_->mutex);
    if (!replaced_is_held && newest_.use_count() > 1) {  // view() was called meanwhile
      replaced_is_held = true;
      retain(newest_);
    }
    store_->nodes.Reserve(size.value);
    for (Older& older : olders) {
      NodeMap& map = older.view->former_;
      if (older.grown.has_value()) std::swap(map, *older.grown);
      for (const Former& node : former) {
        if (HasNode(LevelOf(node.key), IndexOf(node.key), older.view->size_.value)) {
          map.PutIfAbsent(node.key, node.hash);
        }
      }
    }
    overlay.changed_.ForEach([&](NodeKey key, const Digest& hash) {
      store_->nodes.At(LevelOf(key), IndexOf(key)) = hash;
    });
    replaced = std::exchange(newest_, installed);
  }
  if (replaced_is_held) store_->views.push_back(replaced);
  store_->size = size;
  store_->root = root;
  ++store_->version;
  return std::shared_ptr<const View>(std::move(installed));
}

View::View(std::shared_ptr<TreeStore> store, TreeSize size, const Digest& root)
    : store_(std::move(store)), size_(size), root_(root) {}

const Digest& View::NodeAt(unsigned level, uint64_t index) const {
  const Digest* former = former_.Find(NodeKeyOf(level, index));
  return former != nullptr ? *former : store_->nodes.At(level, index);
}

absl::Status View::CheckLeaf(SubjectNumber leaf) const {
  if (leaf.value < size_.value) return absl::OkStatus();
  return Malformed("proof_index", "leaf " + std::to_string(leaf.value) +
                                      " lies outside a tree of " + std::to_string(size_.value));
}

absl::StatusOr<Digest> View::LeafHashOf(SubjectNumber leaf) const {
  if (absl::Status status = CheckLeaf(leaf); !status.ok()) return status;
  const std::shared_lock lock(store_->mutex);
  return NodeAt(0, leaf.value);
}

absl::Status View::Prove(SubjectNumber leaf, std::string& out) const {
  std::vector<size_t> ends;
  return ProveEach({&leaf, 1}, out, ends);
}

absl::Status View::ProveEach(std::span<const SubjectNumber> leaves, std::string& out,
                             std::vector<size_t>& ends) const {
  for (SubjectNumber leaf : leaves) {
    if (absl::Status status = CheckLeaf(leaf); !status.ok()) return status;
  }
  const size_t most = leaves.size() * LevelsOf(size_.value) * Digest::kSizeBytes;
  out.reserve(out.size() + most);
  ends.reserve(ends.size() + leaves.size());
  const std::shared_lock lock(store_->mutex);
  for (SubjectNumber leaf : leaves) {
    AppendInclusionProof(
        leaf.value, size_.value, out,
        [this](unsigned level, uint64_t index) -> const Digest& { return NodeAt(level, index); });
    ends.push_back(out.size());
  }
  return absl::OkStatus();
}

size_t View::former_hashes() const {
  const std::shared_lock lock(store_->mutex);
  return former_.size();
}

}  // namespace bonafide::merkle
