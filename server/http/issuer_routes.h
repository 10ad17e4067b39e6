// The keys of organisations, as verifiers of SD-JWT VC look for them.
#ifndef BONAFIDE_SERVER_HTTP_ISSUER_ROUTES_H_
#define BONAFIDE_SERVER_HTTP_ISSUER_ROUTES_H_

#include <span>

#include "server/http/route.h"

namespace bonafide::server::http {

std::span<const Route> IssuerRoutes();

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_ISSUER_ROUTES_H_
