// A finite set of subjects held in memory: what a piece of evidence brings.
#ifndef BONAFIDE_REGISTRY_SUBJECT_SET_H_
#define BONAFIDE_REGISTRY_SUBJECT_SET_H_

#include <cstdint>
#include <map>

#include "registry/subject.h"

namespace bonafide::registry {

// The subjects of one set, out of `subject_count` that exist. Not thread-safe while it grows.
class SubjectSet : public World {
 public:
  explicit SubjectSet(uint64_t subject_count) : subject_count_(subject_count) {}

  // The subject, empty when it is new to the set; Append events to it in log order.
  Subject& At(SubjectNumber number) {
    return subjects_.try_emplace(number, Subject(number)).first->second;
  }

  uint64_t subject_count() const override { return subject_count_; }
  const Subject* Find(SubjectNumber number) const override {
    const auto found = subjects_.find(number);
    return found == subjects_.end() || found->second.events().empty() ? nullptr : &found->second;
  }
  const std::map<SubjectNumber, Subject>& subjects() const { return subjects_; }

 private:
  uint64_t subject_count_;
  std::map<SubjectNumber, Subject> subjects_;
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_SUBJECT_SET_H_
