// Messages of the API as canonical protobuf JSON. The library's own writer goes through the bytes
// of the message and a description of them, which showed (docs/performance.md).
#ifndef BONAFIDE_SERVER_HTTP_MESSAGE_JSON_H_
#define BONAFIDE_SERVER_HTTP_MESSAGE_JSON_H_

#include <absl/status/statusor.h>

#include <string>

namespace google::protobuf {
class Message;
}

namespace bonafide::server::http {

// Without white space. Precondition: all texts in it are UTF-8, and its enums have names. Error:
// "message_json" (kInternal) for a field of a type that the API does not use (maps, floating
// point).
absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message);

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_MESSAGE_JSON_H_
