#include "bench/served_register.h"

#include <unistd.h>

#include <cstdio>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "bench/population.h"
#include "bench/same_size_service.h"
#include "bench/stopwatch.h"
#include "server/instance.h"

namespace bonafide::bench {
namespace {

std::string ReadAll(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

}  // namespace

absl::StatusOr<std::unique_ptr<ServedRegister>> ServedRegister::Start(
    const std::string& directory, std::optional<unsigned> core) {
  auto child = Child::Start({"/proc/self/exe", "--serve", directory}, core);
  if (!child.ok()) return child.status();
  std::unique_ptr<ServedRegister> served(new ServedRegister);
  served->child_ = *std::move(child);
  std::istringstream line(served->child_->ReadLine());
  int port = 0;
  line >> port >> served->http_port_ >> served->open_seconds_;
  if (port == 0) return absl::InternalError(directory + " cannot be served");
  served->address_ = "127.0.0.1:" + std::to_string(port);
  served->ca_pem_ = ReadAll(directory + "/tls/ca.pem");
  return served;
}

int64_t ServedRegister::ResidentBytes() const {
  std::ifstream statm("/proc/" + std::to_string(pid()) + "/statm");
  int64_t pages = 0, resident = 0;
  statm >> pages >> resident;
  return resident * sysconf(_SC_PAGESIZE);
}

int64_t ServedRegister::DiskReadBytes() const {
  std::ifstream io("/proc/" + std::to_string(pid()) + "/io");
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
  std::printf("%d %d %.4f\n", (*instance)->port(), (*instance)->http_port(), WallSeconds() - start);
  std::fflush(stdout);
  while (std::getchar() != EOF) {
  }
  (*instance)->Stop();
  return 0;
}

}  // namespace bonafide::bench
