#include "storage/database/rocksdb_options.h"

#include <rocksdb/cache.h>
#include <rocksdb/env.h>
#include <rocksdb/file_checksum.h>
#include <rocksdb/filter_policy.h>
#include <rocksdb/table.h>

#include <array>
#include <cstdarg>
#include <cstdio>
#include <memory>

#include "certs/reason.h"
#include "storage/database/append_operator.h"

namespace bonafide::storage {
namespace {

// Passes RocksDB's messages on instead of writing a file.
class MessageLogger final : public rocksdb::Logger {
 public:
  explicit MessageLogger(std::function<void(const std::string&)> log)
      : rocksdb::Logger(rocksdb::InfoLogLevel::WARN_LEVEL), log_(std::move(log)) {}

  using rocksdb::Logger::Logv;
  void Logv(const char* format, va_list arguments) override {
    if (!log_) return;
    std::array<char, 1024> text;
    const int size = std::vsnprintf(text.data(), text.size(), format, arguments);
    if (size > 0) log_(std::string(text.data()));
  }
  void LogHeader(const char*, va_list) override {}

 private:
  std::function<void(const std::string&)> log_;
};

rocksdb::BlockBasedTableOptions Tables() {
  rocksdb::BlockBasedTableOptions table;
  table.filter_policy.reset(rocksdb::NewBloomFilterPolicy(10, false));
  table.whole_key_filtering = true;
  table.format_version = 5;
  return table;
}

std::shared_ptr<rocksdb::TableFactory> MakeTables(const DatabaseOptions& options) {
  rocksdb::BlockBasedTableOptions table = Tables();
  table.block_cache = rocksdb::NewLRUCache(options.block_cache_bytes);
  // Nearly every read is of one known key: a hash in each block spares the search in it.
  table.data_block_index_type = rocksdb::BlockBasedTableOptions::kDataBlockBinaryAndHash;
  return std::shared_ptr<rocksdb::TableFactory>(rocksdb::NewBlockBasedTableFactory(table));
}

rocksdb::Env* environment = nullptr;

}  // namespace

void UseEnvironment(rocksdb::Env* env) { environment = env; }

rocksdb::DBOptions MakeDbOptions(const DatabaseOptions& options) {
  rocksdb::DBOptions db;
  if (environment != nullptr) db.env = environment;
  db.create_if_missing = options.create;
  db.create_missing_column_families = true;
  db.paranoid_checks = true;
  db.info_log = std::make_shared<MessageLogger>(options.log);
  db.max_total_wal_size = uint64_t{64} << 20;
  db.db_write_buffer_size = uint64_t{128} << 20;
  // It always opens after a torn tail. Whether what it found is all that was signed for is the boot
  // gate's question (storage/register/boot_gate.h), which no recovery mode answers.
  db.wal_recovery_mode = rocksdb::WALRecoveryMode::kPointInTimeRecovery;
  // Families are flushed apart, and need no atomic flush to have one past: a log that is missing is
  // damage, but for the newest, and what that holds begins at the same write for all of them.
  db.track_and_verify_wals_in_manifest = true;
  db.write_dbid_to_manifest = true;
  db.file_checksum_gen_factory = rocksdb::GetFileChecksumGenCrc32cFactory();
  db.max_background_jobs = options.background_threads;
  db.avoid_unnecessary_blocking_io = true;
  db.bytes_per_sync = uint64_t{1} << 20;
  return db;
}

rocksdb::ColumnFamilyOptions MakeFamilyOptions(const DatabaseOptions& options) {
  rocksdb::ColumnFamilyOptions family;
  family.table_factory = MakeTables(options);
  // Tokens are base64 of what hardly repeats: compressing them costs more than it saves.
  family.compression = rocksdb::kNoCompression;
  family.write_buffer_size = uint64_t{32} << 20;
  family.memtable_protection_bytes_per_key = 8;
  // What is not in memory, and whether an identity is new, is asked far more often than answered.
  family.memtable_prefix_bloom_size_ratio = 0.02;
  family.memtable_whole_key_filtering = true;
  family.level_compaction_dynamic_level_bytes = true;
  return family;
}

void LetAppend(rocksdb::ColumnFamilyOptions& family) {
  family.merge_operator = std::make_shared<AppendOperator>();
}

void ReadAtRandom(rocksdb::ColumnFamilyOptions& family) {
  // Who is asked for next is anybody: a cache of blocks would be turned over all the time, and the
  // system keeps pages.
  rocksdb::BlockBasedTableOptions table = Tables();
  table.no_block_cache = true;
  // Each row fills a block, so that the index is as long as the family and a search in it is a walk
  // through cold memory: the denser it lies, the shorter.
  table.index_block_restart_interval = 16;
  family.table_factory.reset(rocksdb::NewBlockBasedTableFactory(table));
  // Nearly every page asked for is there.
  family.optimize_filters_for_hits = true;
}

absl::Status Translate(const rocksdb::Status& status, std::string_view doing) {
  if (status.ok()) return absl::OkStatus();
  const std::string message = std::string(doing) + ": " + status.ToString();
  if (status.IsNoSpace()) {
    return Refusal(absl::StatusCode::kResourceExhausted, "disk_full", message);
  }
  if (status.IsCorruption() || status.IsNotFound()) return Damaged("data_damaged", message);
  if (status.IsIOError() && status.subcode() == rocksdb::Status::kPathNotFound) {
    return Damaged("data_damaged", message);
  }
  return Refusal(absl::StatusCode::kUnavailable, "disk_error", message);
}

}  // namespace bonafide::storage
