// Errors that say which field of a request was wrong, so that the server can send
// google.rpc.BadRequest without reading its own messages.
#ifndef BONAFIDE_PROTO_FIELD_H_
#define BONAFIDE_PROTO_FIELD_H_

#include <absl/status/status.h>

#include <string>
#include <string_view>

namespace bonafide::proto {

// Malformed(reason, message) (certs/reason.h) about `field`, a path such as "question.on".
absl::Status MalformedField(std::string_view field, std::string_view reason,
                            std::string_view message);

// The same error where its field, if it names one, lies inside `outer`: "on" inside "questions[3]"
// is "questions[3].on".
absl::Status InField(std::string_view outer, const absl::Status& status);

// The field `status` is about, or "".
std::string FieldOf(const absl::Status& status);

}  // namespace bonafide::proto

#endif  // BONAFIDE_PROTO_FIELD_H_
