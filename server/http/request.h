// A request that was read whole. GET and HEAD only reach a route.
#ifndef BONAFIDE_SERVER_HTTP_REQUEST_H_
#define BONAFIDE_SERVER_HTTP_REQUEST_H_

#include <string>

#include "server/http/target.h"

namespace bonafide::server::http {

struct Request {
  Target target;
  std::string if_none_match;  // the header, or ""
  bool accepts_gzip = false;
};

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_REQUEST_H_
