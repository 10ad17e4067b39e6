// Copying a register while it serves.
#ifndef BONAFIDE_STORAGE_REGISTER_BACKUP_H_
#define BONAFIDE_STORAGE_REGISTER_BACKUP_H_

#include <absl/status/status.h>

#include <string>

#include "certs/note.h"
#include "storage/database/database.h"

namespace bonafide::storage {

// Copies `database` and the high-water mark at `mark_path` into `directory`, which must be empty or
// missing. The mark is read before the database is copied, so the copy is never behind its own
// mark: it opens and may sign. Whoever puts it in the place of the original loses the mark's
// protection with the heads signed since; clients and witnesses then know better. Errors:
// "backup_directory" (kFailedPrecondition), "high_water_..." and those of Database::CopyTo.
absl::Status BackUpRegister(Database& database, const certs::NoteVerifier& log,
                            const std::string& mark_path, const std::string& directory);

}  // namespace bonafide::storage

#endif  // BONAFIDE_STORAGE_REGISTER_BACKUP_H_
