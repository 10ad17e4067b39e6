#include "storage/register/high_water.h"

#include <fcntl.h>
#include <unistd.h>

#include <cerrno>
#include <optional>

#include "certs/digest.h"
#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "storage/database/disk_error.h"

namespace bonafide::storage {
namespace {

constexpr size_t kSlotBytes = 4096;
constexpr std::string_view kMagic = "bonafhw1";
constexpr size_t kHeaderBytes = 8 + 8 + 8;  // magic, sequence, length

struct Slot {
  uint64_t sequence = 0;
  std::string note;
};

std::string EncodeSlot(const Slot& slot) {
  std::string bytes(kMagic);
  merkle::AppendU64(bytes, slot.sequence);
  merkle::AppendU64(bytes, slot.note.size());
  bytes += slot.note;
  const Digest checksum = Sha256(bytes);
  bytes += checksum.view();
  bytes.resize(kSlotBytes, '\0');
  return bytes;
}

// Nothing unless every byte is as EncodeSlot writes it.
std::optional<Slot> DecodeSlot(std::string_view bytes) {
  if (!bytes.starts_with(kMagic)) return std::nullopt;
  Slot slot;
  slot.sequence = merkle::ReadU64(bytes.substr(8));
  const uint64_t size = merkle::ReadU64(bytes.substr(16));
  if (size > HighWater::kMaxNoteBytes) return std::nullopt;
  slot.note = bytes.substr(kHeaderBytes, size);
  if (EncodeSlot(slot) != bytes) return std::nullopt;
  return slot;
}

bool IsUnused(std::string_view bytes) {
  return bytes.find_first_not_of('\0') == std::string_view::npos;
}

absl::Status WriteAt(int fd, std::string_view bytes, off_t offset, const std::string& path) {
  while (!bytes.empty()) {
    const ssize_t written = ::pwrite(fd, bytes.data(), bytes.size(), offset);
    if (written < 0) {
      if (errno == EINTR) continue;
      return DiskError("cannot write " + path, errno);
    }
    bytes.remove_prefix(static_cast<size_t>(written));
    offset += written;
  }
  if (::fdatasync(fd) != 0) return DiskError("cannot sync " + path, errno);
  return absl::OkStatus();
}

absl::Status SyncDirectoryOf(const std::string& path) {
  const std::string directory = path.substr(0, path.find_last_of('/') + 1);
  const int fd = ::open(directory.empty() ? "." : directory.c_str(), O_RDONLY | O_DIRECTORY);
  if (fd < 0) return DiskError("cannot open " + directory, errno);
  const int result = ::fsync(fd);
  const int error = errno;
  ::close(fd);
  return result == 0 ? absl::OkStatus() : DiskError("cannot sync " + directory, error);
}

}  // namespace

absl::StatusOr<std::unique_ptr<HighWater>> HighWater::Create(const std::string& path,
                                                             std::string_view note) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
  if (fd < 0) return DiskError("cannot create " + path, errno);
  std::unique_ptr<HighWater> made(new HighWater(fd, path));
  absl::Status status = WriteAt(fd, std::string(2 * kSlotBytes, '\0'), 0, path);
  if (status.ok()) status = made->Mark(note);
  if (status.ok()) status = SyncDirectoryOf(path);
  if (!status.ok()) return status;
  return made;
}

absl::StatusOr<std::unique_ptr<HighWater>> HighWater::Open(const std::string& path) {
  const int fd = ::open(path.c_str(), O_RDWR | O_CLOEXEC);
  if (fd < 0) {
    if (errno != ENOENT) return DiskError("cannot open " + path, errno);
    return Refusal(absl::StatusCode::kNotFound, "high_water_missing", path + " is not there");
  }
  std::unique_ptr<HighWater> opened(new HighWater(fd, path));
  std::string bytes(2 * kSlotBytes + 1, '\0');
  const ssize_t got = ::pread(fd, bytes.data(), bytes.size(), 0);
  if (got < 0) return DiskError("cannot read " + path, errno);
  bytes.resize(static_cast<size_t>(got));
  if (bytes.size() != 2 * kSlotBytes) {
    return Damaged("high_water_damaged", path + " does not have 8192 bytes");
  }
  bool found = false;
  for (size_t i = 0; i < 2; ++i) {
    const std::string_view stored = std::string_view(bytes).substr(i * kSlotBytes, kSlotBytes);
    std::optional<Slot> slot = DecodeSlot(stored);
    if (!slot || slot->sequence % 2 != i) {
      opened->was_torn_ = opened->was_torn_ || !IsUnused(stored);
      continue;
    }
    if (found && slot->sequence < opened->sequence_) continue;
    found = true;
    opened->sequence_ = slot->sequence;
    opened->note_ = std::move(slot->note);
  }
  if (!found) return Damaged("high_water_damaged", path + " holds no whole mark");
  return opened;
}

HighWater::~HighWater() { ::close(fd_); }

absl::Status HighWater::Mark(std::string_view note) {
  const Slot slot = {sequence_ + 1, std::string(note)};
  const auto offset = static_cast<off_t>(slot.sequence % 2 * kSlotBytes);
  if (absl::Status status = WriteAt(fd_, EncodeSlot(slot), offset, path_); !status.ok()) {
    return status;
  }
  sequence_ = slot.sequence;
  note_ = slot.note;
  return absl::OkStatus();
}

}  // namespace bonafide::storage
