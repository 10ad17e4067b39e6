#include "server/log.h"

#include <spdlog/async.h>
#include <spdlog/sinks/stdout_sinks.h>
#include <spdlog/spdlog.h>

#include <chrono>
#include <ctime>
#include <utility>

#include "certs/json.h"

namespace bonafide::server {
namespace {

constexpr size_t kQueuedLines = 8192;

const char* NameOf(LogLevel level) {
  switch (level) {
    case LogLevel::kDebug:
      return "debug";
    case LogLevel::kInfo:
      return "info";
    case LogLevel::kWarn:
      return "warn";
    case LogLevel::kError:
      return "error";
  }
  return "";
}

std::string TimeText() {
  const auto now = std::chrono::system_clock::now();
  const auto ms =
      std::chrono::duration_cast<std::chrono::milliseconds>(now.time_since_epoch()).count();
  const std::time_t seconds = static_cast<std::time_t>(ms / 1000);
  std::tm utc{};
  gmtime_r(&seconds, &utc);
  return fmt::format("{:04}-{:02}-{:02}T{:02}:{:02}:{:02}.{:03}Z", utc.tm_year + 1900,
                     utc.tm_mon + 1, utc.tm_mday, utc.tm_hour, utc.tm_min, utc.tm_sec, ms % 1000);
}

}  // namespace

struct Log::Output {
  std::function<void(const std::string&)> sink;
  std::shared_ptr<spdlog::details::thread_pool> pool;
  std::shared_ptr<spdlog::logger> logger;
};

LogLevel LogLevelNamed(std::string_view name) {
  for (LogLevel level : {LogLevel::kDebug, LogLevel::kWarn, LogLevel::kError}) {
    if (name == NameOf(level)) return level;
  }
  return LogLevel::kInfo;
}

Log::Log(LogLevel least) : least_(least), output_(std::make_unique<Output>()) {
  output_->pool = std::make_shared<spdlog::details::thread_pool>(kQueuedLines, 1);
  output_->logger = std::make_shared<spdlog::async_logger>(
      "bonafided", std::make_shared<spdlog::sinks::stderr_sink_mt>(), output_->pool,
      spdlog::async_overflow_policy::overrun_oldest);
  output_->logger->set_pattern("%v");
  output_->logger->set_level(spdlog::level::trace);
}

Log::Log(LogLevel least, std::function<void(const std::string&)> sink)
    : least_(least), output_(std::make_unique<Output>()) {
  output_->sink = std::move(sink);
}

Log::~Log() = default;

void Log::Write(LogLevel level, std::string_view event, const std::vector<LogField>& fields) const {
  if (!Wants(level)) return;
  certs::Json::Members members;
  members.reserve(fields.size() + 3);
  members.push_back({"time", certs::Json::String(TimeText())});
  members.push_back({"level", certs::Json::String(NameOf(level))});
  members.push_back({"event", certs::Json::String(event)});
  for (const LogField& field : fields) {
    const auto* text = std::get_if<std::string_view>(&field.value);
    members.push_back({std::string(field.name),
                       text != nullptr ? certs::Json::String(*text)
                                       : certs::Json::Integer(std::get<int64_t>(field.value))});
  }
  const std::string line = certs::WriteJson(certs::Json::Object(std::move(members)));
  if (output_->sink) {
    output_->sink(line);
  } else {
    output_->logger->info(line);
  }
}

}  // namespace bonafide::server
