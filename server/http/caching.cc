#include "server/http/caching.h"

#include <algorithm>

#include "certs/digest.h"

namespace bonafide::server::http {
namespace {

constexpr size_t kTagChars = 16;  // of 64 bits; a page has many

std::string_view Trimmed(std::string_view text) {
  constexpr std::string_view kBlank = " \t";
  const size_t first = text.find_first_not_of(kBlank);
  if (first == std::string_view::npos) return {};
  return text.substr(first, text.find_last_not_of(kBlank) - first + 1);
}

}  // namespace

std::string EtagOf(const storage::View& view, const Target& target) {
  return EtagOf(view.note() + target.path + "?" + target.query_text);
}

std::string EtagOf(std::string_view content) {
  return "W/\"" + Sha256(content).Hex().substr(0, kTagChars) + "\"";
}

bool Matches(std::string_view if_none_match, std::string_view etag) {
  const auto opaque = [](std::string_view tag) {
    if (tag.starts_with("W/")) tag.remove_prefix(2);
    return tag;
  };
  while (!if_none_match.empty()) {
    const size_t comma = std::min(if_none_match.find(','), if_none_match.size());
    const std::string_view tag = Trimmed(if_none_match.substr(0, comma));
    if (!tag.empty() && opaque(tag) == opaque(etag)) return true;
    if_none_match.remove_prefix(std::min(comma + 1, if_none_match.size()));
  }
  return false;
}

Response NotModified(const std::string& etag, std::string_view cache_control) {
  Response response;
  response.status = 304;
  response.etag = etag;
  response.cache_control = cache_control;
  response.headers.emplace_back("Vary", "Accept-Encoding");
  return response;
}

std::optional<Response> Unchanged(const Request& request, const std::string& etag,
                                  std::string_view cache_control) {
  if (!Matches(request.if_none_match, etag)) return std::nullopt;
  return NotModified(etag, cache_control);
}

}  // namespace bonafide::server::http
