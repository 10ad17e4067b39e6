// One server per data directory.
#ifndef BONAFIDE_STORAGE_DATABASE_DIRECTORY_LOCK_H_
#define BONAFIDE_STORAGE_DATABASE_DIRECTORY_LOCK_H_

#include <absl/status/statusor.h>

#include <string>

namespace bonafide::storage {

// Holds an exclusive flock(2) on `path` while it lives; the kernel releases it with the process.
// Only cooperating processes of one machine see it. Move only.
class DirectoryLock {
 public:
  // Creates the file if needed. Errors: "data_directory_in_use" (kFailedPrecondition),
  // "disk_error".
  static absl::StatusOr<DirectoryLock> Acquire(const std::string& path);
  ~DirectoryLock();
  DirectoryLock(DirectoryLock&& other) noexcept : fd_(other.fd_) { other.fd_ = -1; }
  DirectoryLock& operator=(DirectoryLock&&) = delete;

 private:
  explicit DirectoryLock(int fd) : fd_(fd) {}
  int fd_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_DATABASE_DIRECTORY_LOCK_H_
