#include "server/http/route.h"

#include <algorithm>
#include <optional>
#include <utility>

#include "certs/reason.h"
#include "server/http/issuer_routes.h"
#include "server/http/log_routes.h"
#include "server/http/lookup_routes.h"
#include "server/http/openapi.h"
#include "server/http/page_routes.h"
#include "server/http/picture_routes.h"

namespace bonafide::server::http {
namespace {

bool IsRest(std::string_view part) { return part.ends_with("...}"); }

// The values of `pattern` in `target`; nothing when it does not fit.
std::optional<PathValues> Fit(std::string_view pattern, const Target& target) {
  PathValues values;
  size_t at = 0;  // in the segments
  while (!pattern.empty()) {
    pattern.remove_prefix(1);  // its slash
    const size_t end = std::min(pattern.find('/'), pattern.size());
    const std::string_view part = pattern.substr(0, end);
    pattern.remove_prefix(end);
    if (part.empty()) break;  // "/"
    if (at == target.segments.size()) return std::nullopt;
    if (IsRest(part)) {
      std::string rest = target.segments[at];
      for (++at; at < target.segments.size(); ++at) rest += "/" + target.segments[at];
      values.push_back(std::move(rest));
    } else if (part.starts_with('{')) {
      values.push_back(target.segments[at++]);
    } else if (part != target.segments[at++]) {
      return std::nullopt;
    }
  }
  if (at != target.segments.size()) return std::nullopt;
  return values;
}

}  // namespace

std::span<const Route> Routes() {
  static const std::vector<Route> kRoutes = [] {
    std::vector<Route> all;
    for (const auto& routes : {LookupRoutes(), LogRoutes(), IssuerRoutes(), DescriptionRoutes(),
                               PictureRoutes(), PageRoutes()}) {
      all.insert(all.end(), routes.begin(), routes.end());
    }
    return all;
  }();
  return kRoutes;
}

absl::StatusOr<Match> FindRoute(const Target& target) {
  for (const Route& route : Routes()) {
    if (auto values = Fit(route.pattern, target)) return Match{&route, *std::move(values)};
  }
  return Refusal(absl::StatusCode::kNotFound, "route_unknown",
                 "nothing is served under this path; /openapi.json lists what is");
}

}  // namespace bonafide::server::http
