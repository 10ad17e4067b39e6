// Programs that a test starts and, whatever happens, ends.
#ifndef BONAFIDE_TESTS_E2E_PROCESS_H_
#define BONAFIDE_TESTS_E2E_PROCESS_H_

#include <sys/types.h>

#include <chrono>
#include <map>
#include <optional>
#include <string>
#include <vector>

namespace bonafide::e2e {

// How a program is started. Its standard input is empty.
struct Command {
  std::vector<std::string> words;                  // the program's path first
  std::map<std::string, std::string> environment;  // beside that of the test
  std::string out_path;                            // where its standard output goes, appended
  std::string err_path;                            // and its standard error
};

// A running program. Killed when this goes, and when the test's process does.
class Process {
 public:
  // Aborts the test program when there is no such program.
  explicit Process(const Command& command);
  ~Process();
  Process(const Process&) = delete;
  Process& operator=(const Process&) = delete;

  pid_t pid() const { return pid_; }
  // Does nothing when it has ended.
  void Signal(int signal);
  // How it ended: its exit code, or 128 + the signal. Nothing when it still runs after `patience`.
  std::optional<int> Wait(std::chrono::milliseconds patience);

 private:
  pid_t pid_;
  std::optional<int> ended_;
};

// What a program that ran to its end said.
struct Ended {
  int code = -1;  // -1: it was killed for taking too long
  std::string out;
  std::string err;
};

// Runs `command` to its end; its output paths are set here.
Ended RunToEnd(Command command, std::chrono::milliseconds patience = std::chrono::minutes(2));

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_PROCESS_H_
