// What a command prints: lines for people, or one JSON value for programs.
#ifndef BONAFIDE_CLIENT_CLI_OUTPUT_H_
#define BONAFIDE_CLIENT_CLI_OUTPUT_H_

#include <absl/status/status.h>

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "certs/json.h"

namespace bonafide::client::cli {

enum class Colour { kPlain, kGood, kBad, kUnsure, kBold, kDim };

// Writes to standard output, errors and progress to standard error. Colours only on a terminal,
// and not when NO_COLOR is set or --no-color is given.
class Output {
 public:
  void Configure(bool json, bool no_colour);

  bool json() const { return json_; }
  // A line for people; nothing with --json.
  void Line(std::string_view text = "", Colour colour = Colour::kPlain);
  // `head`, which takes `head_width` columns, then `text`, broken between words where a terminal is
  // narrower; further lines are indented by `hang` columns (default: those of the head).
  void Wrapped(std::string_view head, size_t head_width, std::string_view text,
               std::optional<size_t> hang = std::nullopt);
  // The value for programs; nothing without --json.
  void Value(const certs::Json& value);
  // The text with the escape sequences of a colour around it, where colours are on.
  std::string Coloured(std::string_view text, Colour colour) const;

  // What went wrong and what to do next; with --json as {"error": {...}}. Each returns its exit
  // code.
  //   Usage          an argument is wrong: 64
  //   CouldNotCheck  no answer was proven: 3, and the words that stand in place of an answer
  //   Failed         something was not done: 64 where an option is missing or wrong, 1 where the
  //                  register refused it, 3 where the outcome is not known or not proven; with
  //                  --json beside what was done all the same, so that there is one value
  int Usage(const absl::Status& status);
  int CouldNotCheck(const absl::Status& status);
  int Failed(const absl::Status& status, certs::Json::Members done = {});
  // A remark beside the output.
  void Note(std::string_view text);

  // A bar on a terminal, redrawn at most ten times a second; nothing elsewhere.
  void Progress(std::string_view what, uint64_t done, uint64_t total);
  void EndProgress();

 private:
  void Explain(const absl::Status& status, certs::Json::Members done = {});

  bool json_ = false;
  bool colours_ = false;
  bool bar_shown_ = false;
  int64_t last_drawn_ms_ = 0;
};

}  // namespace bonafide::client::cli

#endif  // BONAFIDE_CLIENT_CLI_OUTPUT_H_
