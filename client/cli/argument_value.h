// Values of options, as people type them.
#ifndef BONAFIDE_CLIENT_CLI_ARGUMENT_VALUE_H_
#define BONAFIDE_CLIENT_CLI_ARGUMENT_VALUE_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <string>
#include <string_view>
#include <vector>

#include "merkle/index.h"
#include "registry/day.h"
#include "registry/event_id.h"

namespace bonafide::client::cli {

// Errors of all of these begin with `option`.

// A registration number with its check digits.
absl::StatusOr<merkle::SubjectNumber> ParseNumber(std::string_view option, std::string_view text);
// `YYYY-MM-DD`.
absl::StatusOr<registry::Day> ParseDay(std::string_view option, std::string_view text);
// A moment: `YYYY-MM-DD` (the end of that day), `YYYY-MM-DDThh:mm[:ss[.mmm]]Z` (both UTC) or `@`
// and milliseconds since 1970. Error: "time".
absl::StatusOr<int64_t> ParseTime(std::string_view option, std::string_view text);
// The identity of an event, 43 characters.
absl::StatusOr<registry::EventId> ParseEventId(std::string_view option, std::string_view text);

// The parts of `text` between `separator`s; one empty part for an empty text.
std::vector<std::string> SplitText(std::string_view text, char separator);

}  // namespace bonafide::client::cli

#endif  // BONAFIDE_CLIENT_CLI_ARGUMENT_VALUE_H_
