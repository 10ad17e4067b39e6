// The log: the JSON of its service, and C2SP tlog-tiles (v0.1.0) below the same root.
#ifndef BONAFIDE_SERVER_HTTP_LOG_ROUTES_H_
#define BONAFIDE_SERVER_HTTP_LOG_ROUTES_H_

#include <span>

#include "server/http/route.h"

namespace bonafide::server::http {

std::span<const Route> LogRoutes();

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_LOG_ROUTES_H_
