#include "storage/register/view.h"

#include <algorithm>
#include <utility>

#include "certs/reason.h"
#include "merkle/prove.h"
#include "storage/log/database_log_store.h"
#include "storage/log/log_hashes.h"
#include "storage/log/log_tiles.h"
#include "storage/register/head_state.h"

namespace bonafide::storage {
namespace {

absl::Status UnknownSubject(SubjectNumber subject) {
  return Refusal(absl::StatusCode::kNotFound, "subject_unknown",
                 "there is no subject " + std::to_string(subject.value));
}

absl::StatusOr<std::string> Flat(absl::StatusOr<merkle::Proof> proof) {
  if (!proof.ok()) return proof.status();
  return merkle::FlattenProof(*proof);
}

}  // namespace

View::View(std::shared_ptr<const HeadState> head, std::string note)
    : head_(std::move(head)), note_(std::move(note)) {}
View::~View() = default;

const std::string& View::note() const { return note_; }
TreeSize View::size() const { return head_->size; }
const Digest& View::root() const { return head_->root; }
int64_t View::time_ms() const { return head_->time_ms; }
uint64_t View::subject_count() const { return head_->subject_count; }
const std::string& View::state_entry() const { return head_->state_entry; }
const std::string& View::state_inclusion() const { return head_->state_inclusion; }
const Snapshot& View::snapshot() const { return *head_->snapshot; }

absl::StatusOr<std::string> View::InclusionProof(LogIndex index, TreeSize in) const {
  if (in > head_->size) return Malformed("proof_size", "the log is not that long yet");
  StoredHashes hashes(*head_->snapshot, head_->size);
  return Flat(merkle::ProveInclusion(index, in, hashes));
}

absl::StatusOr<std::string> View::ConsistencyProof(TreeSize from, TreeSize to) const {
  if (to > head_->size) return Malformed("proof_size", "the log is not that long yet");
  if (from == TreeSize{0}) return Malformed("proof_size", "nothing is to be proven from size 0");
  StoredHashes hashes(*head_->snapshot, head_->size);
  return Flat(merkle::ProveConsistency(from, to, hashes));
}

absl::StatusOr<Digest> View::RootAt(TreeSize size) const {
  if (size > head_->size) return Malformed("proof_size", "the log is not that long yet");
  StoredHashes hashes(*head_->snapshot, head_->size);
  return merkle::RootAt(size, hashes);
}

absl::StatusOr<std::string> View::ReadTile(const merkle::TileId& tile) const {
  if (tile.width > merkle::TileWidthAt(tile.level, tile.index, head_->size)) {
    return Refusal(absl::StatusCode::kNotFound, "tile_unknown", "the log has no such tile yet");
  }
  LogTiles tiles(*head_->snapshot, head_->size);
  const auto hashes = tiles.Read(tile.level, tile.index);
  if (!hashes.ok()) return hashes.status();
  return std::string(hashes->substr(0, size_t{tile.width} * Digest::kSizeBytes));
}

absl::StatusOr<std::vector<std::string>> View::ReadEntries(LogIndex first, uint64_t max_entries,
                                                           uint64_t max_bytes) const {
  if (first.value >= head_->size.value) {
    return Malformed("proof_index", "the log has " + std::to_string(head_->size.value) +
                                        " entries under this head");
  }
  return ReadLog(*head_->snapshot, first, max_entries, max_bytes);
}

absl::StatusOr<std::shared_ptr<const registry::Subject>> View::FindSubject(
    SubjectNumber subject) const {
  if (subject.value >= head_->subject_count) return UnknownSubject(subject);
  const auto head = head_->Head(subject);
  if (!head.ok()) return head.status();
  return head_->Parsed(subject, *head);
}

absl::StatusOr<certs::PublicKey> View::StandingKey(SubjectNumber organisation,
                                                   const certs::KeyId& key) const {
  const Resident* resident = head_->FindResident(organisation);
  if (resident == nullptr || resident->head().kind != registry::SubjectKind::kOrganisation) {
    return NotAdmitted("issuer_unknown",
                       "there is no organisation " + std::to_string(organisation.value));
  }
  const auto subject = resident->Parsed(head_->origin);
  if (!subject.ok()) return subject.status();
  const registry::Subject::Key* found = (*subject)->FindKey(key);
  if (found == nullptr) {
    return NotAdmitted("key_unknown",
                       "`kid` is no key of organisation " + std::to_string(organisation.value));
  }
  if (!found->stands()) return NotAdmitted("key_revoked", "the key was revoked");
  return found->key;
}

}  // namespace bonafide::storage
