// The description of all routes as OpenAPI 3.1, made from the table of routes and the descriptors
// of the messages, so that it cannot say anything else than what is served.
#ifndef BONAFIDE_SERVER_HTTP_OPENAPI_H_
#define BONAFIDE_SERVER_HTTP_OPENAPI_H_

#include <span>
#include <string>

#include "server/http/route.h"

namespace bonafide::server::http {

// The document, as JSON.
const std::string& OpenApi();

// The route it is served under.
std::span<const Route> DescriptionRoutes();

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_OPENAPI_H_
