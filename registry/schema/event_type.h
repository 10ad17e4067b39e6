// The event types this version knows: one row each.
#ifndef BONAFIDE_REGISTRY_SCHEMA_EVENT_TYPE_H_
#define BONAFIDE_REGISTRY_SCHEMA_EVENT_TYPE_H_

#include <span>
#include <string_view>

#include "registry/event.h"
#include "registry/schema/claims.h"

namespace bonafide::registry::schema {

struct EventType {
  std::string_view name;
  bool is_creation;
  EventBody (*read)(Claims& claims);
  std::span<const std::string_view> slots;
};

// The type named in `vct`; nullptr when there is none.
const EventType* FindEventType(std::string_view vct);

// Whether `vct` has the form of an event type, known or not.
bool IsVct(std::string_view vct);

// The claims of `body`, appended to `members`. Precondition: not an UnknownEvent.
void WriteBody(const EventBody& body, Json::Members& members);

}  // namespace bonafide::registry::schema

#endif  // BONAFIDE_REGISTRY_SCHEMA_EVENT_TYPE_H_
