// Small files that this program keeps between runs.
#ifndef BONAFIDE_CLIENT_STATE_FILE_H_
#define BONAFIDE_CLIENT_STATE_FILE_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstddef>
#include <optional>
#include <string>
#include <string_view>

namespace bonafide::client {

// The whole of `path`. Errors: "file_missing" (kNotFound), "file_read" (a directory, not readable),
// "file_size" (more than `max_bytes`). "-" is standard input.
absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes);

// Replaces `path` as a whole: a reader sees the old file or the new one. Synced to disk. `mode` is
// that of a new file. Error: "file_write".
absl::Status ReplaceFile(const std::string& path, std::string_view bytes, unsigned mode = 0600);

// Creates `path` and everything above it, mode 0700, where missing. Error: "file_write".
absl::Status MakeDirectories(const std::string& path);

// An exclusive lock between processes on `path`, which is created; released at destruction.
class FileLock {
 public:
  // Waits. Error: "file_write".
  static absl::StatusOr<FileLock> Take(const std::string& path);
  FileLock(FileLock&& other) noexcept : descriptor_(other.descriptor_) { other.descriptor_ = -1; }
  FileLock& operator=(FileLock&&) = delete;
  ~FileLock();

 private:
  explicit FileLock(int descriptor) : descriptor_(descriptor) {}
  int descriptor_;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_CLIENT_STATE_FILE_H_
