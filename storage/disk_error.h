// Errors of the file system, with the reasons of storage/database.h.
#ifndef BONAFIDE_STORAGE_DISK_ERROR_H_
#define BONAFIDE_STORAGE_DISK_ERROR_H_

#include <absl/status/status.h>

#include <string>
#include <string_view>

#include "certs/reason.h"

namespace bonafide::storage {

// `error` as errno gives it: "disk_full" (kResourceExhausted) for ENOSPC, EDQUOT and EFBIG, else
// "disk_error" (kUnavailable).
absl::Status DiskError(std::string_view what, int error);

// Error "disk_full" while the file system of `directory` has less than `floor_bytes` free.
absl::Status CheckFreeSpace(const std::string& directory, uint64_t floor_bytes);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_DISK_ERROR_H_
