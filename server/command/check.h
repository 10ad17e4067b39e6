// `bonafided check`: the full check of a register.
#ifndef BONAFIDE_SERVER_COMMAND_CHECK_H_
#define BONAFIDE_SERVER_COMMAND_CHECK_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <functional>
#include <string>

#include "server/data_directory.h"
#include "storage/check/check.h"

namespace bonafide::server::command {

struct CheckOutcome {
  storage::CheckReport report;
  // Why the register would not open when it is served. OK when it would.
  absl::Status opening;
  // Why the register would only read when it is served: "" when it would sign.
  std::string not_signing_reason;
  std::string not_signing_message;
};

// Checks everything while no server has the directory, as storage::CheckStore compares it; also a
// register that damage keeps shut. Errors: those of DataDirectory::Open but for damage, of
// storage::Database::Open, and of CheckStore.
absl::StatusOr<CheckOutcome> Check(
    const DataDirectoryOptions& options, const Log& log, const storage::Clock& clock,
    const std::function<void(const std::string& what, uint64_t done, uint64_t all)>& progress);

}  // namespace bonafide::server::command

#endif  // BONAFIDE_SERVER_COMMAND_CHECK_H_
