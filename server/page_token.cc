#include "server/page_token.h"

#include "certs/base64.h"
#include "certs/mac.h"
#include "proto/field.h"

namespace bonafide::server {
namespace {

constexpr size_t kTagBytes = 16;
constexpr size_t kMaxTokenBytes = 256;

// The length keeps positions and queries apart.
std::string Tag(const std::string& key, std::string_view query, std::string_view position) {
  std::string message = std::to_string(position.size()) + " ";
  message.append(position).append(query);
  return std::string(certs::HmacSha256(key, message).view().substr(0, kTagBytes));
}

}  // namespace

std::string PageTokens::Seal(std::string_view query, std::string_view position) const {
  return certs::Base64UrlEncode(Tag(key_, query, position) + std::string(position));
}

absl::StatusOr<std::string> PageTokens::Open(std::string_view query, std::string_view token) const {
  if (token.empty()) return std::string();
  if (token.size() <= kMaxTokenBytes) {
    const auto bytes = certs::Base64UrlDecode(token);
    if (bytes.ok() && bytes->size() > kTagBytes) {
      const std::string position = bytes->substr(kTagBytes);
      if (certs::EqualInConstantTime(bytes->substr(0, kTagBytes), Tag(key_, query, position))) {
        return position;
      }
    }
  }
  return proto::MalformedField("page_token", "page_token",
                               "not a token of this list; ask for the first page again");
}

}  // namespace bonafide::server
