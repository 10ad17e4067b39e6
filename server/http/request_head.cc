#include "server/http/request_head.h"

#include <algorithm>
#include <boost/beast/http/rfc7230.hpp>
#include <cctype>
#include <iterator>
#include <string_view>

#include "certs/reason.h"

namespace bonafide::server::http {
namespace {

namespace beast = boost::beast;
using beast::http::field;

constexpr size_t kHeaderFields = 64;

std::string Text(beast::string_view text) { return {text.data(), text.size()}; }

// Host is a name or an address, with or without a port (RFC 9110, section 7.2); which one is all
// the same here.
bool IsHost(std::string_view text) {
  const auto is_any_of = [](std::string_view part, std::string_view marks) {
    return !part.empty() && std::ranges::all_of(part, [marks](char c) {
      return std::isalnum(static_cast<unsigned char>(c)) != 0 ||
             marks.find(c) != std::string_view::npos;
    });
  };
  const size_t end = text.starts_with('[') ? text.find(']') : text.find(':');
  std::string_view name = text.substr(0, end);
  std::string_view port = end == std::string_view::npos ? "" : text.substr(end);
  if (name.starts_with('[')) {
    if (port.empty() || !is_any_of(name.substr(1), ":.")) return false;
    port.remove_prefix(1);
  } else if (!is_any_of(name, "-._~")) {
    return false;
  }
  if (port.empty()) return true;
  return port.front() == ':' && port.find_first_not_of("0123456789", 1) == std::string_view::npos;
}

// All fields of a name as the one list that they are (RFC 9110, section 5.3).
std::string ListOf(const beast::http::request_header<>& header, field name) {
  std::string list;
  const auto [begin, end] = header.equal_range(name);
  for (auto at = begin; at != end; ++at) {
    if (at != begin) list += ", ";
    list += Text(at->value());
  }
  return list;
}

// What a header may not be, beyond what the parser refuses itself (RFC 9112).
absl::Status CheckHeader(const beast::http::request_header<>& header) {
  if (std::distance(header.begin(), header.end()) > static_cast<long>(kHeaderFields)) {
    return Malformed("header_size", "too many header fields");
  }
  const auto hosts = header.count(field::host);
  if (hosts > 1 || (hosts == 0 && header.version() == 11)) {
    return Malformed("header_host", "exactly one Host field is wanted");
  }
  if (hosts == 1 && !IsHost(Text(header[field::host]))) {
    return Malformed("header_host", "the Host field names no host");
  }
  if (header.count(field::transfer_encoding) != 0 || header.count(field::content_length) > 1) {
    return Malformed("body_unwanted", "requests here have no body");
  }
  const auto length = header.find(field::content_length);
  if (length != header.end() && length->value() != "0") {
    return Malformed("body_unwanted", "requests here have no body");
  }
  return absl::OkStatus();
}

// Of all that is said, "close" wins (RFC 9112, section 9.3).
bool StaysOpen(const beast::http::request_header<>& header) {
  const std::string said = ListOf(header, field::connection);
  beast::http::token_list tokens(said);
  if (tokens.exists("close")) return false;
  return header.version() != 10 || tokens.exists("keep-alive");
}

// A proxy adds a line of its own behind those that the caller sent.
std::string LastOf(const beast::http::request_header<>& header, beast::string_view name) {
  std::string last;
  const auto [begin, end] = header.equal_range(name);
  for (auto at = begin; at != end; ++at) last = Text(at->value());
  return last;
}

}  // namespace

absl::StatusOr<RequestHead> ReadRequestHead(const beast::http::request_header<>& header,
                                            const std::string& address) {
  if (absl::Status status = CheckHeader(header); !status.ok()) return status;
  RequestHead head;
  switch (header.method()) {
    case beast::http::verb::get:
    case beast::http::verb::head:
      head.verb = Verb::kGet;
      break;
    case beast::http::verb::options:
      head.verb = Verb::kOptions;
      break;
    default:
      head.verb = Verb::kOther;
  }
  head.target = Text(header.target());
  head.if_none_match = ListOf(header, field::if_none_match);
  head.accept_encoding = ListOf(header, field::accept_encoding);
  head.forwarded_for = LastOf(header, "X-Forwarded-For");
  head.address = address;
  head.stays_open = StaysOpen(header);
  return head;
}

}  // namespace bonafide::server::http
