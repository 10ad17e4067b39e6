#include "storage/disk_error.h"

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

absl::Status CheckFreeSpace(const std::string& directory, uint64_t floor_bytes) {
  struct statvfs space;
  if (::statvfs(directory.c_str(), &space) != 0) return DiskError("statvfs " + directory, errno);
  const uint64_t free_bytes = uint64_t{space.f_bavail} * space.f_frsize;
  if (free_bytes >= floor_bytes) return absl::OkStatus();
  return Refusal(absl::StatusCode::kResourceExhausted, "disk_full",
                 "only " + std::to_string(free_bytes) + " bytes are free; writing stops below " +
                     std::to_string(floor_bytes));
}

}  // namespace bonafide::storage
