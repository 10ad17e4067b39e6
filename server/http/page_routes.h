// The page that patients meet, and what it needs to know of the register that serves it.
#ifndef BONAFIDE_SERVER_HTTP_PAGE_ROUTES_H_
#define BONAFIDE_SERVER_HTTP_PAGE_ROUTES_H_

#include <span>

#include "server/http/route.h"

namespace bonafide::server::http {

// The last of them takes every path that is left.
std::span<const Route> PageRoutes();

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_PAGE_ROUTES_H_
