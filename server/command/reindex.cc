#include "server/command/reindex.h"

#include "storage/personal/personal_rebuild.h"

namespace bonafide::server::command {

absl::Status Reindex(const DataDirectoryOptions& options, const Log& log,
                     const storage::Clock& clock,
                     const std::function<void(uint64_t events)>& progress) {
  auto directory = DataDirectory::Open(options, log, clock);
  if (!directory.ok()) return directory.status();
  return storage::RebuildPersonalIndexes((*directory)->reg().database(), (*directory)->names(),
                                         (*directory)->duplicates(), progress);
}

}  // namespace bonafide::server::command
