// A database in a directory of its own that goes with it, for the tests of what lies beside the
// log.
#ifndef BONAFIDE_TESTS_STORAGE_SCRATCH_DATABASE_H_
#define BONAFIDE_TESTS_STORAGE_SCRATCH_DATABASE_H_

#include <cstddef>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "storage/database/database.h"

namespace bonafide::storage {

class ScratchDatabase {
 public:
  ScratchDatabase();
  ~ScratchDatabase();
  ScratchDatabase(const ScratchDatabase&) = delete;
  ScratchDatabase& operator=(const ScratchDatabase&) = delete;

  Database& operator*() { return *database_; }
  Database* operator->() { return database_.get(); }
  const std::string& directory() const { return directory_; }

  void Close() { database_.reset(); }
  // Closes where need be, and opens what is there.
  void Reopen();

  // What a crash at this moment would leave, in another directory.
  std::unique_ptr<ScratchDatabase> Copy();

  // How many rows of `family` begin with `prefix`.
  size_t Count(Family family, std::string_view prefix = "") const;

 private:
  std::string directory_;
  std::unique_ptr<Database> database_;
};

// The files below `directory`, however deep, that contain `needle`.
std::vector<std::string> FilesContaining(const std::string& directory, std::string_view needle);

}  // namespace bonafide::storage

#endif  // BONAFIDE_TESTS_STORAGE_SCRATCH_DATABASE_H_
