#include "storage/check/check_world.h"

#include "storage/history/subject_reader.h"
#include "storage/register/resident.h"

namespace bonafide::storage {

std::shared_ptr<const registry::Subject> CheckWorld::Load(SubjectNumber number,
                                                          uint64_t entries) const {
  if (auto cached = cache_.Find(number, entries)) return cached;
  std::string frames;
  if (!ReadFrames(snapshot_, number, 0, entries, frames).ok()) return nullptr;
  auto parsed = ParseStoredSubject(number, frames, origin_);
  if (!parsed.ok()) return nullptr;
  cache_.Keep(*parsed);
  return *parsed;
}

const registry::Subject* CheckWorld::Find(SubjectNumber number) const {
  const auto kept = kept_.find(number.value);
  if (kept != kept_.end()) return kept->second.get();
  if (number.value >= heads_.size() || heads_[number.value].entries() == 0) return nullptr;
  in_use_.push_back(Load(number, heads_[number.value].entries()));
  return in_use_.back().get();
}

void CheckWorld::Append(SubjectNumber number, const registry::LoggedEventPtr& event) {
  in_use_.clear();
  const SubjectHead& head = heads_[number.value];
  if (IsResident(head.kind)) {
    auto& subject = kept_[number.value];
    if (!subject) subject = std::make_shared<registry::Subject>(number);
    subject->Append(event);
    return;
  }
  const uint64_t before = head.entries() - 1;
  const auto old = before == 0 ? nullptr : cache_.Find(number, before);
  if (before > 0 && !old) return;  // read again when it is asked for
  auto grown =
      old ? std::make_shared<registry::Subject>(*old) : std::make_shared<registry::Subject>(number);
  grown->Append(event);
  cache_.Keep(std::move(grown));
}

}  // namespace bonafide::storage
