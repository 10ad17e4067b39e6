#include "certs/key_file.h"

#include <fcntl.h>
#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <filesystem>
#include <fstream>

#include "certs/reason.h"

namespace bonafide::certs {
namespace {

class KeyFileTest : public testing::Test {
 protected:
  void SetUp() override {
    std::string pattern = testing::TempDir() + "key_file_XXXXXX";
    ASSERT_NE(mkdtemp(pattern.data()), nullptr);
    folder_ = pattern;
  }
  void TearDown() override { std::filesystem::remove_all(folder_); }

  std::string Path(const std::string& name) const { return folder_ + "/" + name; }

  // Writes `bytes` with the mode a key file has.
  std::string Written(const std::string& name, const std::string& bytes) const {
    std::ofstream(Path(name), std::ios::binary) << bytes;
    chmod(Path(name).c_str(), 0600);
    return Path(name);
  }

  static std::string Data(const std::string& name) {
    std::ifstream file(BONAFIDE_TEST_DATA "/" + name, std::ios::binary);
    EXPECT_TRUE(file) << name;
    return std::string(std::istreambuf_iterator<char>(file), std::istreambuf_iterator<char>());
  }

  std::string folder_;
};

// One line, which names the file and says no secret.
void ExpectClear(const absl::Status& status, const std::string& path) {
  const std::string message(status.message());
  EXPECT_NE(message.find(path), std::string::npos) << message;
  EXPECT_EQ(message.find('\n'), std::string::npos) << message;
}

TEST_F(KeyFileTest, ReadsWhatItWrites) {
  for (Algorithm algorithm : {Algorithm::kEs256, Algorithm::kEd25519}) {
    const PrivateKey key = PrivateKey::Generate(algorithm);
    const std::string path = Path(std::string(AlgorithmName(algorithm)));
    const mode_t former = umask(0);
    ASSERT_TRUE(WriteKeyFile(path, key).ok());
    umask(former);
    struct stat status;
    ASSERT_EQ(stat(path.c_str(), &status), 0);
    EXPECT_EQ(status.st_mode & 07777, 0600u);
    const auto read = ReadKeyFile(path);
    ASSERT_TRUE(read.ok()) << read.status();
    EXPECT_EQ(read->public_key(), key.public_key());
  }
}

TEST_F(KeyFileTest, NeverReplacesAFile) {
  const PrivateKey key = PrivateKey::Generate(Algorithm::kEd25519);
  const std::string path = Written("key", "something");
  const absl::Status status = WriteKeyFile(path, key);
  EXPECT_EQ(ReasonOf(status), "key_file_exists");
  EXPECT_EQ(status.code(), absl::StatusCode::kAlreadyExists);
  ExpectClear(status, path);
  EXPECT_EQ(std::filesystem::file_size(path), 9u);
  std::filesystem::create_symlink(Path("nowhere"), Path("link"));
  EXPECT_EQ(ReasonOf(WriteKeyFile(Path("link"), key)), "key_file_exists");
  EXPECT_EQ(ReasonOf(WriteKeyFile(Path("no/such/folder/key"), key)), "key_file_write");
}

TEST_F(KeyFileTest, RefusesMissingAndOpenFiles) {
  const absl::Status missing = ReadKeyFile(Path("missing")).status();
  EXPECT_EQ(ReasonOf(missing), "key_file_missing");
  EXPECT_EQ(missing.code(), absl::StatusCode::kNotFound);
  ExpectClear(missing, Path("missing"));
  const std::string path = Written("key", Data("ed25519.pem"));
  EXPECT_TRUE(ReadKeyFile(path).ok());
  for (mode_t mode : {0640, 0604, 0610, 0601, 0620, 0602, 0644, 0666, 0777}) {
    ASSERT_EQ(chmod(path.c_str(), mode), 0);
    const absl::Status status = ReadKeyFile(path).status();
    EXPECT_EQ(ReasonOf(status), "key_file_mode") << std::oct << mode;
    ExpectClear(status, path);
  }
  ASSERT_EQ(chmod(path.c_str(), 0400), 0);
  EXPECT_TRUE(ReadKeyFile(path).ok());
}

TEST_F(KeyFileTest, RefusesWhatIsNoFile) {
  EXPECT_EQ(ReasonOf(ReadKeyFile(folder_).status()), "key_file_mode");
  ASSERT_EQ(mkfifo(Path("fifo").c_str(), 0600), 0);
  EXPECT_EQ(ReasonOf(ReadKeyFile(Path("fifo")).status()), "key_file_mode");
  const std::string path = Written("large", Data("ed25519.pem") + std::string(16 * 1024, '\n'));
  EXPECT_EQ(ReasonOf(ReadKeyFile(path).status()), "key_file_read");
}

TEST_F(KeyFileTest, ReadsKeysOfOtherTools) {
  EXPECT_EQ(ReadKeyFile(Written("a", Data("p256.pem")))->public_key().algorithm(),
            Algorithm::kEs256);
  EXPECT_EQ(ReadKeyFile(Written("b", Data("ed25519.pem")))->public_key().algorithm(),
            Algorithm::kEd25519);
}

TEST_F(KeyFileTest, RefusesOtherKeys) {
  const std::string good = Data("p256.pem");
  const std::pair<std::string, std::string> kBad[] = {
      {Data("rsa.pem"), "key_algorithm"},
      {Data("p384.pem"), "key_algorithm"},
      {Data("p256_explicit.pem"), "key_algorithm"},
      {Data("p256_sec1.pem"), "key_pem"},
      {Data("p256_encrypted.pem"), "key_pem"},
      {Data("p256_mismatched.pem"), "key_pem"},
      {"", "key_pem"},
      {"canary", "key_pem"},
      {"text before\n" + good, "key_pem"},
      {good + "canary", "key_pem"},
      {good + good, "key_pem"},
      {good.substr(0, good.size() / 2), "key_pem"},
      {good.substr(0, 40) + "!" + good.substr(41), "key_pem"},
      {"-----BEGIN PRIVATE KEY-----\nAAAA\n-----END PRIVATE KEY-----\n", "key_pem"},
  };
  int n = 0;
  for (const auto& [pem, reason] : kBad) {
    const std::string path = Written(std::to_string(++n), pem);
    const absl::Status status = ReadKeyFile(path).status();
    EXPECT_EQ(ReasonOf(status), reason) << pem << status;
    ExpectClear(status, path);
    EXPECT_EQ(std::string(status.message()).find("canary"), std::string::npos);
  }
}

}  // namespace
}  // namespace bonafide::certs
