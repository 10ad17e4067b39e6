#include "server/http/target.h"

#include <algorithm>

#include "certs/reason.h"
#include "certs/utf8.h"

namespace bonafide::server::http {
namespace {

absl::Status Form(std::string_view what) { return Malformed("target_form", what); }

int HexDigit(char c) {
  if (c >= '0' && c <= '9') return c - '0';
  if (c >= 'a' && c <= 'f') return c - 'a' + 10;
  if (c >= 'A' && c <= 'F') return c - 'A' + 10;
  return -1;
}

// RFC 3986: unreserved, sub-delims, ":" and "@"; in a query also "/" and "?".
bool MayStand(char c, bool in_query) {
  if ((c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9')) return true;
  constexpr std::string_view kMarks = "-._~!$&'()*+,;=:@";
  return kMarks.find(c) != std::string_view::npos || (in_query && (c == '/' || c == '?'));
}

// `in_query`: "+" is a space, as forms write it.
absl::StatusOr<std::string> Decode(std::string_view text, bool in_query) {
  std::string out;
  for (size_t i = 0; i < text.size(); ++i) {
    char c = text[i];
    if (c == '%') {
      const int high = i + 2 < text.size() ? HexDigit(text[i + 1]) : -1;
      const int low = i + 2 < text.size() ? HexDigit(text[i + 2]) : -1;
      if (high < 0 || low < 0) return Form("a malformed escape");
      c = static_cast<char>(high << 4 | low);
      i += 2;
      if (!in_query && c == '/') return Form("an escaped slash in the path");
    } else if (!MayStand(c, in_query)) {
      return Form("a byte that has to be escaped");
    } else if (in_query && c == '+') {
      c = ' ';
    }
    if (static_cast<unsigned char>(c) < 0x20 || c == 0x7F) return Form("a control character");
    out += c;
  }
  if (!certs::IsUtf8(out)) return Form("text that is not UTF-8");
  return out;
}

absl::Status AddSegments(std::string_view path, Target& target) {
  if (path == "/") return absl::OkStatus();
  while (!path.empty()) {
    path.remove_prefix(1);  // its slash
    const size_t end = std::min(path.find('/'), path.size());
    auto segment = Decode(path.substr(0, end), /*in_query=*/false);
    if (!segment.ok()) return segment.status();
    if (segment->empty()) return Form("an empty segment in the path");
    if (*segment == "." || *segment == "..") return Form("a dot segment in the path");
    target.segments.push_back(*std::move(segment));
    path.remove_prefix(end);
  }
  return absl::OkStatus();
}

absl::Status AddParameters(std::string_view query, Target& target) {
  while (!query.empty()) {
    const size_t end = std::min(query.find('&'), query.size());
    const std::string_view pair = query.substr(0, end);
    query.remove_prefix(std::min(end + 1, query.size()));
    if (target.query.size() == kMaxQueryParameters) {
      return Malformed("query_count", "too many query parameters");
    }
    const size_t equals = std::min(pair.find('='), pair.size());
    auto name = Decode(pair.substr(0, equals), /*in_query=*/true);
    if (!name.ok()) return name.status();
    auto value = Decode(pair.substr(std::min(equals + 1, pair.size())), /*in_query=*/true);
    if (!value.ok()) return value.status();
    target.query.emplace_back(*std::move(name), *std::move(value));
  }
  return absl::OkStatus();
}

// The absolute form, as proxies may send it, names the same as the path in it (RFC 9112, section
// 3.2.2): there is one host here, whatever it is called.
std::string_view WithoutAuthority(std::string_view text) {
  for (const std::string_view scheme : {"https://", "http://"}) {
    if (!text.starts_with(scheme)) continue;
    const size_t path = text.find_first_of("/?", scheme.size());
    return path == std::string_view::npos ? "/" : text.substr(path);
  }
  return text;
}

}  // namespace

absl::StatusOr<Target> ParseTarget(std::string_view text) {
  if (text.size() > kMaxTargetBytes) {
    return Malformed("target_size", "the target of a request has at most " +
                                        std::to_string(kMaxTargetBytes) + " bytes");
  }
  text = WithoutAuthority(text);
  if (!text.starts_with('/')) return Form("a path begins with a slash");
  Target target;
  const size_t mark = std::min(text.find('?'), text.size());
  target.path = text.substr(0, mark);
  if (absl::Status status = AddSegments(target.path, target); !status.ok()) return status;
  target.query_text = text.substr(std::min(mark + 1, text.size()));
  if (absl::Status status = AddParameters(target.query_text, target); !status.ok()) return status;
  return target;
}

}  // namespace bonafide::server::http
