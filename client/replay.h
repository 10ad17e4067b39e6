// The whole log replayed in order: every rule, every state root, every known head
// (docs/protocol.md, sections 8 and 14). Signatures are left to the caller, who may check them on
// other threads.
#ifndef BONAFIDE_CLIENT_REPLAY_H_
#define BONAFIDE_CLIENT_REPLAY_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <deque>
#include <map>
#include <optional>
#include <set>
#include <unordered_set>
#include <vector>

#include "certs/jws.h"
#include "certs/key.h"
#include "client/replayed_world.h"
#include "merkle/checkpoint.h"
#include "merkle/dense_tree.h"
#include "merkle/frontier.h"
#include "registry/entry.h"
#include "registry/evidence.h"

namespace bonafide::client {

// An entry read as far as it can be without knowing what came before.
struct ReadEntry {
  Digest leaf_hash;
  std::optional<registry::StateEntry> state;  // one of these two
  std::optional<registry::LoggedEvent> event;
};

// Errors: those of registry::ParseEntry and registry::ParseToken.
absl::StatusOr<ReadEntry> ReadLogEntry(std::string_view bytes, std::string_view origin);

// A signature that admission rests on.
struct SignatureToCheck {
  merkle::LogIndex index;
  certs::Jws jws;
  certs::PublicKey key;

  // Errors: those of certs::VerifyJws.
  absl::Status Check() const;
};

// Not thread-safe. After an error it is of no more use. In memory it keeps organisations and
// schemes, and of everything else a few digests an entry and a subject; what practitioners filed
// goes into a temporary file.
class Replay {
 public:
  explicit Replay(const registry::TrustAnchors& anchors);

  // A head whose signature was checked: the log must have its root at its size. Precondition: its
  // size is not below size().
  void Expect(const merkle::Checkpoint& head);

  // Takes the next entry; for an event returns the signature to check. Errors, of kDataLoss unless
  // they come from registry::Admit; the message names the entry:
  //   "audit_index"       the entry's index is not its position
  //   "audit_time"        the register's clock runs backwards
  //   "audit_genesis"     entry 0 is not the pinned one, or names another log key
  //   "audit_twice"       an event, or a (`iss`, `jti`) pair, stands twice in the log
  //   "audit_number"      a creation's number is not the count of subjects so far, or an entry
  //   names
  //                       a number that does not exist
  //   "audit_thumbprint"  a key belongs to two organisations, or is registered again
  //   "audit_subjects"    a state entry counts the subjects wrongly
  //   "audit_state_root"  a state entry states another root
  //   "fork"              a known head has another root
  //   "audit_disk"        (kUnavailable) the temporary file of client/entry_spill.h fails
  //   and those of registry::Admit
  absl::StatusOr<std::optional<SignatureToCheck>> Take(ReadEntry entry);

  merkle::TreeSize size() const { return log_.size(); }
  Digest root() const { return log_.root(); }
  uint64_t subject_count() const { return world_.subject_count(); }
  uint64_t events() const { return events_; }
  uint64_t states() const { return states_; }
  uint64_t unknown_events() const { return unknown_events_; }
  uint64_t heads_checked() const { return heads_checked_; }
  // Of the newest state entry, and whether it is the last entry.
  int64_t head_time_ms() const { return head_time_ms_; }
  bool ends_in_state() const { return changed_.empty() && states_ > 0 && last_was_state_; }

 private:
  absl::Status CheckPlace(merkle::LogIndex index, int64_t time_ms) const;
  absl::Status TakeState(const registry::StateEntry& state);
  absl::StatusOr<SignatureToCheck> TakeEvent(registry::LoggedEvent event, const Digest& leaf_hash);
  absl::Status CheckGenesis(const registry::LoggedEvent& event, const Digest& leaf_hash) const;
  absl::Status CheckUnique(const registry::LoggedEvent& event);
  absl::Status CheckNumbers(const registry::LoggedEvent& event) const;
  absl::Status CheckThumbprints(const registry::LoggedEvent& event);
  absl::Status CheckHeads();

  registry::TrustAnchors anchors_;
  ReplayedWorld world_;
  merkle::Frontier log_;
  std::deque<merkle::Frontier> histories_;  // of each subject
  merkle::DenseTree state_;
  std::set<uint64_t> changed_;  // subjects since the last state entry
  std::unordered_set<Digest, DigestHash> ids_;
  std::unordered_set<Digest, DigestHash> jtis_;  // SHA-256 of `iss` and `jti`
  std::unordered_set<Digest, DigestHash> thumbprints_;
  std::multimap<uint64_t, Digest> heads_;  // expected roots by size
  int64_t time_ms_ = 0;
  int64_t head_time_ms_ = 0;
  bool last_was_state_ = false;
  uint64_t events_ = 0, states_ = 0, unknown_events_ = 0, heads_checked_ = 0;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_REPLAY_H_
