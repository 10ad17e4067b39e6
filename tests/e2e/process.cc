#include "tests/e2e/process.h"

#include <fcntl.h>
#include <signal.h>
#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdio>
#include <cstdlib>
#include <filesystem>
#include <thread>

#include "tests/e2e/file.h"

extern char** environ;

namespace bonafide::e2e {
namespace {

// posix_spawn and not fork: gRPC's threads run in this process. What gRPC would have a child do, it
// then need not do; and the child's death with its parent is asked for by the program before it.
std::vector<std::string> DyingWithUs(const std::vector<std::string>& words) {
  std::vector<std::string> all = {"/usr/bin/setpriv", "--pdeathsig", "KILL", "--"};
  all.insert(all.end(), words.begin(), words.end());
  return all;
}

std::vector<char*> Pointers(std::vector<std::string>& words) {
  std::vector<char*> pointers;
  for (std::string& word : words) pointers.push_back(word.data());
  pointers.push_back(nullptr);
  return pointers;
}

std::vector<std::string> Environment(const std::map<std::string, std::string>& ours) {
  std::vector<std::string> all;
  for (char** one = environ; *one != nullptr; ++one) {
    const std::string entry = *one;
    if (!ours.contains(entry.substr(0, entry.find('=')))) all.push_back(entry);
  }
  for (const auto& [name, value] : ours) all.push_back(name + "=" + value);
  return all;
}

}  // namespace

Process::Process(const Command& command) {
  std::vector<std::string> words = DyingWithUs(command.words);
  std::vector<std::string> environment = Environment(command.environment);
  posix_spawn_file_actions_t files;
  posix_spawn_file_actions_init(&files);
  posix_spawn_file_actions_addopen(&files, STDIN_FILENO, "/dev/null", O_RDONLY, 0);
  constexpr int kAppend = O_WRONLY | O_CREAT | O_APPEND;
  posix_spawn_file_actions_addopen(&files, STDOUT_FILENO, command.out_path.c_str(), kAppend, 0600);
  posix_spawn_file_actions_addopen(&files, STDERR_FILENO, command.err_path.c_str(), kAppend, 0600);
  const int error = posix_spawn(&pid_, words.front().c_str(), &files, nullptr,
                                Pointers(words).data(), Pointers(environment).data());
  posix_spawn_file_actions_destroy(&files);
  if (error != 0) {
    std::fprintf(stderr, "cannot start %s\n", command.words.front().c_str());
    std::abort();
  }
}

Process::~Process() {
  Signal(SIGKILL);
  Wait(std::chrono::seconds(30));
}

void Process::Signal(int signal) {
  if (!ended_) kill(pid_, signal);
}

std::optional<int> Process::Wait(std::chrono::milliseconds patience) {
  const auto end = std::chrono::steady_clock::now() + patience;
  while (!ended_) {
    int status = 0;
    if (waitpid(pid_, &status, WNOHANG) == pid_) {
      ended_ = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
      break;
    }
    if (std::chrono::steady_clock::now() > end) return std::nullopt;
    std::this_thread::sleep_for(std::chrono::milliseconds(2));
  }
  return ended_;
}

Ended RunToEnd(Command command, std::chrono::milliseconds patience) {
  std::string directory = std::filesystem::temp_directory_path() / "bonafide-run-XXXXXX";
  if (mkdtemp(directory.data()) == nullptr) std::abort();
  command.out_path = directory + "/out";
  command.err_path = directory + "/err";
  Ended ended;
  {
    Process process(command);
    ended.code = process.Wait(patience).value_or(-1);
  }
  ended.out = ReadText(command.out_path);
  ended.err = ReadText(command.err_path);
  std::filesystem::remove_all(directory);
  return ended;
}

}  // namespace bonafide::e2e
