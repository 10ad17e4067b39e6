// Whether a database can be opened again, as far as space on the disk goes.
#ifndef BONAFIDE_STORAGE_DATABASE_REOPEN_ROOM_H_
#define BONAFIDE_STORAGE_DATABASE_REOPEN_ROOM_H_

#include <absl/status/status.h>

#include <string>

namespace bonafide::storage {

// OK when the disk takes what opening the database of `directory` writes: what is in the
// write-ahead logs, once more, and a little. Found out by taking that room and giving it back, so a
// quota counts too; a limit on the size of one file does not. Once a database has been closed it
// may be too late to ask. Errors: "disk_full", "disk_error" (also where its folder cannot be read).
absl::Status CheckReopenRoom(const std::string& directory);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_DATABASE_REOPEN_ROOM_H_
