#include "server/command/check.h"

#include <algorithm>
#include <thread>
#include <utility>

namespace bonafide::server::command {

absl::StatusOr<CheckOutcome> Check(
    const DataDirectoryOptions& options, const Log& log, const storage::Clock& clock,
    const std::function<void(const std::string& what, uint64_t done, uint64_t all)>& progress) {
  // A head signed now would be one more to check, and no news.
  DataDirectoryOptions quiet = options;
  quiet.heartbeat = false;
  auto directory = DataDirectory::Open(quiet, log, clock);
  if (!directory.ok()) return directory.status();
  storage::Register& reg = (*directory)->reg();
  if (absl::Status files = reg.database().VerifyFiles(); !files.ok()) return files;

  storage::CheckOptions check;
  check.threads = std::max(1u, std::thread::hardware_concurrency());
  check.progress = progress;
  auto report = storage::CheckStore(reg.database(), options.directory + "/high-water", check);
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
