#include "certs/key_file.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <cerrno>
#include <cstring>
#include <string_view>

#include "certs/reason.h"

namespace bonafide::certs {
namespace {

constexpr size_t kMaxSizeBytes = 16 * 1024;

class Descriptor {
 public:
  explicit Descriptor(int fd) : fd_(fd) {}
  ~Descriptor() {
    if (fd_ >= 0) close(fd_);
  }
  Descriptor(const Descriptor&) = delete;
  Descriptor& operator=(const Descriptor&) = delete;
  int get() const { return fd_; }

 private:
  const int fd_;
};

std::string Line(const std::string& path, std::string_view what) {
  return "key file " + path + ": " + std::string(what);
}

std::string OsError() { return std::strerror(errno); }

bool WriteAll(int fd, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(fd, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

// Makes the new name itself durable.
bool SyncDirectoryOf(const std::string& path) {
  const size_t slash = path.rfind('/');
  const std::string directory = slash == std::string::npos ? "." : path.substr(0, slash + 1);
  const Descriptor fd(open(directory.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC));
  return fd.get() >= 0 && fsync(fd.get()) == 0;
}

}  // namespace

absl::StatusOr<PrivateKey> ReadKeyFile(const std::string& path) {
  // Without O_NONBLOCK a FIFO put in the file's place would hang start-up.
  const Descriptor fd(open(path.c_str(), O_RDONLY | O_CLOEXEC | O_NONBLOCK));
  if (fd.get() < 0 && errno == ENOENT) {
    return Refusal(absl::StatusCode::kNotFound, "key_file_missing",
                   Line(path, "no such file; make one with bonafide keygen"));
  }
  struct stat status;
  if (fd.get() < 0 || fstat(fd.get(), &status) != 0) {
    return NotAdmitted("key_file_read", Line(path, "cannot be opened: " + OsError()));
  }
  if (!S_ISREG(status.st_mode)) return NotAdmitted("key_file_mode", Line(path, "not a file"));
  if ((status.st_mode & (S_IRWXG | S_IRWXO)) != 0) {
    return NotAdmitted("key_file_mode",
                       Line(path,
                            "open to other users; set its mode with chmod 600, and replace "
                            "the key if others may have read it"));
  }
  std::string pem(kMaxSizeBytes + 1, '\0');
  size_t size_bytes = 0;
  while (size_bytes < pem.size()) {
    const ssize_t got = read(fd.get(), pem.data() + size_bytes, pem.size() - size_bytes);
    if (got < 0 && errno == EINTR) continue;
    if (got < 0) {
      const std::string error = OsError();
      Wipe(pem);
      return NotAdmitted("key_file_read", Line(path, "cannot be read: " + error));
    }
    if (got == 0) break;
    size_bytes += static_cast<size_t>(got);
  }
  if (size_bytes > kMaxSizeBytes) {
    Wipe(pem);
    return NotAdmitted("key_file_read", Line(path, "larger than 16 KiB, this is no key"));
  }
  auto key = PrivateKey::FromPem(std::string_view(pem).substr(0, size_bytes));
  Wipe(pem);
  if (!key.ok()) return Within("key file " + path, key.status());
  return key;
}

absl::Status WriteKeyFile(const std::string& path, const PrivateKey& key) {
  const Descriptor fd(
      open(path.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, S_IRUSR | S_IWUSR));
  if (fd.get() < 0 && errno == EEXIST) {
    return Refusal(absl::StatusCode::kAlreadyExists, "key_file_exists",
                   Line(path, "already there; a key is never replaced, choose another name"));
  }
  if (fd.get() < 0) {
    return NotAdmitted("key_file_write", Line(path, "cannot be created: " + OsError()));
  }
  std::string pem = key.ToPem();
  const bool written = WriteAll(fd.get(), pem) && fsync(fd.get()) == 0 && SyncDirectoryOf(path);
  const std::string error = written ? std::string() : OsError();
  Wipe(pem);
  if (!written) {
    unlink(path.c_str());
    return NotAdmitted("key_file_write", Line(path, "cannot be written: " + error));
  }
  return absl::OkStatus();
}

}  // namespace bonafide::certs
