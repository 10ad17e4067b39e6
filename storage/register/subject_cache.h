// Parsed practitioners that were wanted lately.
#ifndef BONAFIDE_STORAGE_REGISTER_SUBJECT_CACHE_H_
#define BONAFIDE_STORAGE_REGISTER_SUBJECT_CACHE_H_

#include <cstddef>
#include <cstdint>
#include <list>
#include <memory>
#include <mutex>
#include <unordered_map>

#include "registry/subject.h"

namespace bonafide::storage {

// A subject only ever grows, so a cached one is right for whoever expects as many entries as it
// has, and for nobody else. Thread-safe.
class SubjectCache {
 public:
  using SubjectPtr = std::shared_ptr<const registry::Subject>;

  // It holds at most `capacity` events, whoever's they are.
  explicit SubjectCache(size_t capacity) : capacity_(capacity) {}

  // The subject with exactly `entries` entries, or nullptr.
  SubjectPtr Find(registry::SubjectNumber number, uint64_t entries);
  // Keeps `subject` unless a longer one is kept already; the least recently used gives way.
  void Keep(SubjectPtr subject);
  void Clear();

 private:
  const size_t capacity_;
  std::mutex mutex_;
  size_t events_ = 0;
  std::list<SubjectPtr> by_use_;  // the most recent first
  std::unordered_map<uint64_t, std::list<SubjectPtr>::iterator> by_number_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_SUBJECT_CACHE_H_
