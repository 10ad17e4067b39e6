#include "server/command/backup.h"

#include "server/control.h"

namespace bonafide::server::command {

absl::Status Backup(const DataDirectoryOptions& options, const std::string& target, const Log& log,
                    const storage::Clock& clock) {
  absl::Status asked = AskServer(options.directory, "backup " + target);
  if (asked.code() != absl::StatusCode::kNotFound) return asked;
  auto directory = DataDirectory::Open(options, log, clock);
  if (!directory.ok()) return directory.status();
  return (*directory)->BackUp(target);
}

}  // namespace bonafide::server::command
