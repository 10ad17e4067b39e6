#include "registry/evidence_slots.h"

#include <string>
#include <string_view>
#include <utility>

#include "certs/reason.h"
#include "registry/evidence_entries.h"

namespace bonafide::registry {

absl::Status OpenDisclosures(std::string_view joined, const Subject& subject,
                             std::vector<ProvenSlot>& slots) {
  const std::string where = SubjectText(subject.number());
  std::vector<certs::Disclosure> disclosures;
  std::string_view rest = joined;
  while (!rest.empty()) {
    const size_t end = rest.find('~');
    if (end == std::string_view::npos) {
      return Malformed("evidence_disclosure", where + ": a disclosure without its ~");
    }
    auto disclosure = certs::ParseDisclosure(rest.substr(0, end), {1, kMaxDisclosureBytes});
    if (!disclosure.ok()) return Within(where, disclosure.status());
    disclosures.push_back(*std::move(disclosure));
    rest.remove_prefix(end + 1);
  }
  size_t next = 0;
  for (const LoggedEventPtr& event : subject.events()) {
    if (event->subjects.front() != subject.number()) continue;
    const auto& closed = event->event().slots;
    std::vector<certs::Disclosure> own;
    for (const Slot& slot : closed) {
      if (next < disclosures.size() && disclosures[next].digest == slot.digest) {
        own.push_back(disclosures[next++]);
      }
    }
    if (own.empty() || event->As<UnknownEvent>() != nullptr) continue;
    auto opened = OpenSlots(event->event(), own, /*all_required=*/false);
    if (!opened.ok()) return Within(where, opened.status());
    for (OpenedSlot& slot : *opened) {
      slots.push_back(
          {subject.number(), event->event().id, std::move(slot.name), std::move(slot.value)});
    }
  }
  if (next != disclosures.size()) {
    return Malformed("evidence_disclosure",
                     where + ": a disclosure opens nothing, or stands out of order");
  }
  return absl::OkStatus();
}

ProvenNames NamesIn(const std::vector<ProvenSlot>& slots, SubjectNumber practitioner) {
  ProvenNames names;
  for (const ProvenSlot& slot : slots) {
    if (slot.subject != practitioner || slot.value.AsString() == nullptr) continue;
    if (slot.slot == "name") names.held.emplace_back(slot.event, *slot.value.AsString());
    if (slot.slot == "name_on_paper") {
      names.on_paper.emplace_back(slot.event, *slot.value.AsString());
    }
  }
  return names;
}

}  // namespace bonafide::registry
