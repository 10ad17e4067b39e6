#include "storage/database/index_secret.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cerrno>
#include <cstring>

#include "certs/reason.h"

namespace bonafide::storage {
namespace {

constexpr size_t kSecretBytes = 32;
constexpr size_t kBlockBytes = 64;  // of SHA-256

class File {
 public:
  explicit File(int descriptor) : descriptor_(descriptor) {}
  ~File() {
    if (descriptor_ >= 0) close(descriptor_);
  }
  File(const File&) = delete;
  File& operator=(const File&) = delete;
  int descriptor() const { return descriptor_; }
  bool IsOpen() const { return descriptor_ >= 0; }

 private:
  int descriptor_;
};

absl::Status DiskFailed(const std::string& path, const char* doing) {
  return Refusal(absl::StatusCode::kUnavailable, "disk_error",
                 std::string(doing) + " " + path + ": " + std::strerror(errno));
}

absl::Status Make(const std::string& path, certs::Random& random) {
  // Under another name first, so that a crash leaves either no secret or a whole one.
  const std::string unfinished = path + ".new";
  unlink(unfinished.c_str());
  const File file(open(unfinished.c_str(), O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600));
  if (!file.IsOpen()) return DiskFailed(path, "making");
  const std::string secret = certs::RandomBytes(random, kSecretBytes);
  const bool written = write(file.descriptor(), secret.data(), secret.size()) ==
                           static_cast<ssize_t>(secret.size()) &&
                       fsync(file.descriptor()) == 0 &&
                       rename(unfinished.c_str(), path.c_str()) == 0;
  return written ? absl::OkStatus() : DiskFailed(path, "making");
}

}  // namespace

absl::StatusOr<IndexSecret> IndexSecret::OpenFile(const std::string& path, certs::Random& random) {
  if (access(path.c_str(), F_OK) != 0 && errno == ENOENT) {
    if (absl::Status status = Make(path, random); !status.ok()) return status;
  }
  const File file(open(path.c_str(), O_RDONLY | O_CLOEXEC));
  struct stat info;
  if (!file.IsOpen() || fstat(file.descriptor(), &info) != 0) return DiskFailed(path, "opening");
  if ((info.st_mode & 077) != 0) {
    return NotAdmitted("secret_file_mode", path + " may be read by others; chmod 600 it");
  }
  std::array<char, kSecretBytes + 1> bytes;
  const ssize_t size = read(file.descriptor(), bytes.data(), bytes.size());
  if (size < 0) return DiskFailed(path, "reading");
  if (size != static_cast<ssize_t>(kSecretBytes)) {
    return NotAdmitted("secret_file", path +
                                          " is not a secret of 32 bytes; delete it and rebuild "
                                          "the indexes of names and duplicates");
  }
  return IndexSecret(std::string_view(bytes.data(), kSecretBytes));
}

IndexSecret::IndexSecret(std::string_view bytes) {
  for (size_t i = 0; i < kBlockBytes; ++i) {
    const int byte = i < bytes.size() ? static_cast<unsigned char>(bytes[i]) : 0;
    inner_ += static_cast<char>(byte ^ 0x36);
    outer_ += static_cast<char>(byte ^ 0x5c);
  }
}

Digest IndexSecret::Mac(std::string_view index, std::string_view text) const {
  static constexpr std::string_view kZero("\0", 1);
  const Digest inner = Sha256({inner_, index, kZero, text});
  return Sha256({outer_, inner.view()});
}

}  // namespace bonafide::storage
