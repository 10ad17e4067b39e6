// The program `bonafide`, run in the process of the test.
#ifndef BONAFIDE_TESTS_CLIENT_COMMAND_LINE_H_
#define BONAFIDE_TESTS_CLIENT_COMMAND_LINE_H_

#include <string>
#include <vector>

#include "certs/json.h"
#include "tests/storage/temporary_directory.h"

namespace bonafide::client {

// One person's installation, with nothing pinned yet. One at a time.
class CommandLine {
 public:
  struct Said {
    int code = -1;
    std::string out;
    std::string err;
  };

  CommandLine();

  Said Run(const std::vector<std::string>& words) const;
  // Runs with --json, adds a failure to the test unless it ends with `code` and prints one JSON
  // value and nothing else; returns the value (null then).
  certs::Json Ask(std::vector<std::string> words, int code) const;
  // The same; the reason of the error in the value.
  std::string Refused(std::vector<std::string> words, int code) const;

  // A path in a directory of its own. What is remembered is in "state".
  std::string operator/(const std::string& name) const { return directory_ / name; }
  // Writes a file there; its path.
  std::string Write(const std::string& name, const std::string& text) const;

 private:
  storage::TemporaryDirectory directory_;
};

}  // namespace bonafide::client

#endif  // BONAFIDE_TESTS_CLIENT_COMMAND_LINE_H_
