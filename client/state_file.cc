#include "client/state_file.h"

#include <fcntl.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <filesystem>
#include <system_error>

#include "certs/reason.h"

namespace bonafide::client {
namespace {

absl::Status WriteError(const std::string& path, int error) {
  return Refusal(absl::StatusCode::kFailedPrecondition, "file_write",
                 path + ": cannot be written: " + std::strerror(error));
}

bool WriteAll(int descriptor, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = ::write(descriptor, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

}  // namespace

absl::StatusOr<std::string> ReadFile(const std::string& path, size_t max_bytes) {
  const int descriptor = path == "-" ? ::dup(STDIN_FILENO) : ::open(path.c_str(), O_RDONLY);
  if (descriptor < 0) {
    if (errno == ENOENT) {
      return Refusal(absl::StatusCode::kNotFound, "file_missing", path + ": no such file");
    }
    return Malformed("file_read", path + ": cannot be opened: " + std::strerror(errno));
  }
  std::string bytes;
  char chunk[65536];
  ssize_t got = 0;
  while (bytes.size() <= max_bytes) {
    got = ::read(descriptor, chunk, sizeof chunk);
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) break;
    bytes.append(chunk, static_cast<size_t>(got));
  }
  const int error = errno;
  ::close(descriptor);
  if (got < 0) return Malformed("file_read", path + ": cannot be read: " + std::strerror(error));
  if (bytes.size() > max_bytes) {
    return Malformed("file_size", path + ": larger than " + std::to_string(max_bytes) + " bytes");
  }
  return bytes;
}

absl::Status ReplaceFile(const std::string& path, std::string_view bytes, unsigned mode) {
  const std::string fresh = path + ".new." + std::to_string(::getpid());
  const int descriptor = ::open(fresh.c_str(), O_WRONLY | O_CREAT | O_TRUNC, mode);
  if (descriptor < 0) return WriteError(fresh, errno);
  const bool written = WriteAll(descriptor, bytes) && ::fsync(descriptor) == 0;
  const int error = errno;
  ::close(descriptor);
  if (!written || ::rename(fresh.c_str(), path.c_str()) != 0) {
    absl::Status status = WriteError(path, written ? errno : error);
    ::unlink(fresh.c_str());
    return status;
  }
  // The rename itself is on disk once the directory is.
  std::string directory = std::filesystem::path(path).parent_path().string();
  if (directory.empty()) directory = ".";
  const int parent = ::open(directory.c_str(), O_RDONLY | O_DIRECTORY);
  if (parent >= 0) {
    ::fsync(parent);
    ::close(parent);
  }
  return absl::OkStatus();
}

absl::Status MakeDirectories(const std::string& path) {
  std::error_code error;
  if (std::filesystem::is_directory(path, error)) return absl::OkStatus();
  const std::string parent = std::filesystem::path(path).parent_path().string();
  if (!parent.empty() && parent != path) {
    if (absl::Status status = MakeDirectories(parent); !status.ok()) return status;
  }
  if (::mkdir(path.c_str(), 0700) != 0 && errno != EEXIST) return WriteError(path, errno);
  return absl::OkStatus();
}

absl::StatusOr<FileLock> FileLock::Take(const std::string& path) {
  const int descriptor = ::open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (descriptor < 0) return WriteError(path, errno);
  while (::flock(descriptor, LOCK_EX) != 0) {
    if (errno == EINTR) continue;
    const int error = errno;
    ::close(descriptor);
    return WriteError(path, error);
  }
  return FileLock(descriptor);
}

FileLock::~FileLock() {
  if (descriptor_ >= 0) ::close(descriptor_);
}

}  // namespace bonafide::client
