// `bonafided backup`: a consistent copy of a register.
#ifndef BONAFIDE_SERVER_COMMAND_BACKUP_H_
#define BONAFIDE_SERVER_COMMAND_BACKUP_H_

#include <absl/status/status.h>

#include <string>

#include "server/data_directory.h"

namespace bonafide::server::command {

// Copies the register into `target`, an absolute path that is empty or missing: by asking the
// server that has the directory, or, when there is none, by itself. Keys are not copied. Errors:
// those of DataDirectory::BackUp and of server/control.h.
absl::Status Backup(const DataDirectoryOptions& options, const std::string& target, const Log& log,
                    const storage::Clock& clock);

}  // namespace bonafide::server::command

#endif  // BONAFIDE_SERVER_COMMAND_BACKUP_H_
