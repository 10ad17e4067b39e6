// What a route answers.
#ifndef BONAFIDE_SERVER_HTTP_RESPONSE_H_
#define BONAFIDE_SERVER_HTTP_RESPONSE_H_

#include <absl/status/statusor.h>

#include <cstdint>
#include <functional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bonafide::server::http {

// `Cache-Control`, by what an answer depends on.
inline constexpr std::string_view kImmutable = "public, max-age=31536000, immutable";
inline constexpr std::string_view kUntilNextHead = "public, max-age=5, stale-while-revalidate=30";
inline constexpr std::string_view kNotKept = "no-store";

struct Response {
  unsigned status = 200;
  std::string content_type;
  std::string body;
  // In place of `body`, for what is too large to hold: `source` gives the next piece, "" at the
  // end, `source_bytes` in all. Called on the pool.
  std::function<absl::StatusOr<std::string>()> source;
  uint64_t source_bytes = 0;
  std::string etag;  // with its quotes; "": none
  std::string_view cache_control = kNotKept;
  // What a browser that shows the answer, or a page that embeds it, may run of it: nothing.
  std::string_view content_policy = "default-src 'none'; frame-ancestors 'none'";
  bool compressible = false;    // text, or entries of the log
  std::string_view compressed;  // `body` with gzip, where that is at hand for ever
  // A script or a style: no browser shows it by itself, so that it needs no guards of its own, of
  // which a page has many.
  bool of_a_page = false;
  std::vector<std::pair<std::string, std::string>> headers;  // others
};

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_RESPONSE_H_
