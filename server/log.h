// What the server says about itself: lines of JSON. Never personal data, salts, names, the text of
// a query, addresses of readers, or bytes of a key.
#ifndef BONAFIDE_SERVER_LOG_H_
#define BONAFIDE_SERVER_LOG_H_

#include <cstdint>
#include <functional>
#include <memory>
#include <string>
#include <string_view>
#include <variant>
#include <vector>

namespace bonafide::server {

enum class LogLevel { kDebug, kInfo, kWarn, kError };

// The level of that name ("debug", "info", "warn", "error"); kInfo for any other.
LogLevel LogLevelNamed(std::string_view name);

struct LogField {
  std::string_view name;
  std::variant<std::string_view, int64_t> value;
};

// Writes lines like {"time":"2026-05-03T10:00:00.123Z","level":"info","event":"serving", ...}.
// Thread-safe. Never blocks: when lines cannot be written fast enough, the oldest are dropped.
class Log {
 public:
  // To standard error.
  explicit Log(LogLevel least);
  // To `sink`, at once, from any thread; for tests.
  Log(LogLevel least, std::function<void(const std::string& line)> sink);
  ~Log();

  bool Wants(LogLevel level) const { return level >= least_; }
  // `event` names what happened, in lower snake case.
  void Write(LogLevel level, std::string_view event,
             const std::vector<LogField>& fields = {}) const;

 private:
  struct Output;
  LogLevel least_;
  std::unique_ptr<Output> output_;
};

}  // namespace bonafide::server

#endif  // BONAFIDE_SERVER_LOG_H_
