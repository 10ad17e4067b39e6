// How RocksDB is opened, and what its errors mean here. Internal to this room.
#ifndef BONAFIDE_STORAGE_DATABASE_ROCKSDB_OPTIONS_H_
#define BONAFIDE_STORAGE_DATABASE_ROCKSDB_OPTIONS_H_

#include <absl/status/status.h>
#include <rocksdb/options.h>
#include <rocksdb/status.h>

#include <string_view>
#include <vector>

#include "storage/database/database.h"

namespace bonafide::storage {

// Through what every database opened from now on reaches its files; nullptr: as always. Must
// outlive them. For tests of what a power cut leaves; not thread-safe.
void UseEnvironment(rocksdb::Env* env);

rocksdb::DBOptions MakeDbOptions(const DatabaseOptions& options);
rocksdb::ColumnFamilyOptions MakeFamilyOptions(const DatabaseOptions& options);
// Gives WriteBatch::Append a meaning in `family`.
void LetAppend(rocksdb::ColumnFamilyOptions& family);
// For rows of which any may be asked for, each about as likely.
void ReadAtRandom(rocksdb::ColumnFamilyOptions& family);

// With the reasons of storage/database/database.h; `doing` goes before RocksDB's own words.
absl::Status Translate(const rocksdb::Status& status, std::string_view doing);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_DATABASE_ROCKSDB_OPTIONS_H_
