#include "storage/plan_world.h"

#include "merkle/frame.h"
#include "registry/closure.h"

namespace bonafide::storage {

PlannedSubject* PlanWorld::Load(SubjectNumber number) const {
  const auto found = subjects_.find(number.value);
  if (found != subjects_.end()) return &found->second;
  if (number.value >= applied_.subject_count() || !status_.ok()) return nullptr;
  auto applied = applied_.Find(number);
  if (!applied.ok()) {
    status_ = applied.status();
    return nullptr;
  }
  PlannedSubject planned;
  planned.before = applied->head;
  planned.head = std::move(applied->head);
  planned.subject = std::move(applied->subject);
  return &subjects_.emplace(number.value, std::move(planned)).first->second;
}

const registry::Subject* PlanWorld::Find(SubjectNumber number) const {
  const PlannedSubject* planned = Load(number);
  return planned == nullptr ? nullptr : planned->subject.get();
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
      planned->head.created_by = event->event().issuer;
      ++count_;
    }
    auto grown = std::make_shared<registry::Subject>(*planned->subject);
    grown->Append(event);
    SubjectHead& head = planned->head;
    places.push_back({number, static_cast<uint32_t>(head.entries())});
    head.kind = grown->kind();
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
    planned->subject = std::move(grown);
  }
  return places;
}

}  // namespace bonafide::storage
