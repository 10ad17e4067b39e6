// gzip (RFC 1952), for answers that are sent compressed. Nothing is ever decompressed.
#ifndef BONAFIDE_SERVER_HTTP_COMPRESSION_H_
#define BONAFIDE_SERVER_HTTP_COMPRESSION_H_

#include <absl/status/statusor.h>

#include <string>
#include <string_view>

namespace bonafide::server::http {

// Whether the header `Accept-Encoding` takes gzip (RFC 9110, section 12.5.3). No header: no.
bool AcceptsGzip(std::string_view accept_encoding);

enum class Effort { kFast, kSmall };

// `bytes` as a gzip member. Error: "compression" (kInternal).
absl::StatusOr<std::string> Gzip(std::string_view bytes, Effort effort);

}  // namespace bonafide::server::http

#endif  // BONAFIDE_SERVER_HTTP_COMPRESSION_H_
