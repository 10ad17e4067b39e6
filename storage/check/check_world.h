// The world of a replay: as it was before the entry being checked. Internal to this room.
#ifndef BONAFIDE_STORAGE_CHECK_CHECK_WORLD_H_
#define BONAFIDE_STORAGE_CHECK_CHECK_WORLD_H_

#include <absl/status/status.h>

#include <memory>
#include <string>
#include <unordered_map>
#include <vector>

#include "registry/subject.h"
#include "storage/database/database.h"
#include "storage/history/subject_head.h"
#include "storage/register/subject_cache.h"

namespace bonafide::storage {

// Keeps the head of every subject, organisations and schemes whole, and reads practitioners from
// the store again when they are asked for and not among the last few thousand. Not thread-safe.
class CheckWorld final : public registry::World {
 public:
  CheckWorld(const Snapshot& snapshot, std::string origin)
      : snapshot_(snapshot), origin_(std::move(origin)), cache_(8192) {}

  uint64_t subject_count() const override { return heads_.size(); }
  const registry::Subject* Find(SubjectNumber number) const override;

  // Makes the next subject.
  void Create() { heads_.emplace_back(); }
  // Precondition: it exists.
  SubjectHead& Head(SubjectNumber number) { return heads_[number.value]; }
  const std::vector<SubjectHead>& heads() const { return heads_; }
  // Adds `event` to the parsed subject. Its head must have it already.
  void Append(SubjectNumber number, const registry::LoggedEventPtr& event);

 private:
  std::shared_ptr<const registry::Subject> Load(SubjectNumber number, uint64_t entries) const;

  const Snapshot& snapshot_;
  std::string origin_;
  std::vector<SubjectHead> heads_;
  std::unordered_map<uint64_t, std::shared_ptr<registry::Subject>> kept_;
  mutable SubjectCache cache_;
  // What Find returned for this entry, so that its pointers stay good.
  mutable std::vector<std::shared_ptr<const registry::Subject>> in_use_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_CHECK_CHECK_WORLD_H_
