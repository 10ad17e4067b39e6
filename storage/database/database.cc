#include "storage/database/database.h"

#include <rocksdb/convenience.h>
#include <rocksdb/db.h>
#include <rocksdb/utilities/checkpoint.h>
#include <rocksdb/write_batch.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <mutex>
#include <thread>

#include "certs/reason.h"
#include "storage/database/database_state.h"
#include "storage/database/disk_error.h"
#include "storage/database/rocksdb_options.h"

namespace bonafide::storage {
namespace {

namespace fs = std::filesystem;

// Checks what is there before RocksDB may create anything.
absl::Status CheckDirectory(const DatabaseOptions& options, const std::string& db_path) {
  std::error_code error;
  if (!fs::is_directory(options.directory, error)) {
    return NotAdmitted("not_a_register", options.directory + " is not a directory");
  }
  const bool current = fs::exists(db_path + "/CURRENT", error);
  if (current) return absl::OkStatus();
  const bool remains = fs::is_directory(db_path, error) && !fs::is_empty(db_path, error);
  if (remains) return Damaged("data_damaged", db_path + " has files, but no CURRENT");
  if (options.create) return absl::OkStatus();
  return NotAdmitted("not_a_register",
                     options.directory + " holds no register; `bonafided init` makes one");
}

absl::Status CheckFamilies(const rocksdb::DBOptions& options, const std::string& db_path) {
  std::error_code error;
  if (!fs::exists(db_path + "/CURRENT", error)) return absl::OkStatus();
  std::vector<std::string> names;
  const rocksdb::Status listed = rocksdb::DB::ListColumnFamilies(options, db_path, &names);
  if (!listed.ok()) return Translate(listed, "listing column families");
  for (const std::string& name : names) {
    if (std::ranges::find(kFamilyNames, name) == kFamilyNames.end()) {
      const bool former = std::ranges::find(kFormerFamilyNames, name) != kFormerFamilyNames.end();
      return NotAdmitted("store_version",
                         "the column family " + name + " is not of this version: " +
                             (former ? "an older" : "a newer") + " version wrote this directory");
    }
  }
  return absl::OkStatus();
}

}  // namespace

struct WriteBatch::Rows {
  struct Row {
    enum class Kind : uint8_t { kPut, kAppend, kDelete, kDeleteRange } kind;
    Family family;
    std::string key;
    std::string value;
  };
  std::vector<Row> rows;
  size_t size_bytes = 0;
};

WriteBatch::WriteBatch() : rows_(std::make_unique<Rows>()) {}
WriteBatch::~WriteBatch() = default;
WriteBatch::WriteBatch(WriteBatch&&) noexcept = default;
WriteBatch& WriteBatch::operator=(WriteBatch&&) noexcept = default;

void WriteBatch::Put(Family family, std::string_view key, std::string_view value) {
  rows_->rows.push_back({Rows::Row::Kind::kPut, family, std::string(key), std::string(value)});
  rows_->size_bytes += key.size() + value.size();
}

void WriteBatch::Append(Family family, std::string_view key, std::string_view more) {
  rows_->rows.push_back({Rows::Row::Kind::kAppend, family, std::string(key), std::string(more)});
  rows_->size_bytes += key.size() + more.size();
}

void WriteBatch::Delete(Family family, std::string_view key) {
  rows_->rows.push_back({Rows::Row::Kind::kDelete, family, std::string(key), {}});
  rows_->size_bytes += key.size();
}

void WriteBatch::DeleteRange(Family family, std::string_view from, std::string_view to) {
  rows_->rows.push_back(
      {Rows::Row::Kind::kDeleteRange, family, std::string(from), std::string(to)});
  rows_->size_bytes += from.size() + to.size();
}

size_t WriteBatch::size_bytes() const { return rows_->size_bytes; }

DatabaseState::~DatabaseState() {
  if (!db) return;
  for (rocksdb::ColumnFamilyHandle* handle : handles) db->DestroyColumnFamilyHandle(handle);
  db->Close();
}

absl::Status Snapshot::ScanPrefix(Family family, std::string_view prefix,
                                  const RowVisitor& visit) const {
  // The first key after all that begin with the prefix: add one, dropping bytes that would wrap.
  std::string end(prefix);
  while (!end.empty() && end.back() == '\xff') end.pop_back();
  if (!end.empty()) ++end.back();
  return Scan(family, prefix, end, visit);
}

namespace {

absl::StatusOr<std::shared_ptr<DatabaseState>> OpenState(const DatabaseOptions& options) {
  const std::string db_path = options.directory + "/db";
  if (absl::Status status = CheckDirectory(options, db_path); !status.ok()) return status;
  auto lock = DirectoryLock::Acquire(options.directory + "/lock");
  if (!lock.ok()) return lock.status();
  if (options.create) {
    // RocksDB complains of a folder that is missing before it makes it.
    std::error_code error;
    fs::create_directory(db_path, error);
    if (error) return DiskError("making " + db_path, error.value());
  }
  const rocksdb::DBOptions db_options = MakeDbOptions(options);
  if (absl::Status status = CheckFamilies(db_options, db_path); !status.ok()) return status;

  rocksdb::ColumnFamilyOptions family_options = MakeFamilyOptions(options);
  std::vector<rocksdb::ColumnFamilyDescriptor> families;
  families.reserve(kFamilyNames.size());
  for (std::string_view name : kFamilyNames) {
    families.emplace_back(std::string(name), family_options);
  }
  for (const Family family : {Family::kHistories, Family::kPlaces, Family::kTiles}) {
    LetAppend(families[static_cast<size_t>(family)].options);
  }
  ReadAtRandom(families[static_cast<size_t>(Family::kHistories)].options);
  auto state = std::make_shared<DatabaseState>(options, *std::move(lock));
  rocksdb::DB* db = nullptr;
  const rocksdb::Status opened =
      rocksdb::DB::Open(db_options, db_path, families, &state->handles, &db);
  if (!opened.ok()) return Translate(opened, "opening " + db_path);
  state->db.reset(db);
  return state;
}

absl::Status Closed() {
  return Refusal(absl::StatusCode::kUnavailable, "disk_error",
                 "the database is being opened again");
}

// What Now() gives while there is no database: nothing can be read, and nothing seems absent.
class ClosedSnapshot final : public Snapshot {
 public:
  absl::StatusOr<std::optional<std::string>> Get(Family, std::string_view) const override {
    return Closed();
  }
  absl::StatusOr<std::string> Require(Family, std::string_view) const override { return Closed(); }
  absl::StatusOr<std::optional<PinnedValue>> Pin(Family, std::string_view) const override {
    return Closed();
  }
  absl::StatusOr<std::vector<std::optional<std::string>>> GetMany(
      Family, const std::vector<std::string>&) const override {
    return Closed();
  }
  absl::Status Scan(Family, std::string_view, std::string_view, const RowVisitor&) const override {
    return Closed();
  }
  absl::Status ScanBackwards(Family, std::string_view, std::string_view,
                             const RowVisitor&) const override {
    return Closed();
  }
};

}  // namespace

absl::StatusOr<std::unique_ptr<Database>> Database::Open(const DatabaseOptions& options) {
  auto state = OpenState(options);
  if (!state.ok()) return state.status();
  return std::unique_ptr<Database>(new Database(*std::move(state)));
}

Database::Database(std::shared_ptr<DatabaseState> state)
    : options_(state->options), state_(std::move(state)) {}
Database::~Database() = default;

std::shared_ptr<DatabaseState> Database::State() const {
  const std::shared_lock lock(mutex_);
  return state_;
}

absl::Status Database::Reopen(int64_t patience_ms) {
  std::shared_ptr<DatabaseState> old;
  {
    const std::unique_lock lock(mutex_);
    old = std::move(state_);
    state_ = nullptr;
  }
  if (old) {
    const std::weak_ptr<DatabaseState> last = old;
    for (int64_t waited_ms = 0; last.use_count() > 1; ++waited_ms) {
      if (waited_ms >= patience_ms) {
        const std::unique_lock lock(mutex_);
        state_ = std::move(old);
        return Refusal(absl::StatusCode::kUnavailable, "disk_error",
                       "readers still hold snapshots of the database to be opened again");
      }
      std::this_thread::sleep_for(std::chrono::milliseconds(1));
    }
    old.reset();
  }
  DatabaseOptions options = options_;
  options.create = false;
  auto state = OpenState(options);
  if (!state.ok()) return state.status();
  const std::unique_lock lock(mutex_);
  state_ = *std::move(state);
  return absl::OkStatus();
}

const DatabaseOptions& Database::options() const { return options_; }

std::shared_ptr<const Snapshot> Database::Now() const {
  const auto state = State();
  if (!state) return std::make_shared<ClosedSnapshot>();
  return TakeSnapshot(state);
}

absl::StatusOr<std::optional<std::string>> Database::Get(Family family,
                                                         std::string_view key) const {
  const auto state = State();
  if (!state) return Closed();
  return GetRow(*state, rocksdb::ReadOptions(), family, key);
}

absl::StatusOr<std::string> Database::Require(Family family, std::string_view key) const {
  const auto state = State();
  if (!state) return Closed();
  return RequireRow(*state, rocksdb::ReadOptions(), family, key);
}

absl::Status Database::Write(WriteBatch batch) {
  return WriteAs(std::move(batch), options_.sync_writes);
}

absl::Status Database::WriteLazily(WriteBatch batch) { return WriteAs(std::move(batch), false); }

absl::Status Database::WriteAs(WriteBatch batch, bool sync) {
  const auto state = State();
  if (!state) return Closed();
  if (state->outcome_unknown) {
    return Refusal(absl::StatusCode::kUnavailable, "disk_error",
                   "an earlier write failed; the database has to be opened again first");
  }
  if (absl::Status status = CheckFreeSpace(); !status.ok()) return status;
  constexpr size_t kProtectionBytes = 8;
  rocksdb::WriteBatch rows(batch.size_bytes() + 16 * batch.rows_->rows.size() + 64, 0,
                           kProtectionBytes, 0);
  rocksdb::Status status;
  for (const WriteBatch::Rows::Row& row : batch.rows_->rows) {
    rocksdb::ColumnFamilyHandle* handle = state->Handle(row.family);
    switch (row.kind) {
      case WriteBatch::Rows::Row::Kind::kPut:
        status = rows.Put(handle, row.key, row.value);
        break;
      case WriteBatch::Rows::Row::Kind::kAppend:
        status = rows.Merge(handle, row.key, row.value);
        break;
      case WriteBatch::Rows::Row::Kind::kDelete:
        status = rows.Delete(handle, row.key);
        break;
      case WriteBatch::Rows::Row::Kind::kDeleteRange:
        status = rows.DeleteRange(handle, row.key, row.value);
        break;
    }
    if (!status.ok()) return Translate(status, "building a write");
  }
  rocksdb::WriteOptions options;
  options.sync = sync;
  status = state->db->Write(options, &rows);
  if (!status.ok()) state->outcome_unknown = true;
  return Translate(status, "writing");
}

bool Database::outcome_unknown() const {
  const auto state = State();
  return !state || state->outcome_unknown;
}

absl::Status Database::CheckFreeSpace() const {
  const auto free_bytes = options_.free_bytes
                              ? absl::StatusOr<uint64_t>(options_.free_bytes(options_.directory))
                              : FreeBytes(options_.directory);
  if (!free_bytes.ok()) return free_bytes.status();
  if (*free_bytes >= options_.free_floor_bytes) return absl::OkStatus();
  return Refusal(absl::StatusCode::kResourceExhausted, "disk_full",
                 "only " + std::to_string(*free_bytes) + " bytes are free; writing stops below " +
                     std::to_string(options_.free_floor_bytes));
}

absl::Status Database::Compact(Family family, std::string_view from, std::string_view to) {
  const auto state = State();
  if (!state) return Closed();
  // A log holds the writes of all families and goes only when each of them has been flushed past
  // it.
  rocksdb::Status status = state->db->Flush(rocksdb::FlushOptions(), state->handles);
  if (!status.ok()) return Translate(status, "flushing before compacting");
  const rocksdb::Slice first(from.data(), from.size());
  const rocksdb::Slice last(to.data(), to.size());
  rocksdb::CompactRangeOptions options;
  options.bottommost_level_compaction = rocksdb::BottommostLevelCompaction::kForceOptimized;
  status =
      state->db->CompactRange(options, state->Handle(family), &first, to.empty() ? nullptr : &last);
  if (!status.ok()) return Translate(status, "compacting");
  // Files that are no longer needed are otherwise removed later, by a background thread.
  status = state->db->DisableFileDeletions();
  if (status.ok()) status = state->db->EnableFileDeletions();
  return Translate(status, "removing files after compacting");
}

uint64_t Database::WriteCount() const {
  const auto state = State();
  return state ? state->db->GetLatestSequenceNumber() : 0;
}

std::optional<uint64_t> Database::OldestSnapshot() const {
  const auto state = State();
  uint64_t held = 0;
  uint64_t oldest = 0;
  const bool known =
      state && state->db->GetIntProperty(rocksdb::DB::Properties::kNumSnapshots, &held) &&
      state->db->GetIntProperty(rocksdb::DB::Properties::kOldestSnapshotSequence, &oldest);
  if (!known || held == 0) return std::nullopt;
  return oldest;
}

absl::Status Database::CopyTo(const std::string& directory) {
  const auto state = State();
  if (!state) return Closed();
  rocksdb::Checkpoint* made = nullptr;
  rocksdb::Status status = rocksdb::Checkpoint::Create(state->db.get(), &made);
  const std::unique_ptr<rocksdb::Checkpoint> checkpoint(made);
  if (status.ok()) status = checkpoint->CreateCheckpoint(directory + "/db");
  return Translate(status, "copying to " + directory);
}

absl::Status Database::VerifyFiles() const {
  const auto state = State();
  if (!state) return Closed();
  return Translate(state->db->VerifyFileChecksums(rocksdb::ReadOptions()), "verifying files");
}

uint64_t Database::DiskBytes() const {
  const auto state = State();
  uint64_t total = 0;
  if (!state) return total;
  for (rocksdb::ColumnFamilyHandle* handle : state->handles) {
    uint64_t bytes = 0;
    state->db->GetIntProperty(handle, rocksdb::DB::Properties::kTotalSstFilesSize, &bytes);
    total += bytes;
  }
  return total;
}

}  // namespace bonafide::storage
