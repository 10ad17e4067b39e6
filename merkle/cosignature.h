// Cosignatures of checkpoints with a time (C2SP tlog-cosignature v1.0.1, Ed25519, type 0x04): "at
// that second this was the largest consistent tree I had seen", by a witness or an auditor.
//
// The signed message does not name the cosigner, so that each cosigner needs a key of its own.
// Keys and "vkey" lines are certs::NoteVerifier and certs::NoteSigner of type kCosignature.
#ifndef BONAFIDE_MERKLE_COSIGNATURE_H_
#define BONAFIDE_MERKLE_COSIGNATURE_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "certs/note.h"

namespace bonafide::merkle {

// POSIX seconds, 1..2^63-1.
struct CosignatureTime {
  uint64_t seconds = 0;
  auto operator<=>(const CosignatureTime&) const = default;
};

// What a cosigner signs: "cosignature/v1\n", "time <seconds>\n", then the whole note text.
std::string CosignatureMessage(std::string_view note_text, CosignatureTime time);

// The signature line of `cosigner` for `note_text`: u64 seconds, big-endian, then 64 bytes of
// Ed25519. Errors: "cosignature_key" (cosigner not of type 0x04), "cosignature_time" (outside its
// range), "checkpoint_..." (the text is no checkpoint), "signing_failed".
absl::StatusOr<certs::NoteSignature> Cosign(std::string_view note_text, CosignatureTime time,
                                            const certs::NoteSigner& cosigner);

// When `cosigner` cosigned `note`. Only this line is checked: neither the log's signature nor that
// the time is past. Errors:
//   "cosignature_key"      cosigner not of type 0x04
//   "cosignature_missing"  (kNotFound) no line of this name and key
//   "cosignature_size"     not 72 bytes
//   "cosignature_time"     0, or 2^63 and above
//   "cosignature_wrong"    does not verify
absl::StatusOr<CosignatureTime> VerifyCosignature(const certs::Note& note,
                                                  const certs::NoteVerifier& cosigner);

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_COSIGNATURE_H_
