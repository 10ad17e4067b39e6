// `bonafided serve`: serves until it is told to stop.
#ifndef BONAFIDE_SERVER_COMMAND_SERVE_H_
#define BONAFIDE_SERVER_COMMAND_SERVE_H_

#include <absl/status/status.h>

#include "server/data_directory.h"

namespace bonafide::server::command {

// Returns after a stop signal (server/stop_signal.h: BlockStopSignals was called), or with the
// error that kept it from serving.
absl::Status Serve(const DataDirectoryOptions& options, const Log& log,
                   const storage::Clock& clock);

}  // namespace bonafide::server::command

#endif  // BONAFIDE_SERVER_COMMAND_SERVE_H_
