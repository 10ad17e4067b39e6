// Subjects held in memory: organisations and schemes, which nearly every answer and every admission
// needs. Practitioners, of whom there are many, stay on disk.
#ifndef BONAFIDE_STORAGE_REGISTER_RESIDENT_H_
#define BONAFIDE_STORAGE_REGISTER_RESIDENT_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <memory>
#include <mutex>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "registry/subject.h"
#include "storage/history/subject_head.h"

namespace bonafide::storage {

// One subject as it was under some head; never changes. Thread-safe.
class Resident {
 public:
  // `frames` are all entries; `parsed` may be given where it is known.
  Resident(SubjectNumber number, SubjectHead head, std::string frames,
           std::shared_ptr<const registry::Subject> parsed = nullptr)
      : number_(number),
        head_(std::move(head)),
        frames_(std::move(frames)),
        parsed_(std::move(parsed)) {}

  SubjectNumber number() const { return number_; }
  const SubjectHead& head() const { return head_; }
  const std::string& frames() const { return frames_; }
  // The frames of entries [first, end). Precondition: first <= end <= head().entries().
  std::string_view Frames(uint64_t first, uint64_t end) const;

  // Parsed when first asked for, then kept. Error: "data_damaged".
  absl::StatusOr<std::shared_ptr<const registry::Subject>> Parsed(std::string_view origin) const;

 private:
  SubjectNumber number_;
  SubjectHead head_;
  std::string frames_;
  mutable std::mutex mutex_;
  mutable std::shared_ptr<const registry::Subject> parsed_;  // guarded by mutex_
};

using ResidentPtr = std::shared_ptr<const Resident>;
// By number. Replaced as a whole when one of them changes, which is rare.
using ResidentMap = std::unordered_map<uint64_t, ResidentPtr>;

// Whether subjects of `kind` are held in memory.
inline bool IsResident(registry::SubjectKind kind) {
  return kind == registry::SubjectKind::kOrganisation || kind == registry::SubjectKind::kScheme;
}

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_RESIDENT_H_
