#include "server/http/message_json.h"

#include <google/protobuf/message.h>
#include <google/protobuf/util/json_util.h>

namespace bonafide::server::http {

absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message) {
  std::string json;
  const auto status = google::protobuf::util::MessageToJsonString(message, &json);
  if (!status.ok()) return absl::InternalError("a message that cannot be written as JSON");
  return json;
}

}  // namespace bonafide::server::http
