// Query parameters as fields of the message that gRPC takes for the same question.
#ifndef BONAFIDE_SERVER_HTTP_QUERY_H_
#define BONAFIDE_SERVER_HTTP_QUERY_H_

#include <absl/status/status.h>

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
};

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
