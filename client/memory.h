// What this machine remembers of a register: the newest head it has verified. A register that once
// showed a head can never again show a history without it unnoticed.
#ifndef BONAFIDE_CLIENT_MEMORY_H_
#define BONAFIDE_CLIENT_MEMORY_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <optional>
#include <string>

#include "certs/note.h"
#include "client/remote.h"
#include "merkle/checkpoint.h"

namespace bonafide::client {

// How a head relates to the one remembered.
enum class HeadRelation {
  kFirst,  // none was remembered
  kSame,
  kNewer,          // and proven to continue it
  kOlder,          // a smaller head, proven to come before it: no fork, and not remembered
  kOlderUnproven,  // a smaller head whose register gave no proof: no fork either
};

inline bool IsOlder(HeadRelation relation) {
  return relation == HeadRelation::kOlder || relation == HeadRelation::kOlderUnproven;
}

// The file of one register under a directory of state, one per log key. Many processes may use it
// at once: each step holds a lock on it.
class Memory {
 public:
  // `log_key` is the pinned one. Creates `directory` (mode 0700) where it is missing. Error:
  // "state_directory" (cannot be made, read or written).
  static absl::StatusOr<Memory> Open(const std::string& directory,
                                     const certs::NoteVerifier& log_key);

  // The note remembered; nothing at the beginning. Error: "state_damaged" (kDataLoss: the file is
  // not a head signed by the log key), "state_directory".
  absl::StatusOr<std::optional<merkle::OpenedCheckpoint>> Remembered() const;

  // Compares `note`, a head whose signature and time the caller has verified, with the one
  // remembered, asking `remote` for the proof between them, and remembers the larger one. Errors:
  //   "fork" (kDataLoss)  both heads are signed and no one history holds both; both notes are kept
  //                       in ForkDirectory()
  //   "consistency_unproven"  the register did not give a proof for a larger head
  //   and those of Remembered()
  absl::StatusOr<HeadRelation> Compare(const std::string& note, Remote& remote) const;

  // Remembers `note` without asking: the caller has shown that it continues the one remembered.
  // A smaller head is passed over. Errors: those of Remembered().
  absl::Status Advance(const std::string& note) const;

  // Keeps two heads that contradict each other. Returns the error "fork".
  absl::Status KeepFork(const std::string& one, const std::string& other) const;
  std::string ForkDirectory() const { return stem_ + ".fork"; }

 private:
  Memory(std::string stem, certs::NoteVerifier log_key)
      : stem_(std::move(stem)), log_key_(std::move(log_key)) {}

  absl::StatusOr<std::optional<merkle::OpenedCheckpoint>> Read() const;
  absl::Status Write(const std::string& note) const;

  std::string stem_;  // directory/heads/<key>
  certs::NoteVerifier log_key_;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_MEMORY_H_
