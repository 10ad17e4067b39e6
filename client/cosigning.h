// Cosigning as a state auditor (docs/protocol.md, section 6).
#ifndef BONAFIDE_CLIENT_COSIGNING_H_
#define BONAFIDE_CLIENT_COSIGNING_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>

#include "certs/note.h"
#include "client/remote.h"
#include "merkle/checkpoint.h"

namespace bonafide::client {

// Adds `cosigner`'s cosignature at `now_s` to `head` and hands it to the register; returns the note
// the register has then. Precondition: the log was replayed up to `head`, nothing in it was newer
// than this program, and `head` continues whatever this cosigner has cosigned before. Errors: those
// of merkle::Cosign and Remote, "cosignature_missing" (the register did not keep it).
absl::StatusOr<std::string> CosignHead(const merkle::OpenedCheckpoint& head,
                                       const certs::NoteSigner& cosigner, int64_t now_s,
                                       Remote& remote);

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_COSIGNING_H_
