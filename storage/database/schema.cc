#include "storage/database/schema.h"

#include "certs/reason.h"
#include "merkle/big_endian.h"

namespace bonafide::storage {
namespace {

constexpr size_t kPartKeyBytes = 8 + 4;

absl::Status Wrong(std::string_view what) {
  return Damaged("data_damaged", "a stored row is not a " + std::string(what));
}

void AppendU32(std::string& out, uint32_t value) {
  for (int shift = 24; shift >= 0; shift -= 8) out += static_cast<char>(value >> shift & 0xff);
}

uint32_t ReadU32(std::string_view bytes) {
  uint32_t value = 0;
  for (size_t i = 0; i < 4; ++i) value = value << 8 | static_cast<uint8_t>(bytes[i]);
  return value;
}

}  // namespace

std::string U64Key(uint64_t number) {
  std::string key;
  merkle::AppendU64(key, number);
  return key;
}

std::string PartKey(Part part) {
  std::string key = U64Key(part.of);
  AppendU32(key, part.number);
  return key;
}

std::string SubjectPrefix(SubjectNumber subject) { return U64Key(subject.value); }

std::string TokenIdKey(SubjectNumber issuer, std::string_view jti) {
  return U64Key(issuer.value) + std::string(jti);
}

std::string SchemeKey(std::string_view treatment, std::string_view territory) {
  std::string key(treatment);
  key += '\0';
  return key += territory;
}

std::string TileKey(unsigned level, uint64_t index) {
  std::string key(1, static_cast<char>(level));
  merkle::AppendU64(key, index);
  return key;
}

std::string CosignatureKey(TreeSize size, uint32_t key_id, std::string_view name) {
  std::string key = U64Key(size.value);
  AppendU32(key, key_id);
  return key += name;
}

std::string U64Value(uint64_t number) { return U64Key(number); }

absl::StatusOr<uint64_t> ParseU64Value(std::string_view value) {
  if (value.size() != 8) return Wrong("number");
  return merkle::ReadU64(value);
}

absl::StatusOr<Part> ParsePartKey(std::string_view key) {
  if (key.size() != kPartKeyBytes) return Wrong("key of a part");
  return Part{merkle::ReadU64(key), ReadU32(key.substr(8))};
}

}  // namespace bonafide::storage
