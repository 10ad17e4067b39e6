// The log in the register's own database: entries by subject, places by index, the head in kMeta.
#ifndef BONAFIDE_STORAGE_LOG_DATABASE_LOG_STORE_H_
#define BONAFIDE_STORAGE_LOG_DATABASE_LOG_STORE_H_

#include <string>
#include <vector>

#include "storage/log/log_store.h"

namespace bonafide::storage {

class DatabaseLogStore final : public LogStore {
 public:
  // `database` must outlive this.
  explicit DatabaseLogStore(Database& database) : database_(database) {}

  absl::StatusOr<LogHead> Head() override;
  absl::StatusOr<uint64_t> BeginEpoch() override;
  AppendResult Append(AppendRequest request) override;
  absl::StatusOr<std::vector<std::string>> Read(LogIndex first, size_t count) override;

 private:
  Database& database_;
};

// The head of the log at `snapshot`; that of the empty log where none was written.
absl::StatusOr<LogHead> ReadLogHead(const Snapshot& snapshot);

// At most `count` entries from `first`, and no more after `max_bytes` (but one at least). Each is
// compared with the leaf hash of its place: "data_damaged" where they differ.
absl::StatusOr<std::vector<std::string>> ReadLog(const Snapshot& snapshot, LogIndex first,
                                                 size_t count, size_t max_bytes);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_LOG_DATABASE_LOG_STORE_H_
