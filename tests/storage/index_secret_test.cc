#include "storage/database/index_secret.h"

#include <gtest/gtest.h>
#include <sys/stat.h>

#include <filesystem>
#include <fstream>
#include <iterator>
#include <string>

#include "certs/mac.h"
#include "certs/reason.h"

namespace bonafide::storage {
namespace {

class IndexSecretTest : public ::testing::Test {
 protected:
  IndexSecretTest() {
    folder_ = (std::filesystem::temp_directory_path() / "bonafide-XXXXXX").string();
    EXPECT_NE(mkdtemp(folder_.data()), nullptr);
    path_ = folder_ + "/secret";
  }
  ~IndexSecretTest() override { std::filesystem::remove_all(folder_); }

  absl::StatusOr<IndexSecret> Open() const {
    return IndexSecret::OpenFile(path_, certs::SystemRandom());
  }

  std::string folder_;
  std::string path_;
};

TEST_F(IndexSecretTest, IsMadeOnceAndForItsOwnerOnly) {
  const Digest first = Open()->Mac("names", "anna");
  EXPECT_EQ(Open()->Mac("names", "anna"), first);
  struct stat info;
  ASSERT_EQ(stat(path_.c_str(), &info), 0);
  EXPECT_EQ(info.st_mode & 0777, 0600U);
  EXPECT_EQ(info.st_size, 32);
  std::filesystem::remove(path_);
  EXPECT_NE(Open()->Mac("names", "anna"), first);
}

TEST_F(IndexSecretTest, KeepsIndexesApart) {
  const IndexSecret secret = *Open();
  EXPECT_NE(secret.Mac("names", "anna"), secret.Mac("duplicates", "anna"));
  EXPECT_NE(secret.Mac("a", "bc"), secret.Mac("ab", "c"));
}

TEST_F(IndexSecretTest, IsAnHmac) {
  const IndexSecret secret = *Open();
  std::ifstream file(path_, std::ios::binary);
  const std::string key((std::istreambuf_iterator<char>(file)), {});
  for (const std::string& text : {std::string(), std::string("anna"), std::string(200, 'x')}) {
    EXPECT_EQ(secret.Mac("names", text),
              certs::HmacSha256(key, "names" + std::string(1, '\0') + text));
  }
}

TEST_F(IndexSecretTest, RefusesAFileThatIsNone) {
  ASSERT_TRUE(Open().ok());
  chmod(path_.c_str(), 0640);
  EXPECT_EQ(ReasonOf(Open().status()), "secret_file_mode");
  chmod(path_.c_str(), 0600);
  for (size_t size : {0U, 31U, 33U}) {
    std::ofstream(path_, std::ios::trunc) << std::string(size, 'x');
    EXPECT_EQ(ReasonOf(Open().status()), "secret_file") << size;
  }
  path_ = folder_ + "/missing/secret";
  EXPECT_EQ(ReasonOf(Open().status()), "disk_error");
}

TEST_F(IndexSecretTest, AnInterruptedStartLeavesNoHalfSecret) {
  std::ofstream(path_ + ".new") << "half";
  EXPECT_TRUE(Open().ok());
  EXPECT_FALSE(std::filesystem::exists(path_ + ".new"));
}

}  // namespace
}  // namespace bonafide::storage
