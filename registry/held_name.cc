#include "registry/held_name.h"

#include <algorithm>
#include <string_view>

namespace bonafide::registry {
namespace {

constexpr std::string_view kName = "name";

bool GivesAName(const Event& event) {
  return std::ranges::any_of(event.slots, [](const Slot& slot) { return slot.name == kName; });
}

// Since when what `event` says of the practitioner holds; nothing: from the registration on.
std::optional<Day> Begin(const LoggedEvent& event) {
  const auto* amended = event.As<PractitionerAmended>();
  return amended == nullptr ? std::nullopt : std::optional(amended->from);
}

}  // namespace

std::optional<std::string> HeldName(const Effect& effect, const Subject& practitioner,
                                    const std::vector<ProvenSlot>& slots, Day day) {
  const LoggedEvent* newest = nullptr;
  for (const LoggedEventPtr& event : practitioner.events()) {  // in the order of the log
    if (!GivesAName(event->event()) || !effect.Counts(*event)) continue;
    const std::optional<Day> begin = Begin(*event);
    if (begin > day || !effect.HoldingOf(practitioner, *event).OnDay(day)) continue;
    if (newest == nullptr || begin >= Begin(*newest)) newest = event.get();
  }
  if (newest == nullptr) return std::nullopt;
  for (const ProvenSlot& slot : slots) {
    if (slot.subject != practitioner.number() || slot.event != newest->event().id) continue;
    const std::string* text = slot.slot == kName ? slot.value.AsString() : nullptr;
    if (text != nullptr) return *text;
  }
  return std::nullopt;
}

}  // namespace bonafide::registry
