#include "merkle/cosignature.h"

#include <limits>

#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "merkle/checkpoint.h"

namespace bonafide::merkle {
namespace {

constexpr size_t kTimeSizeBytes = 8;
constexpr size_t kSizeBytes = kTimeSizeBytes + certs::PublicKey::kSignatureSizeBytes;

absl::Status CheckTime(CosignatureTime time) {
  if (time.seconds == 0 || time.seconds > uint64_t{std::numeric_limits<int64_t>::max()}) {
    return Malformed("cosignature_time", "a cosignature's time is between 1 and 2^63 - 1 seconds");
  }
  return absl::OkStatus();
}

absl::Status CheckType(const certs::NoteVerifier& cosigner) {
  if (cosigner.type() != certs::NoteKeyType::kCosignature) {
    return Malformed("cosignature_key",
                     "a cosigner's key must be of type 0x04: " + cosigner.name());
  }
  return absl::OkStatus();
}

}  // namespace

std::string CosignatureMessage(std::string_view note_text, CosignatureTime time) {
  std::string message = "cosignature/v1\ntime " + std::to_string(time.seconds) + "\n";
  message += note_text;
  return message;
}

absl::StatusOr<certs::NoteSignature> Cosign(std::string_view note_text, CosignatureTime time,
                                            const certs::NoteSigner& cosigner) {
  if (absl::Status status = CheckType(cosigner.verifier()); !status.ok()) return status;
  if (absl::Status status = CheckTime(time); !status.ok()) return status;
  if (const auto checkpoint = ParseCheckpoint(note_text); !checkpoint.ok()) {
    return checkpoint.status();
  }
  const absl::StatusOr<std::string> signature =
      cosigner.signer().Sign(CosignatureMessage(note_text, time));
  if (!signature.ok()) return signature.status();
  certs::NoteSignature line;
  line.name = cosigner.verifier().name();
  line.key_id = cosigner.verifier().key_id();
  AppendU64(line.signature, time.seconds);
  line.signature += *signature;
  return line;
}

absl::StatusOr<CosignatureTime> VerifyCosignature(const certs::Note& note,
                                                  const certs::NoteVerifier& cosigner) {
  if (absl::Status status = CheckType(cosigner); !status.ok()) return status;
  const certs::NoteSignature* line = note.Find(cosigner.name(), cosigner.key_id());
  if (line == nullptr) {
    return Refusal(absl::StatusCode::kNotFound, "cosignature_missing",
                   cosigner.name() + " has not cosigned this checkpoint");
  }
  const std::string_view bytes = line->signature;
  if (bytes.size() != kSizeBytes) {
    return Malformed("cosignature_size", "a cosignature has 72 bytes; that of " + cosigner.name() +
                                             " has " + std::to_string(bytes.size()));
  }
  const CosignatureTime time{ReadU64(bytes)};
  if (absl::Status status = CheckTime(time); !status.ok()) return status;
  if (!cosigner.key().Verify(CosignatureMessage(note.text, time), bytes.substr(kTimeSizeBytes))) {
    return Malformed("cosignature_wrong",
                     "the cosignature of " + cosigner.name() + " does not verify");
  }
  return time;
}

}  // namespace bonafide::merkle
