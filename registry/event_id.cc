#include "registry/event_id.h"

#include "certs/base64.h"
#include "certs/reason.h"

namespace bonafide::registry {

std::string EventId::ToString() const { return certs::Base64UrlEncode(digest.view()); }

absl::StatusOr<EventId> EventId::Parse(std::string_view text) {
  const auto bytes = certs::Base64UrlDecode(text);
  if (!bytes.ok() || bytes->size() != Digest::kSizeBytes) {
    return Malformed("event_id", "an event is named by its identity: 43 characters of base64url");
  }
  return EventId{*Digest::FromBytes(*bytes)};
}

}  // namespace bonafide::registry
