#include "storage/register/resident.h"

#include "certs/reason.h"
#include "merkle/frame.h"
#include "registry/closure.h"
#include "storage/history/subject_reader.h"

namespace bonafide::storage {

std::string_view Resident::Frames(uint64_t first, uint64_t end) const {
  if (first == 0 && end == head_.entries()) return frames_;
  // Found by walking: only readers who have a part already ask for a part.
  const auto offset_of = [this](uint64_t seq) {
    size_t offset = 0;
    for (uint64_t i = 0; i < seq; ++i) {
      const auto high = static_cast<uint8_t>(frames_[offset]);
      const auto low = static_cast<uint8_t>(frames_[offset + 1]);
      offset += merkle::kFrameHeaderSizeBytes + (size_t{high} << 8 | low);
    }
    return offset;
  };
  const size_t begin = first == head_.entries() ? frames_.size() : offset_of(first);
  const size_t stop = end == head_.entries() ? frames_.size() : offset_of(end);
  return std::string_view(frames_).substr(begin, stop - begin);
}

absl::StatusOr<std::shared_ptr<const registry::Subject>> Resident::Parsed(
    std::string_view origin) const {
  const std::scoped_lock lock(mutex_);
  if (!parsed_) {
    absl::Status whole = CheckFrames(number_, frames_, StateLeafOf(number_, head_));
    if (!whole.ok()) return whole;
    auto parsed = ParseStoredSubject(number_, frames_, origin);
    if (!parsed.ok()) return parsed.status();
    SubjectHead rebuilt;
    for (const registry::LoggedEventPtr& event : (*parsed)->events()) {
      rebuilt.Refer(registry::ReferencesOf(event->event()));
    }
    if (rebuilt.references != head_.references) {
      return Damaged("data_damaged", "subject " + std::to_string(number_.value) +
                                         ": its references are not those of its entries");
    }
    parsed_ = *std::move(parsed);
  }
  return parsed_;
}

}  // namespace bonafide::storage
