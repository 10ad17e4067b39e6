// The log in memory: for tests and simulations. Keeps entries only, nothing derived.
#ifndef BONAFIDE_STORAGE_LOG_MEMORY_LOG_STORE_H_
#define BONAFIDE_STORAGE_LOG_MEMORY_LOG_STORE_H_

#include <string>
#include <vector>

#include "storage/log/log_store.h"

namespace bonafide::storage {

class MemoryLogStore final : public LogStore {
 public:
  absl::StatusOr<LogHead> Head() override { return head_; }
  absl::StatusOr<uint64_t> BeginEpoch() override { return ++head_.epoch; }
  AppendResult Append(AppendRequest request) override;
  absl::StatusOr<std::vector<std::string>> Read(LogIndex first, size_t count) override;

 private:
  LogHead head_;
  std::vector<std::string> entries_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_LOG_MEMORY_LOG_STORE_H_
