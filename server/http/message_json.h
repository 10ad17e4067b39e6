// Messages of the API as canonical protobuf JSON.
#ifndef BONAFIDE_SERVER_HTTP_MESSAGE_JSON_H_
#define BONAFIDE_SERVER_HTTP_MESSAGE_JSON_H_

#include <absl/status/statusor.h>

#include <string>

namespace google::protobuf {
class Message;
}

namespace bonafide::server::http {

// Without white space. Error (kInternal): none that a valid message gives.
absl::StatusOr<std::string> ToJson(const google::protobuf::Message& message);

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_MESSAGE_JSON_H_
