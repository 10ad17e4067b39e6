#include "merkle/frame.h"

#include <cstdint>

#include "certs/reason.h"

namespace bonafide::merkle {

absl::Status AppendFrame(std::string_view entry, std::string& out) {
  if (entry.empty() || entry.size() > kMaxEntrySizeBytes) {
    return Malformed("frame_size",
                     "an entry has 1 to 65535 bytes, not " + std::to_string(entry.size()));
  }
  out += static_cast<char>(entry.size() >> 8);
  out += static_cast<char>(entry.size() & 0xff);
  out += entry;
  return absl::OkStatus();
}

absl::StatusOr<std::string_view> FrameReader::Next() {
  if (rest_.size() < kFrameHeaderSizeBytes) {
    return Malformed("frame_truncated", "the bytes end within the length of an entry");
  }
  const size_t size_bytes =
      static_cast<size_t>(static_cast<uint8_t>(rest_[0])) << 8 | static_cast<uint8_t>(rest_[1]);
  if (size_bytes == 0) return Malformed("frame_size", "an entry of no bytes");
  if (rest_.size() - kFrameHeaderSizeBytes < size_bytes) {
    return Malformed("frame_truncated", "the bytes end within an entry");
  }
  const std::string_view entry = rest_.substr(kFrameHeaderSizeBytes, size_bytes);
  rest_.remove_prefix(kFrameHeaderSizeBytes + size_bytes);
  return entry;
}

absl::StatusOr<std::vector<std::string_view>> ParseFrames(std::string_view bytes,
                                                          size_t max_frames) {
  std::vector<std::string_view> entries;
  for (FrameReader reader(bytes); !reader.done();) {
    if (entries.size() == max_frames) {
      return Malformed("frame_count", "more than " + std::to_string(max_frames) +
                                          " entries where at most that many"
                                          " may stand");
    }
    const absl::StatusOr<std::string_view> entry = reader.Next();
    if (!entry.ok()) {
      return Within("entry " + std::to_string(entries.size()), entry.status());
    }
    entries.push_back(*entry);
  }
  return entries;
}

}  // namespace bonafide::merkle
