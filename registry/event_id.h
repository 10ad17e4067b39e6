// The identity of an event (docs/protocol.md, section 2).
#ifndef BONAFIDE_REGISTRY_EVENT_ID_H_
#define BONAFIDE_REGISTRY_EVENT_ID_H_

#include <absl/status/statusor.h>

#include <compare>
#include <string>
#include <string_view>

#include "certs/digest.h"

namespace bonafide::registry {

// SHA-256 of the JWS signing input: equal for every signature over the same statement.
struct EventId {
  Digest digest;

  auto operator<=>(const EventId&) const = default;

  std::string ToString() const;  // base64url, 43 characters
  // Error: reason "event_id" unless exactly 43 characters of strict base64url.
  static absl::StatusOr<EventId> Parse(std::string_view text);
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_EVENT_ID_H_
