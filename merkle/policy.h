// Which cosigners must have seen a checkpoint before it is believed (C2SP tlog-policy).
//
// The text is line based: "log <vkey> [<url>]", "witness <name> <vkey> [<url>]",
// "group <name> all|any|<k> <member>...", and exactly one "quorum <name>|none". Items are separated
// by spaces and tabs; blank lines and lines that begin with '#' are ignored. A name is defined
// before it is used and is a member of at most one group, so that no witness counts twice.
#ifndef BONAFIDE_MERKLE_POLICY_H_
#define BONAFIDE_MERKLE_POLICY_H_

#include <absl/status/statusor.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "certs/note.h"
#include "merkle/cosignature.h"

namespace bonafide::merkle {

struct PolicyLog {
  certs::NoteVerifier verifier;  // type 0x01; its name is the log's origin
  std::string url;               // may be empty
};

struct PolicyWitness {
  std::string name;              // within the policy only
  certs::NoteVerifier verifier;  // type 0x04
  std::string url;               // may be empty
};

// What a policy says of one note.
struct PolicyResult {
  bool satisfied = false;
  // The newest T such that cosignatures of T or later satisfy the quorum: how fresh the checkpoint
  // is shown to be. Empty where the quorum is "none" or not met.
  std::optional<CosignatureTime> quorum_time;
  struct Seen {
    std::string witness;  // the policy's name for it
    CosignatureTime time;
  };
  std::vector<Seen> cosignatures;  // all that verified, newest first
};

// A policy that exists is well formed. Value type, immutable, thread-safe.
class Policy {
 public:
  static constexpr size_t kMaxTextSizeBytes = 128 * 1024;
  static constexpr size_t kMaxOfEach = 256;  // logs, witnesses, groups

  // Errors; messages name the line:
  //   "policy_syntax"     an octet outside tab, newline, 0x20-0x7e, 0x80-0xff; no final newline; an
  //                       unknown keyword; too few or too many items
  //   "policy_limit"      larger than the limits above
  //   "policy_key"        a malformed vkey, or one whose type does not suit its line
  //   "policy_duplicate"  a name or key defined twice
  //   "policy_name"       a name not defined above, or the name "none" defined or used as a member
  //   "policy_member"     a name that is a member already
  //   "policy_threshold"  not a canonical decimal number from 1 to the number of members
  //   "policy_quorum"     no quorum line, or a second one
  static absl::StatusOr<Policy> Parse(std::string_view text);

  // The policy that asks for nothing: "quorum none\n".
  static Policy None() { return Policy(); }

  const std::vector<PolicyLog>& logs() const { return logs_; }
  const std::vector<PolicyWitness>& witnesses() const { return witnesses_; }
  bool requires_cosignatures() const { return quorum_.has_value(); }

  // Checks the cosignatures of `note`, and the log's signature where the policy lists logs (else
  // the caller knows the log: OpenCheckpoint). Lines of unknown keys are passed over; too few
  // cosignatures, or a log the policy does not list, is `satisfied == false`, not an error. Errors:
  // "checkpoint_..." (the text is no checkpoint), "note_signature_wrong", "cosignature_size",
  // "cosignature_time", "cosignature_wrong": a known key's line that is not right spoils the note.
  absl::StatusOr<PolicyResult> Evaluate(const certs::Note& note) const;

 private:
  // Witnesses and groups in the order of definition; members point backwards.
  struct Party {
    std::optional<size_t> witness;  // into witnesses_; otherwise a group
    std::vector<size_t> members;    // into parties_
    size_t threshold = 0;
  };
  friend class PolicyParser;
  Policy() = default;
  bool QuorumOf(const std::vector<bool>& witness_cosigned) const;

  std::vector<PolicyLog> logs_;
  std::vector<PolicyWitness> witnesses_;
  std::vector<Party> parties_;
  std::optional<size_t> quorum_;  // into parties_; empty: none
};

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_POLICY_H_
