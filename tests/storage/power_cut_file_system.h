// A file system that knows what of it would be left if the power went now: of each file what was
// synced, of each directory the names that were.
#ifndef BONAFIDE_TESTS_STORAGE_POWER_CUT_FILE_SYSTEM_H_
#define BONAFIDE_TESTS_STORAGE_POWER_CUT_FILE_SYSTEM_H_

#include <rocksdb/file_system.h>

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <random>
#include <string>

namespace bonafide::storage {

// What was written before it was made is taken to be safe. Thread-safe.
class PowerCutFileSystem final : public rocksdb::FileSystemWrapper {
 public:
  // `seed` decides how much of what was not synced is left all the same.
  explicit PowerCutFileSystem(uint64_t seed)
      : rocksdb::FileSystemWrapper(rocksdb::FileSystem::Default()), random_(seed) {}
  const char* Name() const override { return "PowerCutFileSystem"; }

  // Calls `cut` within the `operations`-th change from now on, while no other can happen. It may
  // call Leave, and must not use the file system otherwise.
  void CutAfter(int operations, std::function<void()> cut);
  // Writes what would be left of the files in `from` into the new directory `to`.
  void Leave(const std::string& from, const std::string& to);

  rocksdb::IOStatus NewWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                    std::unique_ptr<rocksdb::FSWritableFile>* result,
                                    rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReopenWritableFile(const std::string& name, const rocksdb::FileOptions& options,
                                       std::unique_ptr<rocksdb::FSWritableFile>* result,
                                       rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus ReuseWritableFile(const std::string& name, const std::string& old_name,
                                      const rocksdb::FileOptions& options,
                                      std::unique_ptr<rocksdb::FSWritableFile>* result,
                                      rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus NewDirectory(const std::string& name, const rocksdb::IOOptions& options,
                                 std::unique_ptr<rocksdb::FSDirectory>* result,
                                 rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus RenameFile(const std::string& from, const std::string& to,
                               const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;
  rocksdb::IOStatus DeleteFile(const std::string& name, const rocksdb::IOOptions& options,
                               rocksdb::IODebugContext* debug) override;

 private:
  class File;
  class Directory;

  struct State {
    uint64_t size_bytes = 0;
    uint64_t synced_bytes = 0;
    bool name_synced = false;
    std::optional<std::string> before;  // what stood under this name, as far as it was safe
  };

  // Runs `operation` as one change.
  rocksdb::IOStatus Change(const std::function<rocksdb::IOStatus()>& operation);
  // What would be left of `name`; nothing when that is no file. With the lock held.
  std::optional<std::string> Left(const std::string& name, bool torn);

  std::mutex mutex_;
  std::mt19937_64 random_;
  std::map<std::string, State> files_;  // those that changed
  int until_cut_ = 0;
  std::function<void()> cut_;
};

}  // namespace bonafide::storage

#endif  // BONAFIDE_TESTS_STORAGE_POWER_CUT_FILE_SYSTEM_H_
