// Errors of the file system, with the reasons of storage/database/database.h.
#ifndef BONAFIDE_STORAGE_DATABASE_DISK_ERROR_H_
#define BONAFIDE_STORAGE_DATABASE_DISK_ERROR_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <string_view>

#include "certs/reason.h"

namespace bonafide::storage {

// `error` as errno gives it: "disk_full" (kResourceExhausted) for ENOSPC, EDQUOT and EFBIG, else
// "disk_error" (kUnavailable).
absl::Status DiskError(std::string_view what, int error);

// What users may still write to the file system of `directory`. Error: as DiskError.
absl::StatusOr<uint64_t> FreeBytes(const std::string& directory);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_DATABASE_DISK_ERROR_H_
