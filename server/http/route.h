// What the front answers under one path.
#ifndef BONAFIDE_SERVER_HTTP_ROUTE_H_
#define BONAFIDE_SERVER_HTTP_ROUTE_H_

#include <absl/status/statusor.h>

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "server/answer/dependencies.h"
#include "server/http/query.h"
#include "server/http/request.h"
#include "server/http/response.h"

namespace bonafide::server::http {

// What the braces of a pattern stand for in one request, in order.
using PathValues = std::vector<std::string>;

using RouteAnswer = absl::StatusOr<Response> (*)(const answer::Dependencies& dependencies,
                                                 const Request& request, const PathValues& path);

struct Route {
  // "/v1/subjects/{registration_number}"; "{rest...}" at the end stands for one segment or more.
  std::string_view pattern;
  // Of server/method_table.h: whose limits a request counts against.
  std::string_view method;
  RouteAnswer answer;
  bool on_pool = false;  // touches the disk, or takes long
  std::span<const Parameter> parameters = {};
  std::string_view request = {};  // full name of the message whose fields they are
  std::string_view summary;
  // What comes back: the full name of a message, whose canonical JSON it is, or media types with
  // ", " between them; nothing where another place is named.
  std::string_view content = {};
};

// The first one that fits answers.
std::span<const Route> Routes();

struct Match {
  const Route* route = nullptr;
  PathValues path;
};

// The route of `target`. Error: "route_unknown" (kNotFound).
absl::StatusOr<Match> FindRoute(const Target& target);

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_ROUTE_H_
