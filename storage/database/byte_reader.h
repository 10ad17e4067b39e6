// Reading stored rows field by field, never beyond their end. Internal to this room.
#ifndef BONAFIDE_STORAGE_DATABASE_BYTE_READER_H_
#define BONAFIDE_STORAGE_DATABASE_BYTE_READER_H_

#include <cstdint>
#include <string_view>

namespace bonafide::storage {

// After a read beyond the end every read gives zeros and ok() is false: check it once, at the end.
class ByteReader {
 public:
  explicit ByteReader(std::string_view bytes) : rest_(bytes) {}

  bool ok() const { return ok_; }
  bool done() const { return rest_.empty(); }

  uint8_t U8() { return static_cast<uint8_t>(Integer(1)); }
  uint16_t U16() { return static_cast<uint16_t>(Integer(2)); }
  uint32_t U32() { return static_cast<uint32_t>(Integer(4)); }
  uint64_t U64() { return Integer(8); }
  std::string_view Bytes(size_t size) {
    if (size > rest_.size()) {
      ok_ = false;
      rest_ = {};
      return {};
    }
    const std::string_view bytes = rest_.substr(0, size);
    rest_.remove_prefix(size);
    return bytes;
  }
  std::string_view Rest() { return Bytes(rest_.size()); }

 private:
  uint64_t Integer(size_t size) {
    uint64_t value = 0;
    for (char c : Bytes(size)) value = value << 8 | static_cast<uint8_t>(c);
    return value;
  }

  std::string_view rest_;
  bool ok_ = true;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_DATABASE_BYTE_READER_H_
