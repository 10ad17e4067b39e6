#include "bench/child.h"

#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <utility>

namespace bonafide::bench {
namespace {

// Between fork and exec: only what is safe in a signal handler.
[[noreturn]] void Become(char* const* words, int in, int out, std::optional<unsigned> core) {
  prctl(PR_SET_PDEATHSIG, SIGTERM);
  dup2(in, STDIN_FILENO);
  dup2(out, STDOUT_FILENO);
  if (core) {
    cpu_set_t cores;
    CPU_ZERO(&cores);
    CPU_SET(*core, &cores);
    sched_setaffinity(0, sizeof cores, &cores);
  }
  execvp(words[0], words);
  _exit(127);
}

}  // namespace

double CpuSecondsOf(pid_t pid) {
  clockid_t clock{};
  timespec used{};
  if (clock_getcpuclockid(pid, &clock) == 0) clock_gettime(clock, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

absl::StatusOr<std::unique_ptr<Child>> Child::Start(const std::vector<std::string>& words,
                                                    std::optional<unsigned> core) {
  std::vector<std::string> copies = words;
  std::vector<char*> arguments;
  for (std::string& word : copies) arguments.push_back(word.data());
  arguments.push_back(nullptr);
  std::array<int, 2> in{}, out{};
  if (pipe2(in.data(), O_CLOEXEC) != 0) return absl::InternalError("no pipe");
  if (pipe2(out.data(), O_CLOEXEC) != 0) {
    close(in[0]);
    close(in[1]);
    return absl::InternalError("no pipe");
  }
  std::unique_ptr<Child> child(new Child);
  child->in_ = in[1];
  child->out_ = out[0];
  child->pid_ = fork();
  if (child->pid_ == 0) Become(arguments.data(), in[0], out[1], core);
  close(in[0]);
  close(out[1]);
  if (child->pid_ < 0) {
    child->code_ = -1;
    return absl::InternalError(words[0] + " cannot be started");
  }
  return child;
}

Child::~Child() {
  close(in_);
  Wait();
  close(out_);
}

std::string Child::ReadLine() {
  std::string line;
  char c = 0;
  while (read(out_, &c, 1) == 1 && c != '\n') line += c;
  return line;
}

std::string Child::ReadAll() {
  std::string all;
  std::array<char, 4096> part{};
  for (ssize_t size = 0; (size = read(out_, part.data(), part.size())) > 0;) {
    all.append(part.data(), static_cast<size_t>(size));
  }
  return all;
}

void Child::Terminate() {
  if (!code_) kill(pid_, SIGTERM);
}

int Child::Wait() {
  if (!code_) {
    int status = 0;
    waitpid(pid_, &status, 0);
    code_ = WIFEXITED(status) ? WEXITSTATUS(status) : -1;
  }
  return *code_;
}

}  // namespace bonafide::bench
