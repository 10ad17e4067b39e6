// Cosigning as a state auditor (docs/protocol.md, section 6).
#ifndef BONAFIDE_CLIENT_COSIGNING_H_
#define BONAFIDE_CLIENT_COSIGNING_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>

#include "certs/note.h"
#include "client/memory.h"
#include "client/remote.h"
#include "merkle/checkpoint.h"

namespace bonafide::client {

// Signs as `cosigner` that `head` is, at `now_s`, the largest consistent history it has seen, and
// hands that to the register; returns the note the register has then. `cosigned` remembers what
// this cosigner has cosigned, and nothing else. Precondition: the log was replayed up to `head`,
// and nothing in it was newer than this program. Errors: "head_older" (it has cosigned a larger
// head), those of Memory, merkle::Cosign and Remote, "cosignature_missing" (the register did not
// keep it).
absl::StatusOr<std::string> CosignHead(const merkle::OpenedCheckpoint& head,
                                       const certs::NoteSigner& cosigner, int64_t now_s,
                                       const Memory& cosigned, Remote& remote);

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_COSIGNING_H_
