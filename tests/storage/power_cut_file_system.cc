#include "tests/storage/power_cut_file_system.h"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <utility>

namespace bonafide::storage {
namespace {

namespace fs = std::filesystem;
using rocksdb::IODebugContext;
using rocksdb::IOOptions;
using rocksdb::IOStatus;

std::optional<std::string> Read(const std::string& name) {
  std::ifstream in(name, std::ios::binary);
  if (!in) return std::nullopt;
  return std::string(std::istreambuf_iterator<char>(in), {});
}

}  // namespace

// A file being written.
class PowerCutFileSystem::File final : public rocksdb::FSWritableFileOwnerWrapper {
 public:
  File(PowerCutFileSystem& owner, std::string name, std::unique_ptr<rocksdb::FSWritableFile> file)
      : rocksdb::FSWritableFileOwnerWrapper(std::move(file)),
        owner_(owner),
        name_(std::move(name)) {}

  using rocksdb::FSWritableFileOwnerWrapper::Append;
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  IODebugContext* debug) override {
    return owner_.Change([&] {
      const IOStatus status = FSWritableFileOwnerWrapper::Append(data, options, debug);
      if (status.ok()) owner_.files_[name_].size_bytes += data.size();
      return status;
    });
  }
  IOStatus Append(const rocksdb::Slice& data, const IOOptions& options,
                  const rocksdb::DataVerificationInfo& info, IODebugContext* debug) override {
    return owner_.Change([&] {
      const IOStatus status = FSWritableFileOwnerWrapper::Append(data, options, info, debug);
      if (status.ok()) owner_.files_[name_].size_bytes += data.size();
      return status;
    });
  }
  IOStatus Sync(const IOOptions& options, IODebugContext* debug) override {
    return owner_.Change([&] {
      const IOStatus status = FSWritableFileOwnerWrapper::Sync(options, debug);
      if (status.ok()) Synced();
      return status;
    });
  }
  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return owner_.Change([&] {
      const IOStatus status = FSWritableFileOwnerWrapper::Fsync(options, debug);
      if (status.ok()) Synced();
      return status;
    });
  }

 private:
  void Synced() {
    State& state = owner_.files_[name_];
    state.synced_bytes = state.size_bytes;
  }

  PowerCutFileSystem& owner_;
  const std::string name_;
};

class PowerCutFileSystem::Directory final : public rocksdb::FSDirectoryWrapper {
 public:
  Directory(PowerCutFileSystem& owner, std::string name,
            std::unique_ptr<rocksdb::FSDirectory> directory)
      : rocksdb::FSDirectoryWrapper(std::move(directory)), owner_(owner), name_(std::move(name)) {}

  IOStatus Fsync(const IOOptions& options, IODebugContext* debug) override {
    return owner_.Change([&] {
      const IOStatus status = FSDirectoryWrapper::Fsync(options, debug);
      if (status.ok()) Synced();
      return status;
    });
  }
  IOStatus FsyncWithDirOptions(const IOOptions& options, IODebugContext* debug,
                               const rocksdb::DirFsyncOptions& how) override {
    return owner_.Change([&] {
      const IOStatus status = FSDirectoryWrapper::FsyncWithDirOptions(options, debug, how);
      if (status.ok()) Synced();
      return status;
    });
  }

 private:
  void Synced() {
    for (auto& [name, state] : owner_.files_) {
      if (fs::path(name).parent_path() != fs::path(name_)) continue;
      state.name_synced = true;
      state.before.reset();
    }
  }

  PowerCutFileSystem& owner_;
  const std::string name_;
};

IOStatus PowerCutFileSystem::Change(const std::function<IOStatus()>& operation) {
  const std::lock_guard lock(mutex_);
  if (until_cut_ > 0 && --until_cut_ == 0) std::exchange(cut_, nullptr)();
  return operation();
}

void PowerCutFileSystem::CutAfter(int operations, std::function<void()> cut) {
  const std::lock_guard lock(mutex_);
  until_cut_ = operations;
  cut_ = std::move(cut);
}

std::optional<std::string> PowerCutFileSystem::Left(const std::string& name, bool torn) {
  const auto known = files_.find(name);
  if (known == files_.end()) return Read(name);
  const State& state = known->second;
  if (!state.name_synced) return state.before;
  std::optional<std::string> bytes = Read(name);
  if (!bytes) return std::nullopt;
  const uint64_t unsynced = state.size_bytes - state.synced_bytes;
  bytes->resize(state.synced_bytes + (torn && unsynced > 0 ? random_() % (unsynced + 1) : 0));
  return bytes;
}

void PowerCutFileSystem::Leave(const std::string& from, const std::string& to) {
  fs::create_directories(to);
  const bool torn = random_() % 2 == 0;
  for (const auto& entry : fs::directory_iterator(from)) {
    if (!entry.is_regular_file()) continue;
    const std::optional<std::string> bytes = Left(entry.path().string(), torn);
    if (bytes) std::ofstream(fs::path(to) / entry.path().filename(), std::ios::binary) << *bytes;
  }
}

IOStatus PowerCutFileSystem::NewWritableFile(const std::string& name,
                                             const rocksdb::FileOptions& options,
                                             std::unique_ptr<rocksdb::FSWritableFile>* result,
                                             IODebugContext* debug) {
  return Change([&] {
    State state;
    state.before = Left(name, false);
    std::unique_ptr<rocksdb::FSWritableFile> file;
    const IOStatus status = target()->NewWritableFile(name, options, &file, debug);
    if (!status.ok()) return status;
    files_[name] = std::move(state);
    *result = std::make_unique<File>(*this, name, std::move(file));
    return status;
  });
}

IOStatus PowerCutFileSystem::ReopenWritableFile(const std::string& name,
                                                const rocksdb::FileOptions& options,
                                                std::unique_ptr<rocksdb::FSWritableFile>* result,
                                                IODebugContext* debug) {
  return Change([&] {
    std::unique_ptr<rocksdb::FSWritableFile> file;
    const IOStatus status = target()->ReopenWritableFile(name, options, &file, debug);
    if (!status.ok()) return status;
    if (!files_.contains(name)) {
      std::error_code none;
      const uint64_t size = fs::file_size(name, none);
      files_[name] = {size, size, true, std::nullopt};
    }
    *result = std::make_unique<File>(*this, name, std::move(file));
    return status;
  });
}

IOStatus PowerCutFileSystem::ReuseWritableFile(const std::string&, const std::string&,
                                               const rocksdb::FileOptions&,
                                               std::unique_ptr<rocksdb::FSWritableFile>*,
                                               IODebugContext*) {
  return IOStatus::NotSupported("files are not used again here");
}

IOStatus PowerCutFileSystem::NewDirectory(const std::string& name, const IOOptions& options,
                                          std::unique_ptr<rocksdb::FSDirectory>* result,
                                          IODebugContext* debug) {
  std::unique_ptr<rocksdb::FSDirectory> directory;
  const IOStatus status = target()->NewDirectory(name, options, &directory, debug);
  if (status.ok()) *result = std::make_unique<Directory>(*this, name, std::move(directory));
  return status;
}

IOStatus PowerCutFileSystem::RenameFile(const std::string& from, const std::string& to,
                                        const IOOptions& options, IODebugContext* debug) {
  return Change([&] {
    const std::optional<std::string> before = Left(to, false);
    const IOStatus status = target()->RenameFile(from, to, options, debug);
    if (!status.ok()) return status;
    State state;
    if (const auto known = files_.find(from); known != files_.end()) {
      state = std::move(known->second);
      files_.erase(known);
    } else {
      std::error_code none;
      state.size_bytes = state.synced_bytes = fs::file_size(to, none);
    }
    state.name_synced = false;
    state.before = before;
    files_[to] = std::move(state);
    return status;
  });
}

IOStatus PowerCutFileSystem::DeleteFile(const std::string& name, const IOOptions& options,
                                        IODebugContext* debug) {
  return Change([&] {
    files_.erase(name);
    return target()->DeleteFile(name, options, debug);
  });
}

}  // namespace bonafide::storage
