#include "server/http/compression.h"

#include <zlib.h>

#include <algorithm>
#include <cctype>

#include "certs/reason.h"

namespace bonafide::server::http {
namespace {

constexpr int kFastLevel = 1;
constexpr int kSmallLevel = 9;
constexpr int kGzipWindow = 15 + 16;  // the largest window, with gzip's header
constexpr int kMemoryLevel = 8;

std::string Lower(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c != ' ' && c != '\t')
      out += static_cast<char>(std::tolower(static_cast<unsigned char>(c)));
  }
  return out;
}

}  // namespace

bool AcceptsGzip(std::string_view accept_encoding) {
  bool any = false;
  while (!accept_encoding.empty()) {
    const size_t comma = std::min(accept_encoding.find(','), accept_encoding.size());
    const std::string item = Lower(accept_encoding.substr(0, comma));
    accept_encoding.remove_prefix(std::min(comma + 1, accept_encoding.size()));
    const size_t semicolon = std::min(item.find(';'), item.size());
    const std::string coding = item.substr(0, semicolon);
    // "q=0", "q=0.000": not acceptable.
    const bool taken = !item.substr(semicolon).starts_with(";q=0") ||
                       item.find_first_of("123456789", semicolon) != std::string::npos;
    if (coding == "gzip") return taken;
    if (coding == "*") any = taken;
  }
  return any;
}

absl::StatusOr<std::string> Gzip(std::string_view bytes, Effort effort) {
  z_stream stream{};
  const int level = effort == Effort::kFast ? kFastLevel : kSmallLevel;
  if (deflateInit2(&stream, level, Z_DEFLATED, kGzipWindow, kMemoryLevel, Z_DEFAULT_STRATEGY) !=
      Z_OK) {
    return Refusal(absl::StatusCode::kInternal, "compression", "cannot compress");
  }
  std::string out(deflateBound(&stream, bytes.size()), '\0');
  // zlib does not write to what it reads.
  stream.next_in = reinterpret_cast<Bytef*>(const_cast<char*>(bytes.data()));
  stream.avail_in = static_cast<uInt>(bytes.size());
  stream.next_out = reinterpret_cast<Bytef*>(out.data());
  stream.avail_out = static_cast<uInt>(out.size());
  const int result = deflate(&stream, Z_FINISH);
  out.resize(stream.total_out);
  deflateEnd(&stream);
  if (result != Z_STREAM_END) {
    return Refusal(absl::StatusCode::kInternal, "compression", "cannot compress");
  }
  return out;
}

}  // namespace bonafide::server::http
