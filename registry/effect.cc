#include "registry/effect.h"

#include <algorithm>
#include <string>

namespace bonafide::registry {

Effect::Effect(const SubjectSet& set, int64_t known_at_ms)
    : world_(&set), known_at_ms_(known_at_ms) {
  for (const auto& [number, subject] : set.subjects()) {
    for (const LoggedEventPtr& event : subject.events()) {
      const auto* version = event->As<SchemeVersion>();
      const bool newer =
          event->As<UnknownEvent>() != nullptr || (version != nullptr && version->rules != 1);
      if (newer && event->time_ms <= known_at_ms) update_needed_ = true;
    }
  }
}

bool Effect::Counts(const LoggedEvent& event) const {
  return event.time_ms <= known_at_ms_ && !IsVoid(event);
}

// Ends for every admitted event: a signer's void-ness rests on events of lower rank or, within one
// organisation, of lower index (docs/protocol.md, section 9).
bool Effect::IsVoid(const LoggedEvent& event) const {
  if (const auto known = void_.find(&event); known != void_.end()) return known->second;
  const Subject* signer = world_->Find(event.event().issuer);
  const bool is_void = [&] {
    if (event.index == LogIndex{0}) return false;
    if (signer == nullptr) return true;
    if (KeyIsCut(*signer, event)) return true;
    // What stands under a subject that was never created stands under nothing.
    const Subject* own = world_->Find(event.subjects.front());
    if (own != nullptr && &own->creation() != &event && IsVoid(own->creation())) return true;
    const GrantFilter filter = Filter();
    const Day day = Day::OfTime(event.time_ms);
    for (const PowerNeed& need : NeedsOf(event, *world_)) {
      if (!Holds(*world_, signer->number(), need, event.index, day, filter)) return true;
    }
    return false;
  }();
  void_.emplace(&event, is_void);
  return is_void;
}

bool Effect::KeyIsCut(const Subject& signer, const LoggedEvent& event) const {
  const Subject::Key* key = signer.FindKey(event.event().key);
  if (key == nullptr) return true;
  if (key->registered != &event && IsVoid(*key->registered)) return true;
  return std::any_of(key->revoked.begin(), key->revoked.end(), [&](const LoggedEvent* revoked) {
    const auto& cut = revoked->As<KeyRevoked>()->cut;
    return cut && event.index >= *cut && Counts(*revoked);
  });
}

GrantFilter Effect::Filter() const {
  return {
      [this](const LoggedEvent& granted, std::optional<LogIndex> at) {
        if (!Counts(granted)) return false;
        if (!at) return true;
        const Subject* holder = world_->Find(granted.subjects.front());
        for (const Subject::Grant& grant : holder->grants()) {
          if (grant.granted != &granted) continue;
          for (const LoggedEvent* end : grant.ended) {
            const auto& cut = end->As<AccreditationEnded>()->cut;
            if (cut && *at >= *cut && Counts(*end)) return false;
          }
        }
        return true;
      },
      [this](const LoggedEvent& ended) { return Counts(ended); },
  };
}

Holding Effect::HoldingOf(const Subject& subject, const LoggedEvent& event) const {
  Holding holding;
  const auto worsen = [&holding](const Holding& other) {
    if (holding.never) return;
    if (other.never || (other.from && (!holding.from || *other.from < *holding.from))) {
      holding = other;
    }
  };
  for (const LoggedEventPtr& later : subject.events()) {
    const auto* withdrawal = later->As<Withdrawal>();
    if (withdrawal == nullptr || withdrawal->target != event.event().id || !Counts(*later)) {
      continue;
    }
    worsen({later.get(), !withdrawal->from.has_value(), withdrawal->from});
  }
  std::optional<EventId> original;
  if (const auto* training = event.As<Training>()) original = training->replaces;
  if (const auto* insurance = event.As<Insurance>()) original = insurance->replaces;
  if (original) {
    // Originals come earlier in the log, so the chain ends.
    const LoggedEvent* replaced = subject.Find(*original);
    if (replaced != nullptr && replaced->index < event.index) {
      worsen(HoldingOf(subject, *replaced));
    }
  }
  return holding;
}

bool Effect::StoodOn(SubjectNumber organisation, Power power, std::string_view item, Day day,
                     std::optional<SubjectNumber> insurer) const {
  const PowerNeed need{power, std::string(item), insurer, false};
  const Subject* subject = world_->Find(organisation);
  if (subject == nullptr || subject->events().empty() || !Counts(subject->creation())) return false;
  return HeldOnDay(*world_, organisation, need, day, Filter());
}

}  // namespace bonafide::registry
