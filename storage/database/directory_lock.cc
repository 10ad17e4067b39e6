#include "storage/database/directory_lock.h"

#include <fcntl.h>
#include <sys/file.h>
#include <unistd.h>

#include <cerrno>

#include "storage/database/disk_error.h"

namespace bonafide::storage {

absl::StatusOr<DirectoryLock> DirectoryLock::Acquire(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return DiskError("cannot open " + path, errno);
  if (::flock(fd, LOCK_EX | LOCK_NB) == 0) return DirectoryLock(fd);
  const int error = errno;
  ::close(fd);
  if (error != EWOULDBLOCK) return DiskError("cannot lock " + path, error);
  return Refusal(absl::StatusCode::kFailedPrecondition, "data_directory_in_use",
                 path + " is locked: another server uses this data directory");
}

DirectoryLock::~DirectoryLock() {
  if (fd_ >= 0) ::close(fd_);
}

}  // namespace bonafide::storage
