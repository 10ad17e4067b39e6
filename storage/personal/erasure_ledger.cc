#include "storage/personal/erasure_ledger.h"

#include <fcntl.h>
#include <sys/stat.h>
#include <unistd.h>

#include <algorithm>
#include <cerrno>
#include <cstdint>
#include <filesystem>
#include <optional>
#include <string_view>
#include <utility>

#include "certs/reason.h"
#include "merkle/big_endian.h"
#include "storage/database/disk_error.h"

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

// On disk when this returns true.
bool WriteAt(int file, size_t at, std::string_view bytes) {
  while (!bytes.empty()) {
    const ssize_t written = pwrite(file, bytes.data(), bytes.size(), static_cast<off_t>(at));
    if (written < 0 && errno == EINTR) continue;
    if (written <= 0) return false;
    at += static_cast<size_t>(written);
    bytes.remove_prefix(static_cast<size_t>(written));
  }
  return fsync(file) == 0;
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
  const int file = open(path.c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0600);
  if (file < 0) return DiskError("opening " + path, errno);
  std::unique_ptr<ErasureLedger> ledger(new ErasureLedger(path, file));
  if (absl::Status status = ledger->Load(); !status.ok()) return status;
  return ledger;
}

ErasureLedger::~ErasureLedger() { close(file_); }

absl::Status ErasureLedger::Load() {
  const auto bytes = ReadAll(file_);
  if (!bytes) return DiskError("reading " + path_, errno);
  std::string_view rest = *bytes;
  if (rest.size() < kMagic.size()) {
    // New, or a crash while it was made: what is there must be a beginning of an empty file.
    if (!kMagic.starts_with(rest) && !AllZero(rest)) return LedgerDamaged(path_, 0);
    if (ftruncate(file_, 0) != 0 || !WriteAt(file_, 0, kMagic) || !SyncFolderOf(path_)) {
      return DiskError("making " + path_, errno);
    }
    end_ = kMagic.size();
    return absl::OkStatus();
  }
  if (!rest.starts_with(kMagic)) return LedgerDamaged(path_, 0);
  size_t last = 0;  // where what was written last begins
  size_t at = kMagic.size();
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
    last = at;
    at += *size;
    rest.remove_prefix(*size);
  }
  end_ = at;
  if (!rest.empty() && (ftruncate(file_, static_cast<off_t>(at)) != 0 || fsync(file_) != 0)) {
    return DiskError("cutting the unfinished end off " + path_, errno);
  }
  // After a sync that failed, what is read may be in memory only, and another sync says that all is
  // well. Only what is written again goes to the disk; the groups before it were synced before it
  // was begun.
  failed_ = !WriteAt(file_, last, std::string_view(*bytes).substr(last, at - last)) ||
            !SyncFolderOf(path_);
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
  const std::string group = EncodeGroup(added);
  if (!WriteAt(file_, end_, group)) {
    failed_ = true;
    return DiskError("writing " + path_, errno);
  }
  end_ += group.size();
  for (const ErasedDisclosure& one : added) {
    erased_.insert(one);
    digests_.insert(one.disclosure);
  }
  return absl::OkStatus();
}

}  // namespace bonafide::storage
