#include "client/cosigning.h"

#include <utility>

#include "certs/reason.h"
#include "merkle/cosignature.h"

namespace bonafide::client {

absl::StatusOr<std::string> CosignHead(const merkle::OpenedCheckpoint& head,
                                       const certs::NoteSigner& cosigner, int64_t now_s,
                                       const Memory& cosigned, Remote& remote) {
  // Remembered before it is signed: a cosigner that crashes never goes back.
  const auto relation = cosigned.Compare(certs::WriteNote(head.note), remote);
  if (!relation.ok()) return relation.status();
  if (IsOlder(*relation)) {
    return NotAdmitted("head_older", "not cosigned: this cosigner has cosigned a larger head");
  }
  const merkle::CosignatureTime time{static_cast<uint64_t>(now_s)};
  auto line = merkle::Cosign(head.note.text, time, cosigner);
  if (!line.ok()) return line.status();
  certs::Note note = head.note;
  // An earlier line of this key gives way: a note has one line a key.
  std::erase_if(note.signatures, [&line](const certs::NoteSignature& signature) {
    return signature.name == line->name && signature.key_id == line->key_id;
  });
  note.signatures.push_back(*std::move(line));
  auto kept = remote.AddCosignature(certs::WriteNote(note));
  if (!kept.ok()) return kept.status();
  const auto opened = certs::ParseNote(*kept);
  if (!opened.ok()) return opened.status();
  const auto seen = merkle::VerifyCosignature(*opened, cosigner.verifier());
  if (!seen.ok()) return seen.status();
  return kept;
}

}  // namespace bonafide::client
