// Signed notes (C2SP signed-note, v1.0.0): a text with signature lines by named keys.
#ifndef BONAFIDE_CERTS_NOTE_H_
#define BONAFIDE_CERTS_NOTE_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "certs/key.h"

namespace bonafide::certs {

// The signature types of C2SP signed-note that this register uses.
enum class NoteKeyType : uint8_t {
  kEd25519 = 0x01,      // signs the text
  kCosignature = 0x04,  // Ed25519 over a timestamp and the text (C2SP tlog-cosignature)
};

// Whether `name` may name a key: not empty, at most 255 bytes of UTF-8, no Unicode space, no
// control character, no '+'.
bool IsNoteKeyName(std::string_view name);

// The first four bytes, big endian, of SHA-256(name || 0x0A || type || 32 key bytes). The same key
// has different identifiers under different types. Precondition: `key` is Ed25519.
uint32_t NoteKeyId(std::string_view name, NoteKeyType type, const PublicKey& key);

// A name bound to a key and a signature type: what a "vkey" line says. Value type, thread-safe.
class NoteVerifier {
 public:
  // Reads `name+hex8+base64`. Error: "note_vkey" (malformed, unknown type, identifier that does not
  // fit) or the reasons of PublicKey::FromEd25519Raw.
  static absl::StatusOr<NoteVerifier> FromVkey(std::string_view vkey);
  // Error: "note_key" unless `name` is a key name and `key` is Ed25519.
  static absl::StatusOr<NoteVerifier> Create(std::string name, NoteKeyType type, PublicKey key);

  const std::string& name() const { return name_; }
  NoteKeyType type() const { return type_; }
  uint32_t key_id() const { return key_id_; }
  const PublicKey& key() const { return key_; }
  std::string ToVkey() const;

 private:
  NoteVerifier(std::string name, NoteKeyType type, PublicKey key);

  std::string name_;
  NoteKeyType type_;
  PublicKey key_;
  uint32_t key_id_;
};

// One signature line.
struct NoteSignature {
  std::string name;
  uint32_t key_id = 0;
  std::string signature;  // the bytes after the key identifier; 64 for type 0x01
};

// A parsed note; nothing is verified yet.
struct Note {
  std::string text;  // ends with a newline, which is signed too
  std::vector<NoteSignature> signatures;

  // The line of that key, or nullptr.
  const NoteSignature* Find(std::string_view name, uint32_t key_id) const;
};

struct NoteLimits {
  size_t size_bytes = 64 * 1024;
  size_t signatures = 64;
};

// Parses a note strictly. Errors:
//   "note_size"       larger than the limits, in bytes or signature lines
//   "note_syntax"     not UTF-8, a control character (CRLF included), no blank line, no signature
//                     line, a text without final newline, or a malformed signature line
//   "base64"          a signature is not canonical base64
//   "note_key_twice"  two lines of one (name, key id)
absl::StatusOr<Note> ParseNote(std::string_view bytes, const NoteLimits& limits = {});

// The exact bytes ParseNote reads. Preconditions: `note.text` ends with a newline.
std::string WriteNote(const Note& note);

// Checks `note` under `verifiers` of type kEd25519 (those of other types sign another message and
// are passed over here). Signatures of unknown keys are ignored. Errors:
//   "note_signature_wrong"  a known key's signature does not verify
//   "note_unsigned"         no known key has signed
absl::Status VerifyNote(const Note& note, const std::vector<NoteVerifier>& verifiers);

// ParseNote, then VerifyNote.
absl::StatusOr<Note> OpenNote(std::string_view bytes, const std::vector<NoteVerifier>& verifiers,
                              const NoteLimits& limits = {});

// Signs notes under a name. Thread-safe.
class NoteSigner {
 public:
  // Error: "note_key" unless `name` is a key name and the signer's key is Ed25519.
  static absl::StatusOr<NoteSigner> Create(std::string name, NoteKeyType type,
                                           std::shared_ptr<const Signer> signer);

  const NoteVerifier& verifier() const { return verifier_; }
  const Signer& signer() const { return *signer_; }
  // The signature line of `text` for type kEd25519. Preconditions: the type is kEd25519, and
  // `text` is a note text as ParseNote would accept it, final newline included. Error:
  // "note_syntax" where it is not, "signing_failed".
  absl::StatusOr<NoteSignature> Sign(std::string_view text) const;

 private:
  NoteSigner(NoteVerifier verifier, std::shared_ptr<const Signer> signer)
      : verifier_(std::move(verifier)), signer_(std::move(signer)) {}

  NoteVerifier verifier_;
  std::shared_ptr<const Signer> signer_;
};

// The note of `text` signed by each of `signers`, in order. Errors as NoteSigner::Sign, and
// "note_key_twice" when two of them are one.
absl::StatusOr<std::string> SignNote(std::string_view text, const std::vector<NoteSigner>& signers);

}  // namespace bonafide::certs

#endif  // BONAFIDE_CERTS_NOTE_H_
