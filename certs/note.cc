#include "certs/note.h"

#include <set>

#include "certs/base64.h"
#include "certs/reason.h"
#include "certs/utf8.h"

namespace bonafide::certs {
namespace {

constexpr std::string_view kSignaturePrefix = "\xe2\x80\x94 ";  // U+2014 and a space
constexpr size_t kKeyIdSizeBytes = 4;

absl::Status Bad(std::string_view what) {
  return Malformed("note_syntax", "note: " + std::string(what));
}

std::string BigEndian(uint32_t value) {
  std::string bytes;
  for (int shift = 24; shift >= 0; shift -= 8) bytes += static_cast<char>(value >> shift & 0xff);
  return bytes;
}

uint32_t FromBigEndian(std::string_view bytes) {
  uint32_t value = 0;
  for (char c : bytes.substr(0, kKeyIdSizeBytes)) value = value << 8 | static_cast<uint8_t>(c);
  return value;
}

absl::Status CheckCharacters(std::string_view bytes) {
  for (char c : bytes) {
    if (static_cast<uint8_t>(c) < 0x20 && c != '\n') {
      return Bad("a control character; lines end with a line feed alone");
    }
  }
  if (!IsUtf8(bytes)) return Bad("malformed UTF-8");
  return absl::OkStatus();
}

absl::StatusOr<NoteSignature> ParseSignatureLine(std::string_view line) {
  if (!line.starts_with(kSignaturePrefix)) return Bad("a signature line must begin with a dash");
  line.remove_prefix(kSignaturePrefix.size());
  const size_t space = line.find(' ');
  if (space == line.npos || !IsNoteKeyName(line.substr(0, space))) {
    return Bad("a signature line must hold a key name, a space, and a signature");
  }
  const auto bytes = Base64Decode(line.substr(space + 1));
  if (!bytes.ok()) return Within("note signature", bytes.status());
  if (bytes->size() <= kKeyIdSizeBytes) return Bad("a signature is too short");
  NoteSignature signature;
  signature.name = line.substr(0, space);
  signature.key_id = FromBigEndian(*bytes);
  signature.signature = bytes->substr(kKeyIdSizeBytes);
  return signature;
}

}  // namespace

const NoteSignature* Note::Find(std::string_view name, uint32_t key_id) const {
  for (const NoteSignature& signature : signatures) {
    if (signature.name == name && signature.key_id == key_id) return &signature;
  }
  return nullptr;
}

absl::StatusOr<Note> ParseNote(std::string_view bytes, const NoteLimits& limits) {
  if (bytes.size() > limits.size_bytes) {
    return Malformed("note_size",
                     "note: larger than " + std::to_string(limits.size_bytes) + " bytes");
  }
  if (absl::Status status = CheckCharacters(bytes); !status.ok()) return status;
  const size_t blank = bytes.rfind("\n\n");
  if (blank == bytes.npos) return Bad("no blank line between text and signatures");
  std::string_view rest = bytes.substr(blank + 2);
  if (rest.empty() || !rest.ends_with('\n')) return Bad("must end with a signature line");
  Note note;
  note.text = bytes.substr(0, blank + 1);
  std::set<std::pair<std::string, uint32_t>> keys;
  while (!rest.empty()) {
    if (note.signatures.size() == limits.signatures) {
      return Malformed("note_size",
                       "note: more than " + std::to_string(limits.signatures) + " signature lines");
    }
    const size_t end = rest.find('\n');
    auto signature = ParseSignatureLine(rest.substr(0, end));
    if (!signature.ok()) return signature.status();
    rest.remove_prefix(end + 1);
    if (!keys.emplace(signature->name, signature->key_id).second) {
      return Malformed("note_key_twice", "note: two signature lines of one key");
    }
    note.signatures.push_back(*std::move(signature));
  }
  return note;
}

std::string WriteNote(const Note& note) {
  std::string bytes = note.text + '\n';
  for (const NoteSignature& signature : note.signatures) {
    bytes += kSignaturePrefix;
    bytes += signature.name;
    bytes += ' ';
    bytes += Base64Encode(BigEndian(signature.key_id) + signature.signature);
    bytes += '\n';
  }
  return bytes;
}

absl::Status VerifyNote(const Note& note, const std::vector<NoteVerifier>& verifiers) {
  bool verified = false;
  for (const NoteVerifier& verifier : verifiers) {
    if (verifier.type() != NoteKeyType::kEd25519) continue;
    const NoteSignature* signature = note.Find(verifier.name(), verifier.key_id());
    if (signature == nullptr) continue;
    if (!verifier.key().Verify(note.text, signature->signature)) {
      return Malformed("note_signature_wrong",
                       "note: the signature of " + verifier.name() + " does not verify");
    }
    verified = true;
  }
  if (!verified) return Malformed("note_unsigned", "note: no known key has signed");
  return absl::OkStatus();
}

absl::StatusOr<Note> OpenNote(std::string_view bytes, const std::vector<NoteVerifier>& verifiers,
                              const NoteLimits& limits) {
  auto note = ParseNote(bytes, limits);
  if (!note.ok()) return note;
  if (absl::Status status = VerifyNote(*note, verifiers); !status.ok()) return status;
  return note;
}

absl::StatusOr<NoteSigner> NoteSigner::Create(std::string name, NoteKeyType type,
                                              std::shared_ptr<const Signer> signer) {
  auto verifier = NoteVerifier::Create(std::move(name), type, signer->public_key());
  if (!verifier.ok()) return verifier.status();
  return NoteSigner(*std::move(verifier), std::move(signer));
}

absl::StatusOr<NoteSignature> NoteSigner::Sign(std::string_view text) const {
  if (verifier_.type() != NoteKeyType::kEd25519) {
    return Malformed("note_key", "note: a cosigner's key signs no plain text");
  }
  if (!text.ends_with('\n')) return Bad("the text must end with a line feed");
  if (absl::Status status = CheckCharacters(text); !status.ok()) return status;
  auto bytes = signer_->Sign(text);
  if (!bytes.ok()) return bytes.status();
  return NoteSignature{verifier_.name(), verifier_.key_id(), *std::move(bytes)};
}

absl::StatusOr<std::string> SignNote(std::string_view text,
                                     const std::vector<NoteSigner>& signers) {
  Note note;
  note.text = text;
  for (const NoteSigner& signer : signers) {
    if (note.Find(signer.verifier().name(), signer.verifier().key_id()) != nullptr) {
      return Malformed("note_key_twice", "note: one key is asked to sign twice");
    }
    auto signature = signer.Sign(text);
    if (!signature.ok()) return signature.status();
    note.signatures.push_back(*std::move(signature));
  }
  return WriteNote(note);
}

}  // namespace bonafide::certs
