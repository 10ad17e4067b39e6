#include "bench/served_register.h"

#include <fcntl.h>
#include <spawn.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "bench/population.h"
#include "bench/same_size_service.h"
#include "bench/stopwatch.h"
#include "server/instance.h"

extern char** environ;

namespace bonafide::bench {
namespace {

std::string ReadAll(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

// A child with pipes for its standard input and output.
struct Child {
  pid_t pid = 0;
  int in = -1;
  int out = -1;
};

absl::StatusOr<Child> Spawn(const std::string& directory) {
  std::array<int, 2> in{}, out{};
  if (pipe2(in.data(), O_CLOEXEC) != 0 || pipe2(out.data(), O_CLOEXEC) != 0) {
    return absl::InternalError("no pipe");
  }
  posix_spawn_file_actions_t actions;
  posix_spawn_file_actions_init(&actions);
  posix_spawn_file_actions_adddup2(&actions, in[0], STDIN_FILENO);
  posix_spawn_file_actions_adddup2(&actions, out[1], STDOUT_FILENO);
  std::string self = "/proc/self/exe", word = "--serve", path = directory;
  std::array<char*, 4> arguments = {self.data(), word.data(), path.data(), nullptr};
  Child child{0, in[1], out[0]};
  const int failed =
      posix_spawn(&child.pid, self.c_str(), &actions, nullptr, arguments.data(), environ);
  posix_spawn_file_actions_destroy(&actions);
  close(in[0]);
  close(out[1]);
  if (failed != 0) return absl::InternalError("the server cannot be started");
  return child;
}

std::string ReadLine(int fd) {
  std::string line;
  char c = 0;
  while (read(fd, &c, 1) == 1 && c != '\n') line += c;
  return line;
}

}  // namespace

absl::StatusOr<std::unique_ptr<ServedRegister>> ServedRegister::Start(
    const std::string& directory) {
  const auto child = Spawn(directory);
  if (!child.ok()) return child.status();
  std::unique_ptr<ServedRegister> served(new ServedRegister);
  served->pid_ = child->pid;
  served->control_ = child->in;
  std::istringstream line(ReadLine(child->out));
  close(child->out);
  int port = 0;
  line >> port >> served->open_seconds_;
  if (port == 0) return absl::InternalError(directory + " cannot be served");
  served->address_ = "127.0.0.1:" + std::to_string(port);
  served->ca_pem_ = ReadAll(directory + "/tls/ca.pem");
  return served;
}

ServedRegister::~ServedRegister() {
  close(control_);
  int status = 0;
  waitpid(pid_, &status, 0);
}

double ServedRegister::CpuSeconds() const {
  clockid_t clock{};
  timespec used{};
  if (clock_getcpuclockid(pid_, &clock) == 0) clock_gettime(clock, &used);
  return static_cast<double>(used.tv_sec) + static_cast<double>(used.tv_nsec) * 1e-9;
}

int64_t ServedRegister::ResidentBytes() const {
  std::ifstream statm("/proc/" + std::to_string(pid_) + "/statm");
  int64_t pages = 0, resident = 0;
  statm >> pages >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

int64_t ServedRegister::DiskReadBytes() const {
  std::ifstream io("/proc/" + std::to_string(pid_) + "/io");
  std::string name;
  int64_t value = 0;
  while (io >> name >> value) {
    if (name == "read_bytes:") return value;
  }
  return 0;
}

void ReadFiles(const std::string& directory) {
  std::vector<char> buffer(size_t{1} << 20);
  for (const auto& file : std::filesystem::directory_iterator(directory + "/db")) {
    std::ifstream in(file.path(), std::ios::binary);
    while (in.read(buffer.data(), static_cast<std::streamsize>(buffer.size()))) {
    }
  }
}

int Serve(const std::string& directory) {
  auto data = DataOf(directory);
  if (!data.ok()) {
    std::fprintf(stderr, "%s\n", std::string(data.status().message()).c_str());
    return 1;
  }
  const server::Log log(server::LogLevel::kWarn);
  SameSizeService baseline;
  server::Instance::Options options;
  options.data = *std::move(data);
  options.extra_services = {&baseline};
  const double start = WallSeconds();
  const auto instance = server::Instance::Start(options, log, storage::SystemClock());
  if (!instance.ok()) {
    std::fprintf(stderr, "%s\n", std::string(instance.status().message()).c_str());
    return 1;
  }
  std::printf("%d %.4f\n", (*instance)->port(), WallSeconds() - start);
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  (*instance)->Stop();
  return 0;
}

}  // namespace bonafide::bench
