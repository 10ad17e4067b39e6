#include "certs/key_id.h"

#include "certs/base64.h"
#include "certs/reason.h"

namespace bonafide::certs {

absl::StatusOr<KeyId> KeyId::Parse(std::string_view text) {
  const auto bytes = Base64UrlDecode(text);
  if (!bytes.ok() || bytes->size() != Digest::kSizeBytes) {
    return Malformed("key_id", "a key is named by its thumbprint: 43 characters of base64url");
  }
  return KeyId(*Digest::FromBytes(*bytes));
}

std::string KeyId::ToString() const { return Base64UrlEncode(thumbprint_.view()); }

}  // namespace bonafide::certs
