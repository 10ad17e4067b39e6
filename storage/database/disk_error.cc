#include "storage/database/disk_error.h"

#include <sys/statvfs.h>

#include <cerrno>
#include <cstring>

namespace bonafide::storage {

absl::Status DiskError(std::string_view what, int error) {
  const std::string message = std::string(what) + ": " + std::strerror(error);
  if (error == ENOSPC || error == EDQUOT || error == EFBIG) {
    return Refusal(absl::StatusCode::kResourceExhausted, "disk_full", message);
  }
  return Refusal(absl::StatusCode::kUnavailable, "disk_error", message);
}

absl::StatusOr<uint64_t> FreeBytes(const std::string& directory) {
  struct statvfs space;
  if (::statvfs(directory.c_str(), &space) != 0) return DiskError("statvfs " + directory, errno);
  return uint64_t{space.f_bavail} * space.f_frsize;
}

}  // namespace bonafide::storage
