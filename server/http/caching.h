// Validators (RFC 9110, section 8.8): which answers a cache may go on using.
#ifndef BONAFIDE_SERVER_HTTP_CACHING_H_
#define BONAFIDE_SERVER_HTTP_CACHING_H_

#include <optional>
#include <string>
#include <string_view>

#include "server/http/request.h"
#include "server/http/response.h"
#include "storage/register/view.h"

namespace bonafide::server::http {

// Of everything that is answered from one signed head, whose cosignatures count too. Weak, since
// the same answer may be sent compressed. Take it before the answer: a head published in between
// then makes the answer newer than its tag says, never older.
// Of one URL only, so that whoever has it was given an answer there.
std::string EtagOf(const storage::View& view, const Target& target);
// Of an answer that does not depend on the head.
std::string EtagOf(std::string_view content);

// Whether `if_none_match`, the header, names `etag`. "*" names nothing here: whether there is an
// answer at all is not known before it is made, and server/http/exchange.h looks then.
bool Matches(std::string_view if_none_match, std::string_view etag);

// The answer 304.
Response NotModified(const std::string& etag, std::string_view cache_control);
// The same where the reader has the answer already.
std::optional<Response> Unchanged(const Request& request, const std::string& etag,
                                  std::string_view cache_control);

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_CACHING_H_
