#include <algorithm>

#include "certs/reason.h"
#include "registry/event_schema.h"
#include "registry/schema/slots.h"
#include "registry/text_rules.h"

namespace bonafide::registry {
namespace {

// Which slot of `event` has this digest; the number of slots when none has.
size_t SlotWith(const Event& event, const Digest& digest) {
  const auto found = std::ranges::find(event.slots, digest, &Slot::digest);
  return static_cast<size_t>(found - event.slots.begin());
}

absl::Status CheckDisclosure(const Event& event, const Slot& slot,
                             const certs::Disclosure& disclosure) {
  if (disclosure.name != schema::kDisclosureName) {
    return Malformed("disclosure_name", slot.name + ": a disclosure is named \"value\"");
  }
  if (!IsNonce(disclosure.salt)) {
    return Malformed("disclosure_salt", slot.name + ": a salt is 22 to 64 base64url characters");
  }
  const bool is_known = event.As<UnknownEvent>() == nullptr;
  if (is_known && !schema::IsSlotValue(slot.name, disclosure.value)) {
    return Malformed("slot_value", slot.name + ": the value disclosed is not of the slot's form");
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<std::vector<OpenedSlot>> OpenSlots(const Event& event,
                                                  const std::vector<certs::Disclosure>& disclosures,
                                                  bool all_required) {
  std::vector<OpenedSlot> opened;
  opened.reserve(disclosures.size());
  size_t next = 0;  // the first slot that may still be opened
  for (size_t i = 0; i < disclosures.size(); ++i) {
    const certs::Disclosure& disclosure = disclosures[i];
    const size_t at = SlotWith(event, disclosure.digest);
    if (at == event.slots.size()) {
      return Malformed("disclosure_unreferenced",
                       "disclosure " + std::to_string(i) + ": no slot has its digest");
    }
    const Slot& slot = event.slots[at];
    if (at < next) {
      const bool again = std::ranges::any_of(
          opened, [&slot](const OpenedSlot& each) { return each.name == slot.name; });
      return again ? Malformed("disclosure_twice", slot.name + ": disclosed twice")
                   : Malformed("disclosure_order", slot.name + ": not in the order of the slots");
    }
    if (absl::Status status = CheckDisclosure(event, slot, disclosure); !status.ok()) return status;
    opened.push_back({slot.name, disclosure.value});
    next = at + 1;
  }
  if (all_required && opened.size() != event.slots.size()) {
    return Malformed("slot_not_disclosed", std::to_string(event.slots.size() - opened.size()) +
                                               " of the slots were not disclosed");
  }
  return opened;
}

}  // namespace bonafide::registry
