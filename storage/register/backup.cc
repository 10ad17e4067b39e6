#include "storage/register/backup.h"

#include <filesystem>

#include "certs/reason.h"
#include "merkle/checkpoint.h"
#include "storage/database/disk_error.h"
#include "storage/register/high_water.h"

namespace bonafide::storage {

namespace fs = std::filesystem;

absl::Status BackUpRegister(Database& database, const certs::NoteVerifier& log,
                            const std::string& mark_path, const std::string& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (error) return DiskError("cannot make " + directory, error.value());
  if (!fs::is_empty(directory, error)) {
    return NotAdmitted("backup_directory", directory + " is not empty");
  }
  const auto mark = HighWater::Open(mark_path);
  if (!mark.ok()) return mark.status();
  const auto opened = merkle::OpenCheckpoint((*mark)->note(), log);
  if (!opened.ok()) return opened.status();
  if (absl::Status status = database.CopyTo(directory); !status.ok()) return status;
  return HighWater::Create(directory + "/high-water", (*mark)->note()).status();
}

}  // namespace bonafide::storage
