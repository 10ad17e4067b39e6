// The bytes of a v1.VerifyResponse, written without building the message first: the answer that is
// given most often is copied once, from where it was read to where it is sent.
#ifndef BONAFIDE_PROTO_VERIFY_WIRE_H_
#define BONAFIDE_PROTO_VERIFY_WIRE_H_

#include <cstddef>
#include <string_view>

#include "registry/evidence_parts.h"

namespace bonafide::proto {

// What is given must outlive the object and not change. The bytes are those that protobuf writes
// for the same message.
class VerifyResponseWire {
 public:
  // `verdict` is a serialised v1.Verdict, or empty for none.
  VerifyResponseWire(const registry::EvidenceParts& evidence, std::string_view verdict);

  size_t size_bytes() const { return size_bytes_; }
  // Writes exactly size_bytes() to `out`.
  void Write(char* out) const;

 private:
  const registry::EvidenceParts& evidence_;
  std::string_view verdict_;
  size_t evidence_bytes_ = 0;
  size_t size_bytes_ = 0;
};

}  // namespace bonafide::proto

#endif  // BONAFIDE_PROTO_VERIFY_WIRE_H_
