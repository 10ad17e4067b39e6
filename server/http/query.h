// Query parameters as fields of the message that gRPC takes for the same question.
#ifndef BONAFIDE_SERVER_HTTP_QUERY_H_
#define BONAFIDE_SERVER_HTTP_QUERY_H_

#include <absl/status/status.h>

#include <cstdint>
#include <span>
#include <string_view>

#include "server/http/target.h"

namespace google::protobuf {
class Message;
}

namespace bonafide::server::http {

// One parameter: its name in the URL, and the path of its field in the message.
struct Parameter {
  std::string_view name;   // "treatment"
  std::string_view field;  // "question.treatment"
  bool required = false;
  std::string_view description;
  // What it may be, for the description of the API; the message's own check is what decides.
  std::string_view pattern = {};
  uint64_t most = 0;  // of a number; 0: whatever its type holds
};

// What has to stand in a pattern.
inline constexpr std::string_view kCodePattern = "^[a-z][a-z0-9_.-]{0,63}$";
inline constexpr std::string_view kDayPattern =
    "^(19|20|21)[0-9]{2}-(0[1-9]|1[0-2])-(0[1-9]|[12][0-9]|3[01])$";
inline constexpr uint64_t kMostNumber = (uint64_t{1} << 53) - 1;

// Sets the fields of `message` that `target` has parameters for. Integers are decimal without
// leading zeros, booleans `true` or `false`, enums the names of their values. Errors, each about
// the parameter:
//   "query_unknown", "query_twice", "query_missing", "query_value" (not of the field's type)
// Precondition: the fields exist and are singular scalars.
absl::Status FillFromQuery(const Target& target, std::span<const Parameter> parameters,
                           google::protobuf::Message& message);

// For a path without parameters. Error: "query_unknown".
absl::Status RefuseQuery(const Target& target);

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_QUERY_H_
