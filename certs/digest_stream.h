// SHA-256 of bytes that arrive piece by piece, for what is too large to hold at once.
#ifndef BONAFIDE_CERTS_DIGEST_STREAM_H_
#define BONAFIDE_CERTS_DIGEST_STREAM_H_

#include <memory>
#include <string_view>

#include "certs/digest.h"

namespace bonafide {

// Not thread-safe. Move only; a moved-from object may only be destroyed.
class DigestStream {
 public:
  DigestStream();
  ~DigestStream();
  DigestStream(DigestStream&&) noexcept;
  DigestStream& operator=(DigestStream&&) noexcept;

  void Add(std::string_view bytes);
  // The digest of everything added. Precondition: called once, as the last call.
  Digest Finish();

 private:
  struct State;
  std::unique_ptr<State> state_;
};

}  // namespace bonafide

#endif  // BONAFIDE_CERTS_DIGEST_STREAM_H_
