// The bytes of a v1.VerifyResponse, written without building the message first: the answer that is
// given most often is copied once, from where it was read to where it is sent.
#ifndef BONAFIDE_PROTO_VERIFY_WIRE_H_
#define BONAFIDE_PROTO_VERIFY_WIRE_H_

#include <cstddef>
#include <cstdint>
#include <string_view>
#include <vector>

#include "registry/evidence.h"

namespace bonafide::proto {

// What is given must outlive the object and not change. The bytes are those that protobuf writes
// for the same message.
class VerifyResponseWire {
 public:
  // `known_entries` for each subject of `evidence`, in the same order. `verdict` is a serialised
  // v1.Verdict, or empty for none.
  VerifyResponseWire(const registry::Evidence& evidence, const std::vector<uint64_t>& known_entries,
                     std::string_view verdict);

  size_t size_bytes() const { return size_bytes_; }
  // Writes exactly size_bytes() to `out`.
  void Write(char* out) const;

 private:
  size_t SubjectBytes(size_t i) const;

  const registry::Evidence& evidence_;
  const std::vector<uint64_t>& known_entries_;
  std::string_view verdict_;
  size_t evidence_bytes_ = 0;
  size_t size_bytes_ = 0;
};

}  // namespace bonafide::proto

#endif  // BONAFIDE_PROTO_VERIFY_WIRE_H_
