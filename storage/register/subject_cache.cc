#include "storage/register/subject_cache.h"

#include <utility>

namespace bonafide::storage {

SubjectCache::SubjectPtr SubjectCache::Find(registry::SubjectNumber number, uint64_t entries) {
  const std::scoped_lock lock(mutex_);
  const auto found = by_number_.find(number.value);
  if (found == by_number_.end() || (*found->second)->events().size() != entries) return nullptr;
  by_use_.splice(by_use_.begin(), by_use_, found->second);
  return by_use_.front();
}

void SubjectCache::Keep(SubjectPtr subject) {
  const std::scoped_lock lock(mutex_);
  const auto found = by_number_.find(subject->number().value);
  if (found != by_number_.end()) {
    const size_t before = (*found->second)->events().size();
    if (before < subject->events().size()) {
      events_ += subject->events().size() - before;
      *found->second = std::move(subject);
    }
    by_use_.splice(by_use_.begin(), by_use_, found->second);
  } else {
    events_ += subject->events().size();
    by_use_.push_front(std::move(subject));
    by_number_[by_use_.front()->number().value] = by_use_.begin();
  }
  while (events_ > capacity_) {
    events_ -= by_use_.back()->events().size();
    by_number_.erase(by_use_.back()->number().value);
    by_use_.pop_back();
  }
}

void SubjectCache::Clear() {
  const std::scoped_lock lock(mutex_);
  by_use_.clear();
  by_number_.clear();
  events_ = 0;
}

}  // namespace bonafide::storage
