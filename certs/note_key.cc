#include "certs/base64.h"
#include "certs/note.h"
#include "certs/reason.h"
#include "certs/utf8.h"

namespace bonafide::certs {
namespace {

constexpr size_t kMaxNameSizeBytes = 255;

// White_Space of Unicode, which Go's unicode.IsSpace and thus C2SP's reference also uses.
bool IsSpace(char32_t c) {
  return (c >= 0x09 && c <= 0x0d) || c == 0x20 || c == 0x85 || c == 0xa0 || c == 0x1680 ||
         (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 || c == 0x202f || c == 0x205f ||
         c == 0x3000;
}

bool IsControl(uint32_t c) { return c < 0x20 || (c >= 0x7F && c <= 0x9F); }

std::string Hex8(uint32_t value) {
  static constexpr char kDigits[] = "0123456789abcdef";
  std::string hex;
  for (int shift = 28; shift >= 0; shift -= 4) hex += kDigits[value >> shift & 15];
  return hex;
}

absl::Status BadVkey(std::string_view what) {
  return Malformed("note_vkey", "verifier key: " + std::string(what));
}

}  // namespace

bool IsNoteKeyName(std::string_view name) {
  if (name.empty() || name.size() > kMaxNameSizeBytes) return false;
  while (!name.empty()) {
    const auto c = TakeCodePoint(name);
    if (!c || IsControl(*c) || *c == '+' || IsSpace(*c)) return false;
  }
  return true;
}

uint32_t NoteKeyId(std::string_view name, NoteKeyType type, const PublicKey& key) {
  const char type_byte = static_cast<char>(type);
  const Digest digest = Sha256({name, "\n", std::string_view(&type_byte, 1), key.raw()});
  uint32_t id = 0;
  for (int i = 0; i < 4; ++i) id = id << 8 | digest.bytes[static_cast<size_t>(i)];
  return id;
}

NoteVerifier::NoteVerifier(std::string name, NoteKeyType type, PublicKey key)
    : name_(std::move(name)),
      type_(type),
      key_(std::move(key)),
      key_id_(NoteKeyId(name_, type_, key_)) {}

absl::StatusOr<NoteVerifier> NoteVerifier::Create(std::string name, NoteKeyType type,
                                                  PublicKey key) {
  if (!IsNoteKeyName(name)) {
    return Malformed("note_key",
                     "note key: a name has no space and no plus sign, and is not empty");
  }
  if (key.algorithm() != Algorithm::kEd25519) {
    return Malformed("note_key", "note key: only Ed25519 keys sign notes");
  }
  return NoteVerifier(std::move(name), type, std::move(key));
}

absl::StatusOr<NoteVerifier> NoteVerifier::FromVkey(std::string_view vkey) {
  // The name has no '+'; the base64 may.
  const size_t first = vkey.find('+');
  const size_t second = first == vkey.npos ? vkey.npos : vkey.find('+', first + 1);
  if (second == vkey.npos) return BadVkey("must be name+identifier+key");
  const std::string_view hex = vkey.substr(first + 1, second - first - 1);
  const auto bytes = Base64Decode(vkey.substr(second + 1));
  if (!bytes.ok()) return BadVkey("the key is not canonical base64");
  if (bytes->size() != 33) return BadVkey("must hold a type byte and 32 key bytes");
  const auto type = static_cast<NoteKeyType>(bytes->front());
  if (type != NoteKeyType::kEd25519 && type != NoteKeyType::kCosignature) {
    return BadVkey("a type other than Ed25519 signature (01) and cosignature (04)");
  }
  auto key = PublicKey::FromEd25519Raw(std::string_view(*bytes).substr(1));
  if (!key.ok()) return Within("verifier key", key.status());
  auto verifier = Create(std::string(vkey.substr(0, first)), type, *std::move(key));
  if (!verifier.ok()) return BadVkey("the name is empty or holds a space");
  if (hex != Hex8(verifier->key_id())) return BadVkey("the identifier does not fit name and key");
  return verifier;
}

std::string NoteVerifier::ToVkey() const {
  return name_ + '+' + Hex8(key_id_) + '+' +
         Base64Encode(std::string(1, static_cast<char>(type_)) + key_.raw());
}

}  // namespace bonafide::certs
