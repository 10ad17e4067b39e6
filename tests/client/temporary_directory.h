// A directory of one test, removed with all that is in it.
#ifndef BONAFIDE_TESTS_CLIENT_TEMPORARY_DIRECTORY_H_
#define BONAFIDE_TESTS_CLIENT_TEMPORARY_DIRECTORY_H_

#include <stdlib.h>

#include <filesystem>
#include <string>
#include <system_error>

namespace bonafide::client {

class TemporaryDirectory {
 public:
  TemporaryDirectory() {
    path_ = (std::filesystem::temp_directory_path() / "bonafide-client-XXXXXX").string();
    if (mkdtemp(path_.data()) == nullptr) abort();
  }
  ~TemporaryDirectory() {
    std::error_code error;
    std::filesystem::remove_all(path_, error);
  }
  TemporaryDirectory(const TemporaryDirectory&) = delete;
  TemporaryDirectory& operator=(const TemporaryDirectory&) = delete;

  const std::string& path() const { return path_; }
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_TESTS_CLIENT_TEMPORARY_DIRECTORY_H_
