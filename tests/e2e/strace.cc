#include "tests/e2e/strace.h"

#include <signal.h>

#include <algorithm>
#include <chrono>
#include <filesystem>
#include <sstream>
#include <thread>

#include "tests/e2e/file.h"

namespace bonafide::e2e {
namespace {

constexpr char kStrace[] = "/usr/bin/strace";
constexpr char kCalls[] =
    "write,pwrite64,writev,fdatasync,fsync,sync_file_range,rename,renameat,renameat2,unlink,"
    "unlinkat,ftruncate,fallocate,mkdir";
constexpr auto kPatience = std::chrono::seconds(20);
constexpr auto kFaultPatience = std::chrono::seconds(3);

}  // namespace

std::optional<std::string> Strace::WhyNot() {
  if (!std::filesystem::exists(kStrace)) return "there is no strace";
  Command idle;
  idle.words = {"/bin/sleep", "20"};
  idle.out_path = idle.err_path = "/dev/null";
  const Process process(idle);
  const std::string pid = std::to_string(process.pid());
  Command command;
  command.words = {"/usr/bin/timeout", "1", kStrace, "-p", pid};
  const Ended ended = RunToEnd(command);
  if (ended.err.find("attached") != std::string::npos) return std::nullopt;
  return "tracing is not permitted: " + ended.err.substr(0, ended.err.find('\n'));
}

Strace::Strace(pid_t pid, const std::vector<std::string>& files,
               const std::optional<CallFault>& fault, const std::string& output_path)
    : output_path_(output_path) {
  Command command;
  command.words = {kStrace, "-f", "-o", output_path, "-e", std::string("trace=") + kCalls};
  if (fault) {
    command.words.push_back("-e");
    command.words.push_back("inject=" + fault->call + ":" + fault->how +
                            ":when=" + std::to_string(fault->when));
  }
  for (const std::string& file : files) {
    command.words.push_back("-P");
    command.words.push_back(file);
  }
  command.words.push_back("-p");
  command.words.push_back(std::to_string(pid));
  command.out_path = command.err_path = output_path + ".err";
  process_ = std::make_unique<Process>(command);
  const auto end = std::chrono::steady_clock::now() + kPatience;
  // The line comes after all threads have been taken.
  while (ReadText(command.err_path).find(" attached") == std::string::npos &&
         !process_->Wait(std::chrono::milliseconds(1)) && std::chrono::steady_clock::now() < end) {
  }
}

void Strace::Detach() {
  if (!process_) return;
  process_->Signal(SIGINT);
  process_->Wait(kPatience);
  process_.reset();
}

std::string Strace::Calls() const { return ReadText(output_path_); }

bool Strace::FaultHappened() const {
  const std::string calls = Calls();
  return calls.find("(INJECTED)") != std::string::npos ||
         calls.find("killed by SIGKILL") != std::string::npos;
}

bool Strace::WaitForFault() const {
  const auto end = std::chrono::steady_clock::now() + kFaultPatience;
  while (!FaultHappened() && std::chrono::steady_clock::now() < end) {
    std::this_thread::sleep_for(std::chrono::milliseconds(5));
  }
  return FaultHappened();
}

std::map<std::string, int> Strace::Counts() const {
  std::map<std::string, int> by_thread;  // "<thread> <call>"
  std::istringstream lines(Calls());
  for (std::string line; std::getline(lines, line);) {
    // 4711  fdatasync(12)   = 0
    const size_t call = line.find_first_not_of(" 0123456789");
    const size_t open = line.find('(');
    if (call == std::string::npos || open == std::string::npos || open < call) continue;
    if (line.compare(call, 3, "+++") == 0 || line.compare(call, 3, "---") == 0) continue;
    if (line.compare(call, 1, "<") == 0) continue;  // the end of a call begun before
    ++by_thread[line.substr(0, open)];
  }
  std::map<std::string, int> counts;
  for (const auto& [thread_and_call, count] : by_thread) {
    int& most = counts[thread_and_call.substr(thread_and_call.rfind(' ') + 1)];
    most = std::max(most, count);
  }
  return counts;
}

}  // namespace bonafide::e2e
