// Personal slots: which events have which, and what may be disclosed in them (docs/protocol.md,
// section 2).
#ifndef BONAFIDE_REGISTRY_SCHEMA_SLOTS_H_
#define BONAFIDE_REGISTRY_SCHEMA_SLOTS_H_

#include <span>
#include <string_view>
#include <vector>

#include "certs/json.h"
#include "registry/event.h"
#include "registry/schema/claims.h"

namespace bonafide::registry::schema {

// The name of every disclosure.
inline constexpr std::string_view kDisclosureName = "value";

// Reads `personal` of an event that may have the slots in `allowed`; where that is empty the claim
// is left unread, hence unknown. Faults: "slot_unknown", "slot_digest" and those of Claims.
std::vector<Slot> ReadSlots(Claims& claims, std::span<const std::string_view> allowed);
// The same where any code may name a slot: an event of a type this version does not know.
std::vector<Slot> ReadUnknownSlots(Claims& claims);

// Faults with "slot_missing" when `body` asks for a slot that is not there.
void RequireSlots(const EventBody& body, const std::vector<Slot>& slots, Claims& claims);

// Whether `value` has the form of slot `name`. Precondition: the schema knows the slot.
bool IsSlotValue(std::string_view name, const Json& value);

// Faults with "slot_digest" when `json`, outside the claim `personal` of its top level, holds a
// member `_sd` or `...` at any depth. For the claims no schema reads.
void RefuseHiddenClaims(const Json& json, Claims& claims);

}  // namespace bonafide::registry::schema

#endif  // BONAFIDE_REGISTRY_SCHEMA_SLOTS_H_
