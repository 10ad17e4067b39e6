// The status line and header fields of an answer (RFC 9112, sections 4 and 5).
#ifndef BONAFIDE_SERVER_HTTP_RESPONSE_HEAD_H_
#define BONAFIDE_SERVER_HTTP_RESPONSE_HEAD_H_

#include <cstdint>
#include <ctime>
#include <optional>
#include <string>

#include "server/http/response.h"

namespace bonafide::server::http {

// Whom it answers, and what comes after it.
struct Delivery {
  unsigned version = 11;  // of HTTP, as the request has it: 10 or 11
  bool keep_alive = false;
  std::optional<uint64_t> length_bytes;  // none: an answer of that status has no body
};

// Ends with the empty line. What `response` holds for fields has no line breaks in it.
std::string ResponseHead(const Response& response, const Delivery& delivery, std::time_t now);

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_RESPONSE_HEAD_H_
