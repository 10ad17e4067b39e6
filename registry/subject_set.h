// A finite set of subjects held in memory: what one answer is judged by.
#ifndef BONAFIDE_REGISTRY_SUBJECT_SET_H_
#define BONAFIDE_REGISTRY_SUBJECT_SET_H_

#include <cstdint>
#include <map>
#include <memory>
#include <utility>

#include "registry/subject.h"

namespace bonafide::registry {

// The subjects of one set, out of `subject_count` that exist. Not thread-safe while it grows.
class SubjectSet : public World {
 public:
  explicit SubjectSet(uint64_t subject_count) : subject_count_(subject_count) {}
  SubjectSet(SubjectSet&&) = default;

  // The subject, empty when it is new to the set; Append events to it in log order. Precondition:
  // it was not given to Share.
  Subject& At(SubjectNumber number) {
    Member& member = subjects_[number];
    if (member.growing == nullptr) {
      auto subject = std::make_shared<Subject>(number);
      member = {subject, subject.get()};
    }
    return *member.growing;
  }
  // Adds a subject that is whole. Preconditions: it has events, and is new to the set.
  void Share(std::shared_ptr<const Subject> subject) {
    const SubjectNumber number = subject->number();
    subjects_[number] = {std::move(subject), nullptr};
  }

  uint64_t subject_count() const override { return subject_count_; }
  const Subject* Find(SubjectNumber number) const override {
    const auto found = subjects_.find(number);
    if (found == subjects_.end() || found->second.subject->events().empty()) return nullptr;
    return found->second.subject.get();
  }
  // Calls `visit` with each, in the order of their numbers.
  template <typename Visit>
  void ForEach(Visit&& visit) const {
    for (const auto& [number, member] : subjects_) visit(*member.subject);
  }

 private:
  struct Member {
    std::shared_ptr<const Subject> subject;
    Subject* growing = nullptr;  // the same, where it is this set's own
  };

  uint64_t subject_count_;
  std::map<SubjectNumber, Member> subjects_;
};

}  // namespace bonafide::registry

#endif  // BONAFIDE_REGISTRY_SUBJECT_SET_H_
