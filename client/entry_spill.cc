#include "client/entry_spill.h"

#include <sys/types.h>
#include <unistd.h>

#include <cerrno>
#include <system_error>

#include "certs/reason.h"
#include "merkle/big_endian.h"

namespace bonafide::client {
namespace {

constexpr size_t kTailBytes = size_t{1} << 20;
constexpr size_t kHeaderBytes = 10;  // previous:u64 size:u16
constexpr size_t kUsualBytes = 2048;

absl::Status DiskError(const std::string& doing) {
  const int error = errno;
  return Refusal(absl::StatusCode::kUnavailable, "audit_disk",
                 doing + " a temporary file: " + std::generic_category().message(error) +
                     "; an audit needs as much temporary space as the log is long");
}

absl::Status ReadAt(int fd, uint64_t at, size_t size, std::string& out) {
  const size_t had = out.size();
  out.resize(had + size);
  size_t got = 0;
  while (got < size) {
    const ssize_t read =
        ::pread(fd, out.data() + had + got, size - got, static_cast<off_t>(at + got));
    if (read < 0 && errno == EINTR) continue;
    if (read < 0) return DiskError("reading");
    if (read == 0) break;
    got += static_cast<size_t>(read);
  }
  out.resize(had + got);
  return absl::OkStatus();
}

}  // namespace

EntrySpill::~EntrySpill() {
  if (file_ != nullptr) std::fclose(file_);
}

absl::StatusOr<uint64_t> EntrySpill::Append(uint64_t previous, std::string_view entry) {
  const uint64_t at = flushed_bytes_ + tail_.size();
  merkle::AppendU64(tail_, previous);
  tail_ += static_cast<char>(entry.size() >> 8 & 0xff);
  tail_ += static_cast<char>(entry.size() & 0xff);
  tail_ += entry;
  if (tail_.size() < kTailBytes) return at;
  if (absl::Status status = Flush(); !status.ok()) return status;
  return at;
}

absl::Status EntrySpill::Flush() {
  if (file_ == nullptr) file_ = std::tmpfile();
  if (file_ == nullptr) return DiskError("making");
  size_t written = 0;
  while (written < tail_.size()) {
    const ssize_t wrote = ::pwrite(fileno(file_), tail_.data() + written, tail_.size() - written,
                                   static_cast<off_t>(flushed_bytes_ + written));
    if (wrote < 0 && errno == EINTR) continue;
    if (wrote < 0) return DiskError("writing");
    written += static_cast<size_t>(wrote);
  }
  flushed_bytes_ += tail_.size();
  tail_.clear();
  return absl::OkStatus();
}

absl::StatusOr<EntrySpill::Kept> EntrySpill::Read(uint64_t at) const {
  std::string bytes;
  if (at >= flushed_bytes_) {
    bytes = tail_.substr(at - flushed_bytes_, kHeaderBytes + UINT16_MAX);
  } else if (absl::Status status = ReadAt(fileno(file_), at, kUsualBytes, bytes); !status.ok()) {
    return status;
  }
  if (bytes.size() < kHeaderBytes) return Damaged("audit_disk", "a temporary file was cut");
  const size_t size =
      static_cast<size_t>(static_cast<uint8_t>(bytes[8])) << 8 | static_cast<uint8_t>(bytes[9]);
  if (bytes.size() < kHeaderBytes + size && at < flushed_bytes_) {
    absl::Status status =
        ReadAt(fileno(file_), at + bytes.size(), kHeaderBytes + size - bytes.size(), bytes);
    if (!status.ok()) return status;
  }
  if (bytes.size() < kHeaderBytes + size) return Damaged("audit_disk", "a temporary file was cut");
  return Kept{merkle::ReadU64(bytes), bytes.substr(kHeaderBytes, size)};
}

}  // namespace bonafide::client
