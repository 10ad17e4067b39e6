// A program started for a measurement, on a core of its own.
#ifndef BONAFIDE_BENCH_CHILD_H_
#define BONAFIDE_BENCH_CHILD_H_

#include <absl/status/statusor.h>
#include <sys/types.h>

#include <memory>
#include <optional>
#include <string>
#include <vector>

namespace bonafide::bench {

// Processor time of process `pid` so far, all its threads, user and system.
double CpuSecondsOf(pid_t pid);

// Ends with the thread that started it. Not thread-safe.
class Child {
 public:
  // `words`: the program, found as a shell finds it, and its arguments. On `core` alone, or
  // wherever there is room. What it writes to standard error is shown.
  static absl::StatusOr<std::unique_ptr<Child>> Start(const std::vector<std::string>& words,
                                                      std::optional<unsigned> core = std::nullopt);
  // Closes its standard input and waits for its end.
  ~Child();
  Child(const Child&) = delete;
  Child& operator=(const Child&) = delete;

  pid_t pid() const { return pid_; }
  // Of its standard output; without its line feed, and empty at the end.
  std::string ReadLine();
  // All that is left of its standard output.
  std::string ReadAll();
  // Asks it to end.
  void Terminate();
  // Waits for its end. The exit code, 127 where there is no such program, -1 after a signal.
  int Wait();

 private:
  Child() = default;

  pid_t pid_ = 0;
  int in_ = -1;
  int out_ = -1;
  std::optional<int> code_;
};

}  // namespace bonafide::bench

#endif  // BONAFIDE_BENCH_CHILD_H_
