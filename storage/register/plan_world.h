// The world while a batch is planned: the applied state with the batch's own events on top.
#ifndef BONAFIDE_STORAGE_REGISTER_PLAN_WORLD_H_
#define BONAFIDE_STORAGE_REGISTER_PLAN_WORLD_H_

#include <absl/status/status.h>

#include <cstdint>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <utility>
#include <vector>

#include "registry/subject.h"
#include "storage/register/applied_state.h"

namespace bonafide::storage {

// A subject as the batch changes it.
struct PlannedSubject {
  bool is_new = false;
  bool changed = false;
  SubjectHead before;  // meaningless for a new one
  SubjectHead head;
  // With the events added; null where no rule has asked for the events of a practitioner.
  std::shared_ptr<const registry::Subject> subject;
  std::vector<registry::LoggedEventPtr> added;
  std::string new_frames;  // of the entries added
};

// `subject` with `added` at its end.
std::shared_ptr<const registry::Subject> Grown(const registry::Subject& subject,
                                               const std::vector<registry::LoggedEventPtr>& added);

// Not thread-safe.
class PlanWorld final : public registry::World {
 public:
  explicit PlanWorld(const AppliedState& applied)
      : applied_(applied), count_(applied.subject_count()) {}

  uint64_t subject_count() const override { return count_; }
  // Nothing also where reading failed: look at TakeStatus before believing that.
  const registry::Subject* Find(SubjectNumber number) const override;
  std::optional<registry::Founding> FindFounding(SubjectNumber number) const override;
  // The first error of reading since it was last asked for.
  absl::Status TakeStatus() { return std::exchange(status_, absl::OkStatus()); }

  // The subject's head as planned so far, or nullptr where it does not exist.
  const SubjectHead* HeadOf(SubjectNumber number) const;

  // Adds an admitted event, whose `entry` has `leaf_hash`, to all its subjects; makes the first one
  // where the event is a creation. `disclosed_bytes` is what its disclosures add. Returns the
  // entry's places. Precondition: HeadOf was asked for each of them that exists, and found it.
  std::vector<EntryPlace> Append(const registry::LoggedEventPtr& event, const std::string& entry,
                                 const Digest& leaf_hash, size_t disclosed_bytes);

  // All subjects looked at, ascending.
  const std::map<uint64_t, PlannedSubject>& subjects() const { return subjects_; }

 private:
  PlannedSubject* Load(SubjectNumber number) const;

  const AppliedState& applied_;
  uint64_t count_;
  mutable std::map<uint64_t, PlannedSubject> subjects_;
  mutable absl::Status status_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_PLAN_WORLD_H_
