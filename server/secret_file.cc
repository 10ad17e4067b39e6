#include "server/secret_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>

#include "certs/reason.h"

namespace bonafide::server {
namespace {

constexpr size_t kMaxBytes = 64 * 1024;

// Closes at the end of a scope.
class File {
 public:
  explicit File(int fd) : fd_(fd) {}
  ~File() {
    if (fd_ >= 0) close(fd_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int fd() const { return fd_; }

 private:
  int fd_;
};

absl::Status Failed(const char* reason, const std::string& path, const char* what) {
  return NotAdmitted(reason, path + ": " + what + ": " + std::strerror(errno));
}

absl::StatusOr<std::string> Read(const std::string& path, bool secret) {
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  if (file.fd() < 0) {
    if (errno == ENOENT) {
      return Refusal(absl::StatusCode::kNotFound, "file_missing", path + ": no such file");
    }
    return Failed("file_read", path, "cannot be opened");
  }
  struct stat info {};
  if (fstat(file.fd(), &info) != 0) return Failed("file_read", path, "cannot be read");
  if (secret && (!S_ISREG(info.st_mode) || (info.st_mode & 0077) != 0)) {
    return NotAdmitted("secret_file_mode",
                       path + ": others may read this secret; chmod 600 " + path);
  }
  std::string bytes(kMaxBytes + 1, '\0');
  size_t size = 0;
  while (size < bytes.size()) {
    const ssize_t got = read(file.fd(), bytes.data() + size, bytes.size() - size);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) return Failed("file_read", path, "cannot be read");
    if (got == 0) break;
    size += static_cast<size_t>(got);
  }
  if (size > kMaxBytes) return NotAdmitted("file_read", path + ": larger than 64 KiB");
  bytes.resize(size);
  return bytes;
}

}  // namespace

absl::StatusOr<std::string> ReadSmallFile(const std::string& path) { return Read(path, false); }

absl::StatusOr<std::string> ReadSecretFile(const std::string& path) { return Read(path, true); }

absl::Status WriteNewFile(const std::string& path, std::string_view bytes, unsigned mode) {
  const File file(open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, mode));
  if (file.fd() < 0) {
    if (errno == EEXIST) {
      return Refusal(absl::StatusCode::kAlreadyExists, "file_exists",
                     path + ": exists already, and is not replaced");
    }
    return Failed("file_write", path, "cannot be created");
  }
  while (!bytes.empty()) {
    const ssize_t put = write(file.fd(), bytes.data(), bytes.size());
    if (put < 0 && errno == EINTR) continue;
    if (put < 0) {
      absl::Status status = Failed("file_write", path, "cannot be written");
      unlink(path.c_str());
      return status;
    }
    bytes.remove_prefix(static_cast<size_t>(put));
  }
  if (fsync(file.fd()) != 0) {
    absl::Status status = Failed("file_write", path, "cannot be synced");
    unlink(path.c_str());
    return status;
  }
  return absl::OkStatus();
}

}  // namespace bonafide::server
