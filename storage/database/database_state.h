// What a Database and its Snapshots share. Internal to this room.
#ifndef BONAFIDE_STORAGE_DATABASE_DATABASE_STATE_H_
#define BONAFIDE_STORAGE_DATABASE_DATABASE_STATE_H_

#include <rocksdb/db.h>

#include <atomic>
#include <memory>
#include <string>
#include <vector>

#include "storage/database/database.h"
#include "storage/database/directory_lock.h"

namespace bonafide::storage {

// Closes RocksDB, then releases the lock, when the last owner goes.
struct DatabaseState {
  DatabaseState(DatabaseOptions chosen, DirectoryLock held)
      : options(std::move(chosen)), lock(std::move(held)) {}
  ~DatabaseState();
  rocksdb::ColumnFamilyHandle* Handle(Family family) const {
    return handles[static_cast<size_t>(family)];
  }

  const DatabaseOptions options;
  const DirectoryLock lock;
  std::unique_ptr<rocksdb::DB> db;
  std::vector<rocksdb::ColumnFamilyHandle*> handles;  // in the order of Family
  std::atomic<bool> outcome_unknown = false;
};

absl::StatusOr<std::optional<std::string>> GetRow(const DatabaseState& state,
                                                  const rocksdb::ReadOptions& options,
                                                  Family family, std::string_view key);
absl::StatusOr<std::string> RequireRow(const DatabaseState& state,
                                       const rocksdb::ReadOptions& options, Family family,
                                       std::string_view key);
std::shared_ptr<const Snapshot> TakeSnapshot(const std::shared_ptr<DatabaseState>& state);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_DATABASE_DATABASE_STATE_H_
