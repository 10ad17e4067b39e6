#include "storage/reopen_room.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <system_error>

#include "storage/disk_error.h"

namespace bonafide::storage {
namespace {

// The manifest, the options, and the heads of new files.
constexpr uint64_t kBesideLogsBytes = uint64_t{4} << 20;

uint64_t LogBytes(const std::string& db_path) {
  uint64_t bytes = 0;
  std::error_code error;
  for (const auto& file : std::filesystem::directory_iterator(db_path, error)) {
    if (file.path().extension() != ".log") continue;
    const uintmax_t size = file.file_size(error);
    if (!error) bytes += size;
  }
  return bytes;
}

}  // namespace

absl::Status CheckReopenRoom(const std::string& directory) {
  const std::string path = directory + "/room";
  const int fd = open(path.c_str(), O_WRONLY | O_CREAT | O_CLOEXEC, 0600);
  if (fd < 0) return DiskError("making " + path, errno);
  unlink(path.c_str());
  const uint64_t bytes = LogBytes(directory + "/db") + kBesideLogsBytes;
  const int error = posix_fallocate(fd, 0, static_cast<off_t>(bytes));
  close(fd);
  if (error == 0) return absl::OkStatus();
  return DiskError("taking " + std::to_string(bytes) + " bytes to open the store again", error);
}

}  // namespace bonafide::storage
