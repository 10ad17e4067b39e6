// The one RocksDB of a data directory: opened so that damage is an error, never an absence.
//
// Nothing of RocksDB shows in this header. Errors of every call:
//   "data_damaged"   (kDataLoss)           stored bytes fail a checksum or contradict the format
//   "disk_full"      (kResourceExhausted)  no space, or below the floor
//   "disk_error"     (kUnavailable)        another I/O error; after one on a write, its outcome is
//                                          unknown until the database has been opened again
#ifndef BONAFIDE_STORAGE_DATABASE_DATABASE_H_
#define BONAFIDE_STORAGE_DATABASE_DATABASE_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstddef>
#include <cstdint>
#include <functional>
#include <memory>
#include <optional>
#include <shared_mutex>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database/family.h"

namespace bonafide::storage {

struct DatabaseOptions {
  // The data directory; RocksDB lies in <directory>/db, the lock in <directory>/lock.
  std::string directory;
  // Only `init` creates; otherwise a directory without a database is "not_a_register".
  bool create = false;
  uint64_t block_cache_bytes = uint64_t{256} << 20;
  // Writes are refused while the file system has less than this free.
  uint64_t free_floor_bytes = uint64_t{1} << 30;
  // How much is free on the file system of a directory, in bytes; by default what the system says.
  std::function<uint64_t(const std::string& directory)> free_bytes;
  int background_threads = 2;
  // False only for generators of test registers: a crash then loses what was written.
  bool sync_writes = true;
  // Receives RocksDB's own messages of level warning and above, from any thread. RocksDB never
  // writes a log file itself: on a full disk that aborts the process.
  std::function<void(const std::string& message)> log;
};

// Changes that become durable together or not at all. Not thread-safe. Move only.
class WriteBatch {
 public:
  WriteBatch();
  ~WriteBatch();
  WriteBatch(WriteBatch&& other) noexcept;
  WriteBatch& operator=(WriteBatch&& other) noexcept;

  void Put(Family family, std::string_view key, std::string_view value);
  // Makes the value of `key`, none being an empty one, longer. Only in kHistories, kPlaces and
  // kTiles.
  void Append(Family family, std::string_view key, std::string_view more);
  void Delete(Family family, std::string_view key);
  // Deletes all keys in [from, to).
  void DeleteRange(Family family, std::string_view from, std::string_view to);
  size_t size_bytes() const;

 private:
  friend class Database;
  friend struct DatabaseState;
  struct Rows;
  std::unique_ptr<Rows> rows_;
};

// Sees one row of a scan; the views last for the call. Returns whether to go on.
using RowVisitor = std::function<bool(std::string_view key, std::string_view value)>;

// A value where it was read, uncopied where that can be. Must not outlive its Snapshot. Move only.
class PinnedValue {
 public:
  struct Bytes;
  explicit PinnedValue(std::unique_ptr<const Bytes> bytes);
  ~PinnedValue();
  PinnedValue(PinnedValue&& other) noexcept;
  PinnedValue& operator=(PinnedValue&& other) noexcept;

  // Lasts as long as the value, also while that is moved.
  std::string_view view() const;

 private:
  std::unique_ptr<const Bytes> bytes_;
};

// Reads of one moment, unaffected by later writes. Thread-safe. Keeps the database's files in use,
// so release it soon: the data directory stays locked until the last one is gone.
class Snapshot {
 public:
  virtual ~Snapshot() = default;

  // The value of `key`, or nothing where there is none.
  virtual absl::StatusOr<std::optional<std::string>> Get(Family family,
                                                         std::string_view key) const = 0;
  // The value of a key that must be there; its absence is "record_missing" (kDataLoss).
  virtual absl::StatusOr<std::string> Require(Family family, std::string_view key) const = 0;
  // As Get, for values that are long or read often.
  virtual absl::StatusOr<std::optional<PinnedValue>> Pin(Family family,
                                                         std::string_view key) const = 0;
  // For each of `keys`, as Get; costs less than a Scan while they are few.
  virtual absl::StatusOr<std::vector<std::optional<std::string>>> GetMany(
      Family family, const std::vector<std::string>& keys) const = 0;
  // All rows with from <= key < to in ascending order, as long as `visit` returns true; an empty
  // `to` is no bound. The status tells whether what was seen is all there is.
  virtual absl::Status Scan(Family family, std::string_view from, std::string_view to,
                            const RowVisitor& visit) const = 0;
  // All rows whose key begins with `prefix`.
  absl::Status ScanPrefix(Family family, std::string_view prefix, const RowVisitor& visit) const;
  // As Scan, in descending order: to > key >= from.
  virtual absl::Status ScanBackwards(Family family, std::string_view from, std::string_view to,
                                     const RowVisitor& visit) const = 0;
};

// Thread-safe. One per data directory and machine.
class Database {
 public:
  // Errors: "data_directory_in_use" (kFailedPrecondition: another process or object has it),
  // "not_a_register" (kFailedPrecondition: nothing there and `create` is false),
  // "store_version" (kFailedPrecondition: written by a newer version), and those above.
  static absl::StatusOr<std::unique_ptr<Database>> Open(const DatabaseOptions& options);
  ~Database();
  Database(const Database&) = delete;
  Database& operator=(const Database&) = delete;

  const DatabaseOptions& options() const;

  std::shared_ptr<const Snapshot> Now() const;
  // Reads the newest state; the same errors as Snapshot::Get, Require.
  absl::StatusOr<std::optional<std::string>> Get(Family family, std::string_view key) const;
  absl::StatusOr<std::string> Require(Family family, std::string_view key) const;

  // Writes all of `batch` and returns after it is on disk. "disk_full" without `outcome_unknown()`
  // afterwards means that nothing was written; after any other error the outcome is unknown.
  absl::Status Write(WriteBatch batch);
  // The same without waiting for the disk: for what may be lost in a crash without harm.
  absl::Status WriteLazily(WriteBatch batch);
  // Whether a write has failed in a way that leaves its outcome open. Then every further write is
  // refused ("disk_error"); only closing and opening again tells.
  bool outcome_unknown() const;
  // Closes and opens again, to learn what is on disk after an unknown outcome. Waits up to
  // `patience_ms` for the last snapshot to be released ("disk_error" after that, and nothing has
  // changed). Calls from other threads meanwhile get "disk_error"; so do all calls after opening
  // has failed, until a later Reopen succeeds.
  absl::Status Reopen(int64_t patience_ms);
  // Error "disk_full" while less than the floor is free.
  absl::Status CheckFreeSpace() const;

  // Makes deleted and overwritten values of [from, to) leave the files, before it returns; an empty
  // `to` is no bound. Held snapshots delay that.
  absl::Status Compact(Family family, std::string_view from, std::string_view to);
  // Counts writes, and goes on counting when opened again. What a snapshot reads was written at or
  // before the count it was taken at.
  uint64_t WriteCount() const;
  // The count of the oldest snapshot that is held; nothing while none is.
  std::optional<uint64_t> OldestSnapshot() const;
  // A consistent copy in <directory>/db, which must not exist; hard links where possible. Writes
  // may go on meanwhile.
  absl::Status CopyTo(const std::string& directory);
  // Reads every file and compares its checksum.
  absl::Status VerifyFiles() const;
  // What lies on disk, estimated.
  uint64_t DiskBytes() const;

 private:
  explicit Database(std::shared_ptr<struct DatabaseState> state);
  std::shared_ptr<struct DatabaseState> State() const;
  absl::Status WriteAs(WriteBatch batch, bool sync);

  const DatabaseOptions options_;
  mutable std::shared_mutex mutex_;
  std::shared_ptr<struct DatabaseState> state_;  // guarded by mutex_; null while closed
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_DATABASE_DATABASE_H_
