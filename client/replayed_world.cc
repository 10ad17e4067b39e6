#include "client/replayed_world.h"

#include <memory>

#include "registry/entry.h"

namespace bonafide::client {

using registry::LoggedEvent;
using registry::LoggedEventPtr;
using registry::Subject;
using registry::SubjectKind;
using registry::SubjectNumber;

std::optional<registry::Founding> ReplayedWorld::FindFounding(SubjectNumber number) const {
  if (number.value >= records_.size()) return std::nullopt;
  return records_[number.value].founding;
}

const Subject* ReplayedWorld::Find(SubjectNumber number) const {
  if (number.value >= records_.size()) return nullptr;
  if (records_[number.value].founding.kind != SubjectKind::kPractitioner) {
    return &held_.find(number.value)->second;
  }
  if (const Subject* recent = FindRecent(number.value)) return recent;
  auto again = ReadAgain(number);
  if (!again.ok() && status_.ok()) status_ = again.status();
  return KeepRecent(again.ok() ? *std::move(again) : Subject(number));
}

Subject* ReplayedWorld::FindRecent(uint64_t number) const {
  const auto found = recent_by_number_.find(number);
  if (found == recent_by_number_.end()) return nullptr;
  recent_.splice(recent_.begin(), recent_, found->second);
  return &recent_.front();
}

// What gives way is chosen in Append: until then pointers have to stay valid.
Subject* ReplayedWorld::KeepRecent(Subject subject) const {
  recent_.push_front(std::move(subject));
  recent_by_number_[recent_.front().number().value] = recent_.begin();
  return &recent_.front();
}

absl::StatusOr<Subject> ReplayedWorld::ReadAgain(SubjectNumber number) const {
  std::vector<LoggedEventPtr> events;  // the last first
  for (uint64_t at = records_[number.value].last_entry; at != EntrySpill::kNone;) {
    const auto kept = spill_.Read(at);
    if (!kept.ok()) return kept.status();
    auto entry = registry::ParseEventEntry(kept->entry);
    if (!entry.ok()) return entry.status();
    auto token = registry::ParseToken(entry->token, origin_);
    if (!token.ok()) return token.status();
    token->jws = certs::Jws{};
    events.push_back(std::make_shared<const LoggedEvent>(
        LoggedEvent{entry->index, entry->time_ms, std::move(entry->subjects), *std::move(token)}));
    at = kept->previous;
  }
  Subject subject(number);
  for (auto event = events.rbegin(); event != events.rend(); ++event) subject.Append(*event);
  return subject;
}

absl::Status ReplayedWorld::Append(const LoggedEventPtr& event, std::string_view entry) {
  for (const SubjectNumber number : event->subjects) {
    const bool created = number.value == records_.size();
    if (created) {
      const registry::Event& said = event->event();
      records_.push_back({{said.id, registry::KindOf(said), said.issuer}, EntrySpill::kNone});
    }
    Record& record = records_[number.value];
    if (record.founding.kind != SubjectKind::kPractitioner) {
      held_.try_emplace(number.value, number).first->second.Append(event);
      continue;
    }
    const auto at = spill_.Append(record.last_entry, entry);
    if (!at.ok()) return at.status();
    record.last_entry = *at;
    Subject* recent = created ? KeepRecent(Subject(number)) : FindRecent(number.value);
    if (recent != nullptr) recent->Append(event);
  }
  while (recent_.size() > most_recent_) {
    recent_by_number_.erase(recent_.back().number().value);
    recent_.pop_back();
  }
  return absl::OkStatus();
}

}  // namespace bonafide::client
