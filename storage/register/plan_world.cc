#include "storage/register/plan_world.h"

#include "merkle/frame.h"
#include "registry/closure.h"

namespace bonafide::storage {

std::shared_ptr<const registry::Subject> Grown(const registry::Subject& subject,
                                               const std::vector<registry::LoggedEventPtr>& added) {
  auto grown = std::make_shared<registry::Subject>(subject);
  for (const registry::LoggedEventPtr& event : added) grown->Append(event);
  return grown;
}

PlannedSubject* PlanWorld::Load(SubjectNumber number) const {
  const auto found = subjects_.find(number.value);
  if (found != subjects_.end()) return &found->second;
  if (number.value >= applied_.subject_count()) return nullptr;
  auto head = applied_.FindHead(number);
  if (!head.ok()) {
    status_.Update(head.status());
    return nullptr;
  }
  PlannedSubject planned;
  planned.before = *head;
  planned.head = *std::move(head);
  return &subjects_.emplace(number.value, std::move(planned)).first->second;
}

const registry::Subject* PlanWorld::Find(SubjectNumber number) const {
  PlannedSubject* planned = Load(number);
  if (planned == nullptr) return nullptr;
  if (!planned->subject) {
    auto subject = applied_.FindSubject(number, planned->before);
    if (!subject.ok()) {
      status_.Update(subject.status());
      return nullptr;
    }
    planned->subject =
        planned->added.empty() ? *std::move(subject) : Grown(**subject, planned->added);
  }
  return planned->subject.get();
}

std::optional<registry::Founding> PlanWorld::FindFounding(SubjectNumber number) const {
  const PlannedSubject* planned = Load(number);
  if (planned == nullptr) return std::nullopt;
  return registry::Founding{planned->head.anchor, planned->head.kind, planned->head.created_by};
}

const SubjectHead* PlanWorld::HeadOf(SubjectNumber number) const {
  const PlannedSubject* planned = Load(number);
  return planned == nullptr ? nullptr : &planned->head;
}

std::vector<EntryPlace> PlanWorld::Append(const registry::LoggedEventPtr& event,
                                          const std::string& entry, const Digest& leaf_hash,
                                          size_t disclosed_bytes) {
  std::vector<EntryPlace> places;
  for (SubjectNumber number : event->subjects) {
    const bool own = places.empty();
    PlannedSubject* planned = Load(number);
    if (planned == nullptr) {
      planned = &subjects_[number.value];
      planned->is_new = true;
      planned->subject = std::make_shared<registry::Subject>(number);
      planned->head.kind = registry::KindOf(event->event());
      planned->head.created_by = event->event().issuer;
      planned->head.anchor = event->event().id;
      ++count_;
    }
    planned->added.push_back(event);
    if (planned->subject) planned->subject = Grown(*planned->subject, {event});
    SubjectHead& head = planned->head;
    places.push_back({number, static_cast<uint32_t>(head.entries())});
    head.log_size = {event->index.value + 1};
    head.frontier.Append(leaf_hash);
    head.stored_bytes += merkle::kFrameHeaderSizeBytes + entry.size();
    if (own) {
      head.stored_bytes += disclosed_bytes;
      head.disclosure_rows += event->event().slots.empty() ? 0 : 1;
    }
    head.Refer(registry::ReferencesOf(event->event()));
    // Within its limit: the token was capped when it was parsed.
    merkle::AppendFrame(entry, planned->new_frames).IgnoreError();
    planned->changed = true;
  }
  return places;
}

}  // namespace bonafide::storage
