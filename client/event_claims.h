// Events as JSON files: the claims of docs/protocol.md, section 3, without those that every event
// has. Read by the same schema that reads tokens.
#ifndef BONAFIDE_CLIENT_EVENT_CLAIMS_H_
#define BONAFIDE_CLIENT_EVENT_CLAIMS_H_

#include <absl/status/statusor.h>

#include <string_view>
#include <vector>

#include "certs/json.h"
#include "registry/event_schema.h"

namespace bonafide::client {

struct EventClaims {
  registry::EventBody body;
  std::vector<registry::OpenedSlot> personal;
};

// Reads an event of `type` ("training"): an object with its claims, and a member `personal` with
// the plain values of its slots, {"name": "...", ...}, where it has any. Errors: "vct" (no such
// type), "slot_unknown", "slot_value", and those of registry::ParseToken about claims.
absl::StatusOr<EventClaims> ReadEventClaims(std::string_view type, const certs::Json& json);

// The claims of `body`, as ReadEventClaims reads them. For an UnknownEvent: none.
certs::Json WriteEventClaims(const registry::EventBody& body);

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_EVENT_CLAIMS_H_
