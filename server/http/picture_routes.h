// Pictures that lead to the page: a QR code, and the badge for a practitioner's own web site.
#ifndef BONAFIDE_SERVER_HTTP_PICTURE_ROUTES_H_
#define BONAFIDE_SERVER_HTTP_PICTURE_ROUTES_H_

#include <span>

#include "server/http/route.h"

namespace bonafide::server::http {

// Neither says an answer: a picture can be copied, and stays where it is when the answer changes.
std::span<const Route> PictureRoutes();

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_PICTURE_ROUTES_H_
