// What a View reads from. Internal to this room.
#ifndef BONAFIDE_STORAGE_REGISTER_HEAD_STATE_H_
#define BONAFIDE_STORAGE_REGISTER_HEAD_STATE_H_

#include <cstdint>
#include <map>
#include <memory>
#include <string>

#include "merkle/dense_tree.h"
#include "storage/database/database.h"
#include "storage/register/resident.h"
#include "storage/register/subject_cache.h"
#include "storage/register/view.h"

namespace bonafide::storage {

// By SchemeKey.
using SchemeMap = std::map<std::string, SubjectNumber>;

struct HeadState {
  std::string origin;
  TreeSize size;
  Digest root;
  int64_t time_ms = 0;
  uint64_t subject_count = 0;
  std::string state_entry;
  std::string state_inclusion;
  std::shared_ptr<const Snapshot> snapshot;
  std::shared_ptr<const merkle::View> state_tree;
  std::shared_ptr<const ResidentMap> residents;
  std::shared_ptr<const SchemeMap> schemes;
  std::shared_ptr<SubjectCache> cache;

  // The subject's head: from memory, else from disk. Precondition: it exists.
  absl::StatusOr<SubjectHead> Head(SubjectNumber subject) const;
  const Resident* FindResident(SubjectNumber subject) const;
  // A subject that exists, parsed.
  absl::StatusOr<std::shared_ptr<const registry::Subject>> Parsed(SubjectNumber subject,
                                                                  const SubjectHead& head) const;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_HEAD_STATE_H_
