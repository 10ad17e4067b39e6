#include "tests/storage/scratch_database.h"

#include <gtest/gtest.h>
#include <stdlib.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace bonafide::storage {
namespace {

std::unique_ptr<Database> OpenIn(const std::string& directory) {
  DatabaseOptions options;
  options.directory = directory;
  options.create = true;
  options.block_cache_bytes = size_t{1} << 20;
  options.free_floor_bytes = 0;
  auto database = Database::Open(options);
  if (!database.ok()) {
    ADD_FAILURE() << database.status();
    return nullptr;
  }
  return *std::move(database);
}

}  // namespace

ScratchDatabase::ScratchDatabase() {
  directory_ = (std::filesystem::temp_directory_path() / "bonafide-XXXXXX").string();
  if (mkdtemp(directory_.data()) == nullptr) ADD_FAILURE() << "no temporary directory";
  database_ = OpenIn(directory_);
}

ScratchDatabase::~ScratchDatabase() {
  database_.reset();
  std::error_code error;
  std::filesystem::remove_all(directory_, error);
}

void ScratchDatabase::Reopen() {
  database_.reset();
  database_ = OpenIn(directory_);
}

std::unique_ptr<ScratchDatabase> ScratchDatabase::Copy() {
  auto copy = std::make_unique<ScratchDatabase>();
  copy->database_.reset();
  std::filesystem::remove_all(copy->directory_ + "/db");
  const absl::Status status = database_->CopyTo(copy->directory_);
  EXPECT_TRUE(status.ok()) << status;
  copy->database_ = OpenIn(copy->directory_);
  return copy;
}

size_t ScratchDatabase::Count(Family family, std::string_view prefix) const {
  size_t rows = 0;
  const absl::Status status =
      database_->Now()->ScanPrefix(family, prefix, [&rows](std::string_view, std::string_view) {
        ++rows;
        return true;
      });
  EXPECT_TRUE(status.ok()) << status;
  return rows;
}

std::vector<std::string> FilesContaining(const std::string& directory, std::string_view needle) {
  std::vector<std::string> found;
  for (const auto& entry : std::filesystem::recursive_directory_iterator(directory)) {
    if (!entry.is_regular_file()) continue;
    std::ifstream file(entry.path(), std::ios::binary);
    const std::string bytes((std::istreambuf_iterator<char>(file)), {});
    if (bytes.find(needle) != std::string::npos) found.push_back(entry.path().string());
  }
  return found;
}

}  // namespace bonafide::storage
