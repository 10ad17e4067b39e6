// System calls of a running program, watched and made to fail by strace.
#ifndef BONAFIDE_TESTS_E2E_STRACE_H_
#define BONAFIDE_TESTS_E2E_STRACE_H_

#include <sys/types.h>

#include <map>
#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "tests/e2e/process.h"

namespace bonafide::e2e {

// One call that goes wrong: the `when`-th of that name that a thread makes on the files watched.
struct CallFault {
  std::string call;  // "fdatasync"
  std::string how;   // "signal=KILL", "error=EIO"
  int when = 1;
};

// Traces from construction to destruction; the program is then left as it is.
class Strace {
 public:
  // Why nothing can be traced here; nothing where it can.
  static std::optional<std::string> WhyNot();

  // Watches the calls of `pid` and all its threads on `files` that change them. `output_path` must
  // not be a file yet. Returns once it does, or the program has ended.
  Strace(pid_t pid, const std::vector<std::string>& files, const std::optional<CallFault>& fault,
         const std::string& output_path);
  ~Strace() { Detach(); }

  void Detach();

  // After Detach. How often each call was made by the thread that made it most.
  std::map<std::string, int> Counts() const;
  // Whether the fault came to pass, within some seconds: what follows an acknowledgement takes its
  // time. Precondition: there is a fault.
  bool WaitForFault() const;
  // After Detach. The same, of all that was traced.
  bool FaultHappened() const;
  // After Detach. For people: one call a line.
  std::string Calls() const;

 private:
  std::string output_path_;
  std::unique_ptr<Process> process_;
};

}  // namespace bonafide::e2e

#endif  // BONAFIDE_TESTS_E2E_STRACE_H_
