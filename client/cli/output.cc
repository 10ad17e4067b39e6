#include "client/cli/output.h"

#include <sys/ioctl.h>
#include <unistd.h>

#include <algorithm>
#include <array>
#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <utility>

#include "certs/reason.h"
#include "client/cli/advice.h"
#include "client/cli/exit_code.h"
#include "client/wording.h"

namespace bonafide::client::cli {
namespace {

using certs::Json;

constexpr int64_t kRedrawMs = 100;
constexpr int kBarWidth = 30;
constexpr size_t kLeastText = 20;  // a narrower column is not worth breaking lines for

void Write(std::FILE* file, std::string_view text) {
  std::fwrite(text.data(), 1, text.size(), file);
}

int64_t NowMs() {
  return std::chrono::duration_cast<std::chrono::milliseconds>(
             std::chrono::steady_clock::now().time_since_epoch())
      .count();
}

// 0 where standard output is no terminal, or one that does not know its width.
size_t TerminalWidth() {
  winsize size{};
  if (!isatty(STDOUT_FILENO) || ioctl(STDOUT_FILENO, TIOCGWINSZ, &size) != 0) return 0;
  return size.ws_col;
}

size_t CodePoints(std::string_view text) {
  return static_cast<size_t>(std::count_if(text.begin(), text.end(), [](char c) {
    return (static_cast<unsigned char>(c) & 0xC0) != 0x80;
  }));
}

// An option is missing or wrong.
bool IsUsage(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  static constexpr auto kReasons = std::to_array<std::string_view>(
      {"identity_missing", "identity_number", "server_missing", "server_address",
       "registration_number", "registration_number_check", "section", "claims_file"});
  return std::find(kReasons.begin(), kReasons.end(), reason) != kReasons.end();
}

int CodeOf(const absl::Status& status) {
  const std::string reason = ReasonOf(status);
  if (IsUsage(status)) return kUsage;
  // What was sent may have been done.
  if (reason == "consistency_unproven") return kCouldNotCheck;
  switch (status.code()) {
    case absl::StatusCode::kInvalidArgument:
    case absl::StatusCode::kFailedPrecondition:
    case absl::StatusCode::kAlreadyExists:
    case absl::StatusCode::kNotFound:
    case absl::StatusCode::kPermissionDenied:
    case absl::StatusCode::kUnauthenticated:
      return kNo;
    default:
      return kCouldNotCheck;
  }
}

}  // namespace

void Output::Configure(bool json, bool no_colour) {
  json_ = json;
  const char* wish = std::getenv("NO_COLOR");
  colours_ = !json && !no_colour && (wish == nullptr || *wish == '\0') && isatty(STDOUT_FILENO);
}

std::string Output::Coloured(std::string_view text, Colour colour) const {
  static constexpr std::array<std::string_view, 6> kSequences = {
      "", "\x1b[1;32m", "\x1b[1;31m", "\x1b[1;33m", "\x1b[1m", "\x1b[2m"};
  const std::string_view begin = kSequences[static_cast<size_t>(colour)];
  if (!colours_ || begin.empty()) return std::string(text);
  return std::string(begin) + std::string(text) + "\x1b[0m";
}

void Output::Line(std::string_view text, Colour colour) {
  if (json_) return;
  Write(stdout, Coloured(text, colour) + "\n");
}

void Output::Wrapped(std::string_view head, size_t head_width, std::string_view text,
                     std::optional<size_t> hang) {
  const size_t indent = hang.value_or(head_width);
  const size_t width = TerminalWidth();
  std::string line(head);
  size_t used = head_width;
  bool first_word = true;
  while (!text.empty()) {
    const size_t end = std::min(text.find(' ', 1), text.size());
    const std::string_view word = text.substr(0, end);  // with the space before it
    const size_t columns = CodePoints(word);
    if (!first_word && width > indent + kLeastText && used + columns > width) {
      Line(line);
      line = std::string(indent, ' ') + std::string(word.substr(word.front() == ' ' ? 1 : 0));
      used = indent + columns - 1;
    } else {
      line += word;
      used += columns;
    }
    first_word = false;
    text.remove_prefix(end);
  }
  Line(line);
}

void Output::Value(const Json& value) {
  if (json_) Write(stdout, certs::WriteIndentedJson(value) + "\n");
}

void Output::Explain(const absl::Status& status, Json::Members done) {
  EndProgress();
  const std::string reason = ReasonOf(status);
  const std::string message(status.message().data(), status.message().size());
  const std::string advice(AdviceFor(status));
  if (json_) {
    Json::Members error = {{"reason", Json::String(reason)}, {"message", Json::String(message)}};
    if (!advice.empty()) error.push_back({"advice", Json::String(advice)});
    done.push_back({"error", Json::Object(std::move(error))});
    Value(Json::Object(std::move(done)));
    return;
  }
  std::fflush(stdout);
  Write(stderr, "bonafide: " + message + (reason.empty() ? "" : " [" + reason + "]") + "\n");
  if (!advice.empty()) Write(stderr, "bonafide: " + advice + "\n");
}

int Output::Usage(const absl::Status& status) {
  Explain(status);
  return kUsage;
}

int Output::CouldNotCheck(const absl::Status& status) {
  EndProgress();
  if (IsUsage(status)) return Usage(status);
  Line(kCouldNotCheckWords, Colour::kBad);
  Explain(status);
  return kCouldNotCheck;
}

int Output::Failed(const absl::Status& status, Json::Members done) {
  Explain(status, std::move(done));
  return CodeOf(status);
}

void Output::Note(std::string_view text) {
  EndProgress();
  Write(stderr, "bonafide: " + std::string(text) + "\n");
}

void Output::Progress(std::string_view what, uint64_t done, uint64_t total) {
  if (json_ || !isatty(STDERR_FILENO)) return;
  const int64_t now_ms = NowMs();
  if (bar_shown_ && done < total && now_ms - last_drawn_ms_ < kRedrawMs) return;
  last_drawn_ms_ = now_ms;
  bar_shown_ = true;
  const uint64_t filled = total == 0 ? 0 : done * kBarWidth / total;
  std::string bar = "\r" + std::string(what) + " [";
  for (uint64_t i = 0; i < kBarWidth; ++i) bar += i < filled ? '#' : '.';
  bar +=
      "] " + std::to_string(done) + (total == 0 ? "" : " of " + std::to_string(total)) + "\x1b[K";
  Write(stderr, bar);
  std::fflush(stderr);
}

void Output::EndProgress() {
  if (bar_shown_) Write(stderr, "\n");
  bar_shown_ = false;
}

}  // namespace bonafide::client::cli
