#include "storage/database/reopen_room.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <cstdint>
#include <cstdlib>
#include <filesystem>
#include <system_error>

#include "storage/database/disk_error.h"

namespace bonafide::storage {
namespace {

// The manifest, the options, and the heads of new files.
constexpr uint64_t kBesideLogsBytes = uint64_t{4} << 20;

absl::StatusOr<uint64_t> LogBytes(const std::string& db_path) {
  uint64_t bytes = 0;
  std::error_code error;
  std::filesystem::directory_iterator file(db_path, error);
  for (; !error && file != std::filesystem::directory_iterator(); file.increment(error)) {
    if (file->path().extension() != ".log") continue;
    std::error_code unread;
    const uintmax_t size = file->file_size(unread);
    if (unread == std::errc::no_such_file_or_directory) continue;  // removed meanwhile
    if (unread) return DiskError("reading " + file->path().string(), unread.value());
    bytes += size;
  }
  if (error) return DiskError("reading " + db_path, error.value());
  return bytes;
}

}  // namespace

absl::Status CheckReopenRoom(const std::string& directory) {
  const auto logs = LogBytes(directory + "/db");
  if (!logs.ok()) return logs.status();
  std::string path = directory + "/room-XXXXXX";
  const int fd = mkostemp(path.data(), O_CLOEXEC);
  if (fd < 0) return DiskError("making " + path, errno);
  unlink(path.c_str());
  const uint64_t bytes = *logs + kBesideLogsBytes;
  const int error = posix_fallocate(fd, 0, static_cast<off_t>(bytes));
  close(fd);
  // A limit on the size of one file says nothing of the room; the store's files are smaller.
  if (error == 0 || error == EFBIG) return absl::OkStatus();
  return DiskError("taking " + std::to_string(bytes) + " bytes to open the store again", error);
}

}  // namespace bonafide::storage
