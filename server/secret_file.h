// Files that only their owner may read.
#ifndef BONAFIDE_SERVER_SECRET_FILE_H_
#define BONAFIDE_SERVER_SECRET_FILE_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <string>
#include <string_view>

namespace bonafide::server {

// Each error is one line that names the path and says what to do.

// Reads a file of at most 64 KiB. Errors: "file_missing" (kNotFound), "file_read".
absl::StatusOr<std::string> ReadSmallFile(const std::string& path);
// The same for a regular file that neither group nor others may read or write: else
// "secret_file_mode".
absl::StatusOr<std::string> ReadSecretFile(const std::string& path);

// Creates `path` with `mode`, never replacing one, and syncs it. Errors: "file_exists"
// (kAlreadyExists), "file_write".
absl::Status WriteNewFile(const std::string& path, std::string_view bytes, unsigned mode);

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_SECRET_FILE_H_
