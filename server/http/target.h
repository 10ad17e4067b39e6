// The target of a request: a path of segments and a query, decoded.
#ifndef BONAFIDE_SERVER_HTTP_TARGET_H_
#define BONAFIDE_SERVER_HTTP_TARGET_H_

#include <absl/status/statusor.h>

#include <cstddef>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace bonafide::server::http {

inline constexpr size_t kMaxTargetBytes = 4096;
inline constexpr size_t kMaxQueryParameters = 16;

struct Target {
  std::string path;                   // as it was sent: "/v1/subjects/0000-4711-30"
  std::vector<std::string> segments;  // decoded: {"v1", "subjects", "0000-4711-30"}; "/" has none
  std::string query_text;             // as it was sent, without its question mark
  std::vector<std::pair<std::string, std::string>> query;  // decoded, in order
};

// Reads a request target in origin or absolute form (RFC 9112, sections 3.2.1 and 3.2.2). One
// resource has one path: empty segments, dot segments and encoded slashes are refused, not
// resolved. Errors:
//   "target_size"   longer than kMaxTargetBytes
//   "target_form"   no leading slash, a byte that may not stand there, a malformed escape, such a
//                   segment, or text that is not UTF-8 or has control characters
//   "query_count"   more than kMaxQueryParameters parameters
absl::StatusOr<Target> ParseTarget(std::string_view text);

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_TARGET_H_
