#include "storage/log/memory_log_store.h"

#include <algorithm>

namespace bonafide::storage {

AppendResult MemoryLogStore::Append(AppendRequest request) {
  AppendResult result = JudgeAppend(head_, request);
  if (result.outcome != AppendOutcome::kAppended) return result;
  head_.batch_id = request.BatchId();
  head_.frontier = std::move(request.frontier);
  for (AppendEntry& entry : request.entries) entries_.push_back(std::move(entry.bytes));
  return result;
}

absl::StatusOr<std::vector<std::string>> MemoryLogStore::Read(LogIndex first, size_t count) {
  const size_t begin = std::min<size_t>(first.value, entries_.size());
  const size_t end = begin + std::min(count, entries_.size() - begin);
  return std::vector<std::string>(entries_.begin() + static_cast<ptrdiff_t>(begin),
                                  entries_.begin() + static_cast<ptrdiff_t>(end));
}

}  // namespace bonafide::storage
