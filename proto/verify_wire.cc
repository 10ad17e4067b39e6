#include "proto/verify_wire.h"

#include <bit>
#include <cstring>

namespace bonafide::proto {
namespace {

// All field numbers here are below 16, so that every tag is one byte.
constexpr uint8_t VarintTag(int field) { return static_cast<uint8_t>(field << 3); }
constexpr uint8_t LengthTag(int field) { return static_cast<uint8_t>(field << 3 | 2); }

// Ceiling of the significant bits over 7, at least 1.
size_t VarintBytes(uint64_t value) {
  return (static_cast<size_t>(std::bit_width(value | 1)) + 6) / 7;
}
size_t NumberBytes(uint64_t value) { return value == 0 ? 0 : 1 + VarintBytes(value); }
size_t FieldBytes(size_t size) { return 1 + VarintBytes(size) + size; }
size_t StringBytes(std::string_view value) { return value.empty() ? 0 : FieldBytes(value.size()); }

class Cursor {
 public:
  explicit Cursor(char* out) : out_(out) {}

  void Number(int field, uint64_t value) {
    if (value == 0) return;
    Byte(VarintTag(field));
    Varint(value);
  }
  void Length(int field, size_t size) {
    Byte(LengthTag(field));
    Varint(size);
  }
  void String(int field, std::string_view value) {
    if (value.empty()) return;
    Length(field, value.size());
    Bytes(value);
  }
  void Bytes(std::string_view value) {
    std::memcpy(out_, value.data(), value.size());
    out_ += value.size();
  }

 private:
  void Byte(uint64_t value) { *out_++ = static_cast<char>(value); }
  void Varint(uint64_t value) {
    for (; value >= 0x80; value >>= 7) Byte((value & 0x7F) | 0x80);
    Byte(value);
  }

  char* out_;
};

size_t SubjectBytes(const registry::SubjectParts& subject, size_t entries_bytes) {
  return NumberBytes(subject.number.value) + NumberBytes(subject.known_entries) +
         (entries_bytes == 0 ? 0 : FieldBytes(entries_bytes)) + StringBytes(subject.disclosures) +
         StringBytes(subject.proof);
}

}  // namespace

VerifyResponseWire::VerifyResponseWire(const registry::EvidenceParts& evidence,
                                       std::string_view verdict)
    : evidence_(evidence), verdict_(verdict) {
  evidence_bytes_ = NumberBytes(evidence.version) + StringBytes(evidence.checkpoint) +
                    StringBytes(evidence.state_entry) + StringBytes(evidence.state_inclusion);
  for (const registry::SubjectParts& subject : evidence.subjects) {
    evidence_bytes_ += FieldBytes(SubjectBytes(subject, subject.EntriesBytes()));
  }
  size_bytes_ = FieldBytes(evidence_bytes_) + StringBytes(verdict);
}

void VerifyResponseWire::Write(char* out) const {
  Cursor cursor(out);
  cursor.Length(1, evidence_bytes_);
  cursor.Number(1, evidence_.version);
  cursor.String(2, evidence_.checkpoint);
  cursor.String(3, evidence_.state_entry);
  cursor.String(4, evidence_.state_inclusion);
  for (const registry::SubjectParts& subject : evidence_.subjects) {
    const size_t entries_bytes = subject.EntriesBytes();
    cursor.Length(5, SubjectBytes(subject, entries_bytes));
    cursor.Number(1, subject.number.value);
    cursor.Number(2, subject.known_entries);
    if (entries_bytes > 0) {
      cursor.Length(3, entries_bytes);
      for (std::string_view piece : subject.entries) cursor.Bytes(piece);
    }
    cursor.String(4, subject.disclosures);
    cursor.String(5, subject.proof);
  }
  cursor.String(2, verdict_);
}

}  // namespace bonafide::proto
