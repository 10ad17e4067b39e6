// Checkpoints: the signed heads of the log (C2SP tlog-checkpoint as a signed note), exactly three
// lines: origin, size, root. Extension lines are refused, because not every signature type covers
// them and witnesses do not vouch for them.
#ifndef BONAFIDE_MERKLE_CHECKPOINT_H_
#define BONAFIDE_MERKLE_CHECKPOINT_H_

#include <absl/status/statusor.h>

#include <string>
#include <string_view>

#include "certs/digest.h"
#include "certs/note.h"
#include "merkle/index.h"

namespace bonafide::merkle {

struct Checkpoint {
  std::string origin;  // the log's prefix URL without scheme; also the name of its key
  TreeSize size;
  Digest root;
  bool operator==(const Checkpoint&) const = default;
};

// Largest size a checkpoint may state; a limit of ours that keeps sizes within signed integers.
inline constexpr uint64_t kMaxCheckpointSize = (uint64_t{1} << 63) - 1;

// The note text: three lines, each ended by a newline.
// Preconditions: certs::IsNoteKeyName(origin), size <= kMaxCheckpointSize.
std::string FormatCheckpoint(const Checkpoint& checkpoint);

// Reads exactly what FormatCheckpoint writes. Errors:
//   "checkpoint_syntax"     not three lines, each ended by a newline; or a carriage return
//   "checkpoint_origin"     empty, over 255 bytes, not UTF-8, with a Unicode space or '+'
//   "checkpoint_size"       no canonical decimal number, or 2^63 and above
//   "checkpoint_root"       not the canonical base64 of 32 bytes, or not EmptyRoot() at size 0
//   "checkpoint_extension"  a fourth line
absl::StatusOr<Checkpoint> ParseCheckpoint(std::string_view text);

// The signed note of `checkpoint`. Errors: "checkpoint_origin" unless the signer's name is the
// origin and its type is 0x01; what ParseCheckpoint would say of a malformed one; "signing_failed".
absl::StatusOr<std::string> SignCheckpoint(const Checkpoint& checkpoint,
                                           const certs::NoteSigner& log);

struct OpenedCheckpoint {
  Checkpoint checkpoint;
  certs::Note note;  // with all its signature lines, cosignatures unverified
};

// Reads a signed note and checks that `log` signed it with type 0x01 and that its origin is the
// name of `log`. Signatures of other keys are passed over (see policy.h). Errors: those of
// certs::OpenNote ("note_...", "base64") and of ParseCheckpoint; "checkpoint_origin" for another
// origin or a `log` of another type.
absl::StatusOr<OpenedCheckpoint> OpenCheckpoint(std::string_view note,
                                                const certs::NoteVerifier& log);

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_CHECKPOINT_H_
