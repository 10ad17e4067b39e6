// Log entries one after another, each behind its length: the entry bundles of C2SP tlog-tiles, and
// how entries travel in evidence. A frame is u16 length, big-endian, then that many bytes.
#ifndef BONAFIDE_MERKLE_FRAME_H_
#define BONAFIDE_MERKLE_FRAME_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

namespace bonafide::merkle {

inline constexpr size_t kMaxEntrySizeBytes = 65535;
inline constexpr size_t kFrameHeaderSizeBytes = 2;

// Appends one frame to `out`. Error: "frame_size" (empty or above kMaxEntrySizeBytes); `out` is
// then unchanged. An empty entry has no kind and never occurs.
absl::Status AppendFrame(std::string_view entry, std::string& out);

// Reads frames one by one without copying. Views point into the bytes given at construction.
class FrameReader {
 public:
  explicit FrameReader(std::string_view bytes) : rest_(bytes) {}

  bool done() const { return rest_.empty(); }
  // The next entry. Precondition: !done(). Errors: "frame_truncated", "frame_size" (length 0).
  // After an error the reader stays where it was.
  absl::StatusOr<std::string_view> Next();

 private:
  std::string_view rest_;
};

// All entries of `bytes`, which must be frames and nothing else. Errors: those of
// FrameReader::Next, and "frame_count" when there are more than `max_frames`.
absl::StatusOr<std::vector<std::string_view>> ParseFrames(std::string_view bytes,
                                                          size_t max_frames);

}  // namespace bonafide::merkle

#endif  // BONAFIDE_MERKLE_FRAME_H_
