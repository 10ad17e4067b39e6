#include "server/http/response_head.h"

#include <boost/beast/http/status.hpp>
#include <string_view>

namespace bonafide::server::http {
namespace {

constexpr size_t kUsualHeadBytes = 640;

// What every answer carries that a reader asked for by itself.
constexpr std::string_view kCommonFields =
    "Strict-Transport-Security: max-age=31536000\r\n"
    "Access-Control-Allow-Origin: *\r\n"
    "Access-Control-Expose-Headers: ETag, Retry-After\r\n"
    "Referrer-Policy: no-referrer\r\n";

// RFC 9110, section 5.6.7.
std::string HttpDate(std::time_t time) {
  std::tm parts{};
  gmtime_r(&time, &parts);
  char text[32];
  std::strftime(text, sizeof text, "%a, %d %b %Y %H:%M:%S GMT", &parts);
  return text;
}

// Written once a second on each thread.
const std::string& DateOf(std::time_t now) {
  thread_local std::time_t written = 0;
  thread_local std::string date = HttpDate(written);
  if (now != written) {
    date = HttpDate(now);
    written = now;
  }
  return date;
}

void AddField(std::string_view name, std::string_view value, std::string& head) {
  head.append(name).append(": ").append(value).append("\r\n");
}

}  // namespace

std::string ResponseHead(const Response& response, const Delivery& delivery, std::time_t now) {
  std::string head;
  head.reserve(kUsualHeadBytes);
  const auto phrase =
      boost::beast::http::obsolete_reason(static_cast<boost::beast::http::status>(response.status));
  head.append(delivery.version == 10 ? "HTTP/1.0 " : "HTTP/1.1 ")
      .append(std::to_string(response.status))
      .append(" ")
      .append(phrase.data(), phrase.size())
      .append("\r\nX-Content-Type-Options: nosniff\r\n");
  if (!response.of_a_page) {
    head.append(kCommonFields);
    // What a cache keeps takes its headers from a 304: that of the kept answer stays.
    if (response.status != 304) {
      AddField("Content-Security-Policy", response.content_policy, head);
    }
  }
  AddField("Date", DateOf(now), head);
  AddField("Cache-Control", response.cache_control, head);
  if (!response.content_type.empty()) AddField("Content-Type", response.content_type, head);
  if (!response.etag.empty()) AddField("ETag", response.etag, head);
  for (const auto& [name, value] : response.headers) AddField(name, value, head);
  if (delivery.length_bytes) {
    AddField("Content-Length", std::to_string(*delivery.length_bytes), head);
  }
  // What the version does not mean by itself (RFC 9112, section 9.3).
  if (delivery.version == 10 && delivery.keep_alive) AddField("Connection", "keep-alive", head);
  if (delivery.version != 10 && !delivery.keep_alive) AddField("Connection", "close", head);
  return head.append("\r\n");
}

}  // namespace bonafide::server::http
