#include "client/memory.h"

#include <utility>

#include "certs/reason.h"
#include "client/state_file.h"
#include "merkle/proof.h"

namespace bonafide::client {
namespace {

constexpr size_t kMaxNoteBytes = 64 * 1024;

std::string Bytes(const merkle::OpenedCheckpoint& head) { return certs::WriteNote(head.note); }

absl::Status StateDirectory(const absl::Status& status) {
  return Refusal(status.code(), "state_directory",
                 std::string(status.message()) + "; give another place with --state DIR");
}

std::string SizeText(const merkle::OpenedCheckpoint& head) {
  return std::to_string(head.checkpoint.size.value);
}

}  // namespace

absl::StatusOr<Memory> Memory::Open(const std::string& directory,
                                    const certs::NoteVerifier& log_key) {
  const std::string heads = directory + "/heads";
  if (absl::Status status = MakeDirectories(heads); !status.ok()) return StateDirectory(status);
  // The vkey binds the name of the register and its key, so another key is another memory.
  return Memory(heads + "/" + Sha256(log_key.ToVkey()).Hex().substr(0, 32), log_key);
}

absl::StatusOr<std::optional<merkle::OpenedCheckpoint>> Memory::Read() const {
  const auto note = ReadFile(stem_, kMaxNoteBytes);
  if (absl::IsNotFound(note.status())) return std::optional<merkle::OpenedCheckpoint>();
  if (!note.ok()) return StateDirectory(note.status());
  auto opened = merkle::OpenCheckpoint(*note, log_key_);
  if (!opened.ok()) {
    return Damaged("state_damaged", stem_ + ": the head remembered there is damaged (" +
                                        std::string(opened.status().message()) +
                                        "); without it nobody notices a second history, so move "
                                        "the file away only if you know why");
  }
  return std::optional<merkle::OpenedCheckpoint>(*std::move(opened));
}

absl::Status Memory::Write(const std::string& note) const {
  const absl::Status status = ReplaceFile(stem_, note);
  return status.ok() ? status : StateDirectory(status);
}

absl::StatusOr<std::optional<merkle::OpenedCheckpoint>> Memory::Remembered() const {
  return Read();
}

absl::StatusOr<HeadRelation> Memory::Compare(const std::string& note, Remote& remote) const {
  const auto shown = merkle::OpenCheckpoint(note, log_key_);
  if (!shown.ok()) return shown.status();
  const auto lock = FileLock::Take(stem_ + ".lock");
  if (!lock.ok()) return StateDirectory(lock.status());
  const auto known = Read();
  if (!known.ok()) return known.status();
  if (!*known) {
    if (absl::Status status = Write(note); !status.ok()) return status;
    return HeadRelation::kFirst;
  }
  const merkle::Checkpoint& was = (*known)->checkpoint;
  const merkle::Checkpoint& is = shown->checkpoint;
  if (is.size == was.size) {
    if (is.root != was.root) return KeepFork(Bytes(**known), note);
    return HeadRelation::kSame;
  }
  const bool newer = is.size > was.size;
  const merkle::Checkpoint& small = newer ? was : is;
  const merkle::Checkpoint& large = newer ? is : was;
  const auto proof = remote.ConsistencyProof(small.size, large.size);
  if (!proof.ok()) {
    // A register that shows an older head may not have the newer one any more, or not here.
    if (!newer) return HeadRelation::kOlderUnproven;
    return Refusal(absl::StatusCode::kFailedPrecondition, "consistency_unproven",
                   "the register did not show that its head of size " + SizeText(*shown) +
                       " continues the one of size " + SizeText(**known) +
                       " that this machine remembers: " + std::string(proof.status().message()));
  }
  if (!merkle::VerifyConsistency(small.size, large.size, small.root, large.root, *proof).ok()) {
    return KeepFork(Bytes(**known), note);
  }
  if (!newer) return HeadRelation::kOlder;
  if (absl::Status status = Write(note); !status.ok()) return status;
  return HeadRelation::kNewer;
}

absl::Status Memory::Advance(const std::string& note) const {
  const auto shown = merkle::OpenCheckpoint(note, log_key_);
  if (!shown.ok()) return shown.status();
  const auto lock = FileLock::Take(stem_ + ".lock");
  if (!lock.ok()) return StateDirectory(lock.status());
  const auto known = Read();
  if (!known.ok()) return known.status();
  if (*known && (*known)->checkpoint.size >= shown->checkpoint.size) return absl::OkStatus();
  return Write(note);
}

absl::Status Memory::KeepFork(const std::string& one, const std::string& other) const {
  const std::string directory = ForkDirectory();
  std::string kept = "; both signed heads are kept in " + directory +
                     ": show them to the regulator and to others who use this register";
  absl::Status status = MakeDirectories(directory);
  for (const std::string& note : {one, other}) {
    if (status.ok()) {
      status = ReplaceFile(directory + "/" + Sha256(note).Hex().substr(0, 16) + ".note", note);
    }
  }
  if (!status.ok()) kept = "; the two heads could not be kept: " + std::string(status.message());
  return Damaged("fork",
                 "FORK: the register has signed two histories that contradict each other" + kept);
}

}  // namespace bonafide::client
