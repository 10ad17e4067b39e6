// Errors as RFC 9457 problem details, with the same reasons as gRPC sends.
#ifndef BONAFIDE_SERVER_HTTP_PROBLEM_H_
#define BONAFIDE_SERVER_HTTP_PROBLEM_H_

#include <absl/status/status.h>

#include "server/http/response.h"

namespace bonafide::server::http {

// {"type", "title", "status", "detail", "reason", "field"?}: `type` is
// "urn:bonafide:reason:<reason>", `field` the query parameter or message field that was wrong. With
// `Retry-After` where trying again makes sense. Never kept by caches. Precondition: not OK.
Response ProblemOf(const absl::Status& status);

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_PROBLEM_H_
