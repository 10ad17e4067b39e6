#include "server/command/check.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace bonafide::server::command {
namespace {

using Progress = std::function<void(const std::string& what, uint64_t done, uint64_t all)>;

absl::StatusOr<storage::CheckReport> CheckDatabase(const storage::Database& database,
                                                   const std::string& directory,
                                                   const Progress& progress) {
  storage::CheckOptions options;
  options.threads = std::max(1u, std::thread::hardware_concurrency());
  options.progress = progress;
  return storage::CheckStore(database, directory + "/high-water", options);
}

// What is left of a register that damage keeps shut.
absl::StatusOr<CheckOutcome> CheckShut(const DataDirectoryOptions& options, absl::Status opening,
                                       const Log& log, const Progress& progress) {
  const auto register_options = RegisterOptionsOf(options, log);
  if (!register_options.ok()) return register_options.status();
  const auto database = storage::Database::Open(register_options->database);
  if (!database.ok()) return database.status();
  auto report = CheckDatabase(**database, options.directory, progress);
  if (!report.ok()) return report.status();
  CheckOutcome outcome;
  outcome.report = *std::move(report);
  outcome.opening = std::move(opening);
  return outcome;
}

}  // namespace

absl::StatusOr<CheckOutcome> Check(const DataDirectoryOptions& options, const Log& log,
                                   const storage::Clock& clock, const Progress& progress) {
  // A head signed now would be one more to check, and no news.
  DataDirectoryOptions quiet = options;
  quiet.heartbeat = false;
  auto directory = DataDirectory::Open(quiet, log, clock);
  if (absl::IsDataLoss(directory.status())) {
    return CheckShut(quiet, directory.status(), log, progress);
  }
  if (!directory.ok()) return directory.status();
  storage::Register& reg = (*directory)->reg();
  auto report = CheckDatabase(reg.database(), options.directory, progress);
  if (!report.ok()) return report.status();
  CheckOutcome outcome;
  outcome.report = *std::move(report);
  if (const storage::RegisterStatus status = reg.status();
      status.state != storage::SigningState::kSigning) {
    outcome.not_signing_reason = status.reason;
    outcome.not_signing_message = status.message;
  }
  return outcome;
}

}  // namespace bonafide::server::command
