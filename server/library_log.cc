#include "server/library_log.h"

#include <google/protobuf/stubs/logging.h>
#include <grpc/support/log.h>

#include <algorithm>
#include <mutex>
#include <shared_mutex>

namespace bonafide::server {
namespace {

// The libraries take a function without a place for an object.
std::shared_mutex current_mutex;
const Log* current = nullptr;

void Pass(LogLevel level, std::string_view event, std::string_view file, int line,
          std::string_view message) {
  const std::shared_lock lock(current_mutex);
  if (current == nullptr || !current->Wants(level)) return;
  const std::string source =
      std::string(file.substr(file.rfind('/') + 1)) + ":" + std::to_string(line);
  const std::string clean = WithoutAddresses(message);
  current->Write(level, event,
                 {{"source", std::string_view(source)}, {"message", std::string_view(clean)}});
}

void TakeGrpc(gpr_log_func_args* said) {
  LogLevel level = LogLevel::kWarn;
  if (said->severity == GPR_LOG_SEVERITY_INFO) level = LogLevel::kInfo;
  if (said->severity == GPR_LOG_SEVERITY_DEBUG) level = LogLevel::kDebug;
  Pass(level, "grpc", said->file, said->line, said->message);
}

void TakeProtobuf(google::protobuf::LogLevel said, const char* file, int line,
                  const std::string& message) {
  Pass(said == google::protobuf::LOGLEVEL_INFO ? LogLevel::kInfo : LogLevel::kWarn, "protobuf",
       file, line, message);
}

void SetCurrent(const Log* log) {
  const std::unique_lock lock(current_mutex);
  current = log;
}

bool MayBeInAnAddress(char c) {
  return (c >= '0' && c <= '9') || (c >= 'a' && c <= 'f') || (c >= 'A' && c <= 'F') || c == '.' ||
         c == ':' || c == '[' || c == ']' || c == '%';
}

// Of an IPv4 address there are three points, of an IPv6 address two colons.
bool IsAddress(std::string_view word) {
  return std::ranges::count(word, '.') >= 3 || std::ranges::count(word, ':') >= 2;
}

}  // namespace

LibraryLog::LibraryLog(const Log& log) {
  SetCurrent(&log);
  gpr_set_log_function(TakeGrpc);
  google::protobuf::SetLogHandler(TakeProtobuf);
}

LibraryLog::~LibraryLog() {
  SetCurrent(nullptr);
  gpr_set_log_function(nullptr);
}

std::string WithoutAddresses(std::string_view text) {
  std::string clean;
  while (!text.empty()) {
    const auto end = std::ranges::find_if_not(text, MayBeInAnAddress);
    const std::string_view word(text.begin(), end);
    if (IsAddress(word)) {
      if (clean.ends_with("ipv")) clean.resize(clean.size() - 3);  // "ipv4:", as gRPC writes it
      clean += "(address)";
    } else {
      clean += word;
    }
    text.remove_prefix(word.size());
    if (text.empty()) break;
    clean += text.front();
    text.remove_prefix(1);
  }
  return clean;
}

}  // namespace bonafide::server
