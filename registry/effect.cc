#include "registry/effect.h"

#include <algorithm>
#include <string>
#include <vector>

namespace bonafide::registry {
namespace {

// `holding`, or `other` where that ends sooner.
void Worsen(Holding& holding, const Holding& other) {
  if (holding.never) return;
  if (other.never || (other.from && (!holding.from || *other.from < *holding.from))) {
    holding = other;
  }
}

std::optional<EventId> ReplacedBy(const LoggedEvent& event) {
  if (const auto* training = event.As<Training>()) return training->replaces;
  if (const auto* insurance = event.As<Insurance>()) return insurance->replaces;
  return std::nullopt;
}

}  // namespace

Effect::Effect(const SubjectSet& set, int64_t known_at_ms)
    : world_(&set), known_at_ms_(known_at_ms) {
  set.ForEach([&](const Subject& subject) {
    for (const LoggedEventPtr& event : subject.events()) {
      const auto* version = event->As<SchemeVersion>();
      const bool newer =
          event->As<UnknownEvent>() != nullptr || (version != nullptr && version->rules != 1);
      if (newer && event->time_ms <= known_at_ms) update_needed_ = true;
    }
  });
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
    if (KeyIsCut(*signer, event) || IsVoid(signer->creation())) return true;
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
      [this](const Subject::Grant& grant, std::optional<LogIndex> at) {
        if (!Counts(*grant.granted)) return false;
        return !at || std::ranges::none_of(grant.ended, [&](const LoggedEvent* end) {
          const auto& cut = end->As<AccreditationEnded>()->cut;
          return cut && *at >= *cut && Counts(*end);
        });
      },
      [this](const LoggedEvent& ended) { return Counts(ended); },
  };
}

Holding Effect::WithdrawnFrom(const Subject& subject, const LoggedEvent& event) const {
  Holding holding;
  for (const LoggedEventPtr& later : subject.events()) {
    const auto* withdrawal = later->As<Withdrawal>();
    if (withdrawal != nullptr && withdrawal->target == event.event().id && Counts(*later)) {
      Worsen(holding, {later.get(), !withdrawal->from.has_value(), withdrawal->from});
    }
  }
  return holding;
}

// Chains of replacements can be as long as the subject's history, so each link is worked out once,
// and without recursion.
Holding Effect::HoldingOf(const Subject& subject, const LoggedEvent& event) const {
  std::vector<const LoggedEvent*> chain;
  Holding holding;
  for (const LoggedEvent* link = &event; link != nullptr;) {
    const auto known = holding_.find({&subject, link});
    if (known != holding_.end()) {
      holding = known->second;
      break;
    }
    chain.push_back(link);
    const std::optional<EventId> original = ReplacedBy(*link);
    const LoggedEvent* replaced = original ? subject.Find(*original) : nullptr;
    // Originals come earlier in the log, so the chain ends.
    link = replaced != nullptr && replaced->index < link->index ? replaced : nullptr;
  }
  for (; !chain.empty(); chain.pop_back()) {
    Holding own = WithdrawnFrom(subject, *chain.back());
    Worsen(own, holding);
    holding = own;
    holding_.emplace(Held(&subject, chain.back()), holding);
  }
  return holding;
}

bool Effect::StoodOn(SubjectNumber organisation, Power power, std::string_view item, Day day,
                     std::optional<SubjectNumber> insurer) const {
  const Subject* subject = world_->Find(organisation);
  if (subject == nullptr || subject->events().empty() || !Counts(subject->creation())) return false;
  if (power == Power::kIssueInsurance && !insurer &&
      subject->organisation_kind() == OrganisationKind::kInsurer) {
    insurer = organisation;
  }
  const Standing asked(organisation, power, item, day, insurer);
  if (const auto known = stood_.find(asked); known != stood_.end()) return known->second;
  const PowerNeed need{power, std::string(item), insurer, false};
  const bool stood = HeldOnDay(*world_, organisation, need, day, Filter());
  stood_.emplace(asked, stood);
  return stood;
}

}  // namespace bonafide::registry
