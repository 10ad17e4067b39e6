// Reads about people and organisations.
#ifndef BONAFIDE_SERVER_HTTP_LOOKUP_ROUTES_H_
#define BONAFIDE_SERVER_HTTP_LOOKUP_ROUTES_H_

#include <span>

#include "server/http/route.h"

namespace bonafide::server::http {

std::span<const Route> LookupRoutes();

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_LOOKUP_ROUTES_H_
