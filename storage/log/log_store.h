// The ordered log behind the narrowest interface that several machines could share: one append that
// says what it expects to be there, and reads.
#ifndef BONAFIDE_STORAGE_LOG_LOG_STORE_H_
#define BONAFIDE_STORAGE_LOG_LOG_STORE_H_

#include <absl/status/status.h>
#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "certs/digest.h"
#include "merkle/frontier.h"
#include "storage/database/database.h"
#include "storage/database/schema.h"

namespace bonafide::storage {

// The end of the log, as the last append left it.
struct LogHead {
  uint64_t epoch = 0;         // the newest that was begun
  merkle::Frontier frontier;  // size and root of the log
  Digest batch_id;            // of the last append; zero when there was none

  TreeSize size() const { return frontier.size(); }
  Digest root() const { return frontier.root(); }
  bool operator==(const LogHead&) const = default;
};

// epoch:u64, batch_id:32, serialised frontier.
std::string EncodeLogHead(const LogHead& head);
// Error: "data_damaged".
absl::StatusOr<LogHead> ParseLogHead(std::string_view bytes);

struct AppendEntry {
  std::string bytes;
  Digest leaf_hash;                // of `bytes`
  std::vector<EntryPlace> places;  // where an event stands; none for a state entry
  // What this node keeps beside it at each of them (AnnexItem). Not part of the log.
  std::vector<std::string> annexes = {};
};

struct AppendRequest {
  uint64_t epoch = 0;
  TreeSize base_size;  // the log has to be exactly this
  Digest base_root;
  std::vector<AppendEntry> entries;  // at least one
  merkle::Frontier frontier;         // of the log after them
  // What this node derives from the entries and keeps in the same commit. Not part of the log.
  WriteBatch derived;

  // Names the batch: equal requests have equal names, whoever sends them.
  Digest BatchId() const;
};

enum class AppendOutcome {
  kAppended,  // durable
  kAlready,   // this very batch was appended before; nothing was written now
  kConflict,  // the log is not what the request expects; nothing was written
  kFenced,    // a newer epoch has begun; nothing was written, and never will be for this one
  kRefused,   // nothing was written: no space
  kUnknown,   // it may or may not be durable; reopen and look at Head()
};

struct AppendResult {
  AppendOutcome outcome = AppendOutcome::kUnknown;
  absl::Status why;  // OK for kAppended and kAlready
};

// Not thread-safe: one appender. Reads of a store shared with others see what is durable.
class LogStore {
 public:
  virtual ~LogStore() = default;

  virtual absl::StatusOr<LogHead> Head() = 0;
  // Begins an epoch and fences off every earlier one; durable when it returns.
  virtual absl::StatusOr<uint64_t> BeginEpoch() = 0;
  virtual AppendResult Append(AppendRequest request) = 0;
  // At most `count` entries from `first`, fewer at the end. Error: "data_damaged".
  virtual absl::StatusOr<std::vector<std::string>> Read(LogIndex first, size_t count) = 0;
};

// What every driver decides from the head it has: kAlready, kConflict, kFenced, or kAppended for
// "go on and write".
AppendResult JudgeAppend(const LogHead& head, const AppendRequest& request);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_LOG_LOG_STORE_H_
