// The limit of open files of this process.
#ifndef BONAFIDE_SERVER_OPEN_FILES_H_
#define BONAFIDE_SERVER_OPEN_FILES_H_

#include <absl/status/status.h>

#include <cstdint>

namespace bonafide::server {

// Raises it as far as the system allows. Error: "open_files" when that is less than `least`.
absl::Status RaiseOpenFiles(int64_t least);

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_OPEN_FILES_H_
