#include "tests/e2e/oracle.h"

#include <set>
#include <vector>

#include "certs/reason.h"
#include "client/receipt_check.h"
#include "merkle/checkpoint.h"
#include "merkle/frame.h"
#include "merkle/frontier.h"
#include "merkle/hash.h"
#include "merkle/proof.h"
#include "registry/entry.h"

namespace bonafide::e2e {
namespace {

registry::EventId IdOf(std::string_view jwt) {
  return {Sha256(jwt.substr(0, jwt.rfind('.')))};  // of the signing input
}

absl::Status Broken(const std::string& what) { return Damaged("oracle", what); }

}  // namespace

absl::Status Oracle::SawLocked(const std::string& checkpoint) {
  const auto head = merkle::OpenCheckpoint(checkpoint, trust_.anchors.log_key);
  if (!head.ok()) return head.status();
  const uint64_t size = head->checkpoint.size.value;
  if (heads_.try_emplace(size, head->checkpoint.root).first->second != head->checkpoint.root) {
    return Broken("two heads of size " + std::to_string(size));
  }
  return absl::OkStatus();
}

absl::Status Oracle::Saw(const std::string& checkpoint) {
  const std::lock_guard lock(mutex_);
  return SawLocked(checkpoint);
}

absl::Status Oracle::Acknowledged(const client::Receipt& receipt, std::string_view jwt) {
  const auto checked = client::CheckReceipt(trust_, receipt, jwt);
  if (!checked.ok()) return checked.status();
  const Place place{receipt.index, merkle::LeafHash(receipt.entry)};
  const std::lock_guard lock(mutex_);
  const Place& first = events_.try_emplace(IdOf(jwt), place).first->second;
  if (first.index != place.index || first.leaf != place.leaf) {
    return Broken("one event at " + std::to_string(first.index) + " and at " +
                  std::to_string(place.index));
  }
  return SawLocked(receipt.checkpoint);
}

size_t Oracle::acknowledged_count() const {
  const std::lock_guard lock(mutex_);
  return events_.size();
}

size_t Oracle::head_count() const {
  const std::lock_guard lock(mutex_);
  return heads_.size();
}

absl::Status Oracle::Replay(client::Remote& remote, uint64_t size) const {
  merkle::Frontier frontier;
  std::vector<Digest> leaves;
  std::set<registry::EventId> ids;
  auto take = [&](std::string_view bytes) -> absl::Status {
    const std::string at = " at " + std::to_string(leaves.size());
    const auto entry = registry::ParseEntry(bytes);
    if (!entry.ok()) return Within("entry" + at, entry.status());
    if (const auto* event = std::get_if<registry::EventEntry>(&*entry)) {
      if (event->index.value != leaves.size()) return Broken("an entry of another index" + at);
      if (!ids.insert(IdOf(event->token)).second) return Broken("an event logged twice" + at);
    }
    leaves.push_back(merkle::LeafHash(bytes));
    frontier.Append(leaves.back());
    const auto head = heads_.find(leaves.size());
    if (head != heads_.end() && head->second != frontier.root()) {
      return Broken("a signed head that the log does not lead to" + at);
    }
    return absl::OkStatus();
  };
  absl::Status status = remote.StreamEntries(
      merkle::LogIndex{0}, size, [&](merkle::LogIndex, std::string_view frames) -> absl::Status {
        for (merkle::FrameReader reader(frames); !reader.done();) {
          const auto bytes = reader.Next();
          if (!bytes.ok()) return bytes.status();
          if (absl::Status taken = take(*bytes); !taken.ok()) return taken;
        }
        return absl::OkStatus();
      });
  if (!status.ok()) return status;
  if (leaves.size() != size) return Broken("a log that ends before its head");
  for (const auto& [id, place] : events_) {
    if (place.index >= size || leaves[place.index] != place.leaf) {
      return Broken("an acknowledged event is not at " + std::to_string(place.index));
    }
  }
  return absl::OkStatus();
}

absl::Status Oracle::HoldAgainst(client::Remote& remote) {
  const auto note = remote.Checkpoint(client::Head::kNewest);
  if (!note.ok()) return note.status();
  const std::lock_guard lock(mutex_);
  if (absl::Status status = SawLocked(*note); !status.ok()) return status;
  const auto head = merkle::OpenCheckpoint(*note, trust_.anchors.log_key);
  const merkle::TreeSize size = head->checkpoint.size;
  if (heads_.rbegin()->first != size.value) {
    return Broken("a head of size " + std::to_string(heads_.rbegin()->first) +
                  " was shown, and now the newest is " + std::to_string(size.value));
  }
  if (absl::Status status = Replay(remote, size.value); !status.ok()) return status;

  for (auto& [id, place] : events_) {
    if (place.proven) continue;
    const merkle::LogIndex index{place.index};
    const auto proof = remote.InclusionProof(index, size);
    if (!proof.ok()) return proof.status();
    if (absl::Status status =
            merkle::VerifyInclusion(index, size, place.leaf, *proof, head->checkpoint.root);
        !status.ok()) {
      return status;
    }
    place.proven = true;
  }
  if (last_checked_size_ > 0) {
    const merkle::TreeSize last{last_checked_size_};
    const auto proof = remote.ConsistencyProof(last, size);
    if (!proof.ok()) return proof.status();
    if (absl::Status status = merkle::VerifyConsistency(last, size, heads_.at(last.value),
                                                        head->checkpoint.root, *proof);
        !status.ok()) {
      return status;
    }
  }
  last_checked_size_ = size.value;
  return absl::OkStatus();
}

}  // namespace bonafide::e2e
