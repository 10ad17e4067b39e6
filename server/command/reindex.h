// `bonafided reindex-names`: the local indexes over personal data, made anew.
#ifndef BONAFIDE_SERVER_COMMAND_REINDEX_H_
#define BONAFIDE_SERVER_COMMAND_REINDEX_H_

#include <absl/status/status.h>

#include <cstdint>
#include <functional>

#include "server/data_directory.h"

namespace bonafide::server::command {

// Rebuilds the indexes of names and of duplicates while no server has the directory. `progress`
// receives how many events were read. Errors: those of DataDirectory::Open and of
// storage/personal/personal_rebuild.h.
absl::Status Reindex(const DataDirectoryOptions& options, const Log& log,
                     const storage::Clock& clock,
                     const std::function<void(uint64_t events)>& progress);

}  // namespace bonafide::server::command

#endif  // BONAFIDE_SERVER_COMMAND_REINDEX_H_
