// What a connection reads of a request: its line and its header fields (RFC 9112, sections 3 and
// 5). Internal to this room.
#ifndef BONAFIDE_SERVER_HTTP_REQUEST_HEAD_H_
#define BONAFIDE_SERVER_HTTP_REQUEST_HEAD_H_

#include <absl/status/statusor.h>

#include <boost/beast/http/message.hpp>
#include <string>

namespace bonafide::server::http {

enum class Verb { kGet, kOptions, kOther };  // HEAD is a GET whose body is not sent

struct RequestHead {
  Verb verb = Verb::kGet;
  std::string target;
  std::string if_none_match;
  std::string accept_encoding;
  std::string forwarded_for;
  std::string address;      // of the other end
  bool stays_open = false;  // there may be another request behind this one
};

// What the parser lets through and this server does not is an error: "header_size", "header_host",
// "body_unwanted".
absl::StatusOr<RequestHead> ReadRequestHead(const boost::beast::http::request_header<>& header,
                                            const std::string& address);

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_REQUEST_HEAD_H_
