#include "storage/erasure_ledger.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <cstring>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "certs/reason.h"
#include "merkle/big_endian.h"

// The file: kMagic, then groups. A group is what one Add wrote:
//   count:u64 checksum:8, count records (subject:u64 index:u64 digest:32), checksum:8
// where a checksum is the first 8 bytes of the SHA-256 of all that came before it in the group. The
// first one tells a group that was cut off from a count that was damaged.

namespace bonafide::storage {
namespace {

constexpr std::string_view kMagic = "bonafide erased\n";
constexpr size_t kCountBytes = 8;
constexpr size_t kRecordBytes = kLoggedAtBytes + Digest::kSizeBytes;
constexpr size_t kChecksumBytes = 8;
constexpr size_t kHeadBytes = kCountBytes + kChecksumBytes;

absl::Status DiskFailed(const std::string& path, const char* doing) {
  const int error = errno;
  const bool full = error == ENOSPC || error == EDQUOT;
  return Refusal(full ? absl::StatusCode::kResourceExhausted : absl::StatusCode::kUnavailable,
                 full ? "disk_full" : "disk_error",
                 std::string(doing) + " " + path + ": " + std::strerror(error));
}

absl::Status LedgerDamaged(const std::string& path, size_t at) {
  return Damaged("erasure_ledger_damaged",
                 path + " is damaged at byte " + std::to_string(at) +
                     "; put a good copy of it back, or what was erased may come back");
}

std::string Checksum(std::string_view group) {
  return std::string(Sha256(group).view().substr(0, kChecksumBytes));
}

std::string EncodeGroup(const std::vector<ErasedDisclosure>& erased) {
  std::string group;
  merkle::AppendU64(group, erased.size());
  group += Checksum(group);
  for (const ErasedDisclosure& one : erased) {
    group += LoggedAtKey(one.event);
    group += one.disclosure.view();
  }
  return group += Checksum(group);
}

// The size of the group that begins with `head`; nothing where that is damaged. Precondition: at
// least kHeadBytes.
std::optional<uint64_t> GroupBytes(std::string_view head) {
  const std::string_view count = head.substr(0, kCountBytes);
  if (head.substr(kCountBytes, kChecksumBytes) != Checksum(count)) return std::nullopt;
  return kHeadBytes + merkle::ReadU64(count) * kRecordBytes + kChecksumBytes;
}

bool AllZero(std::string_view bytes) {
  return std::ranges::all_of(bytes, [](char c) { return c == 0; });
}

bool WriteAll(int file, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = write(file, bytes.data(), bytes.size());
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return true;
}

std::optional<std::string> ReadAll(int file) {
  struct stat info;
  if (fstat(file, &info) != 0) return std::nullopt;
  std::string bytes(static_cast<size_t>(info.st_size), '\0');
  size_t at = 0;
  while (at < bytes.size()) {
    const ssize_t got = pread(file, bytes.data() + at, bytes.size() - at, static_cast<off_t>(at));
    if (got < 0 && errno == EINTR) continue;
    if (got <= 0) return std::nullopt;
    at += static_cast<size_t>(got);
  }
  return bytes;
}

bool SyncFolderOf(const std::string& path) {
  std::string folder = std::filesystem::path(path).parent_path().string();
  if (folder.empty()) folder = ".";
  const int file = open(folder.c_str(), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
  if (file < 0) return false;
  const bool synced = fsync(file) == 0;
  close(file);
  return synced;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ErasureLedger>> ErasureLedger::Open(const std::string& path) {
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_APPEND | O_CLOEXEC, 0600);
  if (file < 0) return DiskFailed(path, "opening");
  std::unique_ptr<ErasureLedger> ledger(new ErasureLedger(path, file));
  if (absl::Status status = ledger->Load(); !status.ok()) return status;
  return ledger;
}

ErasureLedger::~ErasureLedger() { close(file_); }

absl::Status ErasureLedger::Load() {
  const auto bytes = ReadAll(file_);
  if (!bytes) return DiskFailed(path_, "reading");
  std::string_view rest = *bytes;
  size_t at = 0;
  if (rest.size() < kMagic.size()) {
    // New, or a crash while it was made: what is there must be a beginning of an empty file.
    if (!kMagic.starts_with(rest) && !AllZero(rest)) return LedgerDamaged(path_, 0);
    if (ftruncate(file_, 0) != 0 || !WriteAll(file_, kMagic) || fsync(file_) != 0 ||
        !SyncFolderOf(path_)) {
      return DiskFailed(path_, "making");
    }
    return absl::OkStatus();
  }
  if (!rest.starts_with(kMagic)) return LedgerDamaged(path_, 0);
  at = kMagic.size();
  rest.remove_prefix(at);
  while (!rest.empty()) {
    // A write cut off by a crash is too short, or its blocks were never filled.
    if (rest.size() < kHeadBytes || AllZero(rest)) break;
    const std::optional<uint64_t> size = GroupBytes(rest);
    if (!size) return LedgerDamaged(path_, at);
    if (rest.size() < *size) break;
    const std::string_view group = rest.substr(0, *size - kChecksumBytes);
    if (rest.substr(group.size(), kChecksumBytes) != Checksum(group)) {
      return LedgerDamaged(path_, at);
    }
    for (size_t i = kHeadBytes; i < group.size(); i += kRecordBytes) {
      const auto event = ParseLoggedAt(group.substr(i, kLoggedAtBytes));
      const auto digest = Digest::FromBytes(group.substr(i + kLoggedAtBytes, Digest::kSizeBytes));
      erased_.insert({*event, *digest});
      digests_.insert(*digest);
    }
    at += *size;
    rest.remove_prefix(*size);
  }
  if (rest.empty()) return absl::OkStatus();
  if (ftruncate(file_, static_cast<off_t>(at)) != 0 || fsync(file_) != 0) {
    return DiskFailed(path_, "cutting the unfinished end off");
  }
  return absl::OkStatus();
}

absl::Status ErasureLedger::Add(const std::vector<ErasedDisclosure>& erased) {
  if (failed_) {
    return Refusal(absl::StatusCode::kUnavailable, "disk_error",
                   path_ + " has to be opened again after a failed write");
  }
  std::vector<ErasedDisclosure> added;
  for (const ErasedDisclosure& one : erased) {
    const bool twice = std::ranges::find(added, one) != added.end();
    if (!twice && !erased_.contains(one)) added.push_back(one);
  }
  if (added.empty()) return absl::OkStatus();
  if (!WriteAll(file_, EncodeGroup(added)) || fdatasync(file_) != 0) {
    failed_ = true;
    return DiskFailed(path_, "writing");
  }
  for (const ErasedDisclosure& one : added) {
    erased_.insert(one);
    digests_.insert(one.disclosure);
  }
  return absl::OkStatus();
}

}  // namespace bonafide::storage
