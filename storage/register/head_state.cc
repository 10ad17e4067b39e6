#include "storage/register/head_state.h"

#include "storage/history/subject_reader.h"

namespace bonafide::storage {

const Resident* HeadState::FindResident(SubjectNumber subject) const {
  const auto found = residents->find(subject.value);
  return found == residents->end() ? nullptr : found->second.get();
}

absl::StatusOr<SubjectHead> HeadState::Head(SubjectNumber subject) const {
  if (const Resident* resident = FindResident(subject)) return resident->head();
  return ReadHead(*snapshot, subject);
}

absl::StatusOr<std::shared_ptr<const registry::Subject>> HeadState::Parsed(
    SubjectNumber subject, const SubjectHead& head) const {
  if (const Resident* resident = FindResident(subject)) return resident->Parsed(origin);
  if (auto cached = cache->Find(subject, head.entries())) return cached;
  std::string frames;
  absl::Status status = ReadFrames(*snapshot, subject, 0, head.entries(), frames);
  if (status.ok()) status = CheckFrames(subject, frames, StateLeafOf(subject, head));
  if (!status.ok()) return status;
  auto parsed = ParseStoredSubject(subject, frames, origin);
  if (parsed.ok()) cache->Keep(*parsed);
  return parsed;
}

}  // namespace bonafide::storage
