#include "server/http/page_routes.h"

#include <algorithm>
#include <map>
#include <utility>

#include "certs/reason.h"
#include "proto/field.h"
#include "registry/registration_number.h"
#include "server/http/caching.h"
#include "server/http/compression.h"
#include "server/http/web_file.h"
#include "server/trust_file.h"

namespace bonafide::server::http {
namespace {

using answer::Dependencies;

// Nothing inline, nothing from elsewhere. Photos are shown from memory, after they were hashed.
constexpr char kPolicy[] =
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' blob: data:; "
    "connect-src 'self'; base-uri 'none'; form-action 'none'; frame-ancestors 'none'";

// A module is UTF-8 by itself, and the page, which says that it is, says so of its styles.
std::string_view TypeOf(std::string_view path) {
  if (path.ends_with(".html")) return "text/html; charset=utf-8";
  if (path.ends_with(".css")) return "text/css";
  if (path.ends_with(".js")) return "text/javascript";
  return "image/svg+xml";
}

bool IsOfAPage(std::string_view type) {
  return type.starts_with("text/javascript") || type.starts_with("text/css");
}

absl::StatusOr<Response> AsFile(const Request& request, std::string_view type,
                                std::string_view content, const std::string& etag) {
  if (auto unchanged = Unchanged(request, etag, kUntilNextHead)) {
    unchanged->of_a_page = IsOfAPage(type);
    return *std::move(unchanged);
  }
  Response response;
  response.of_a_page = IsOfAPage(type);
  response.content_type = type;
  response.body = content;
  response.etag = etag;
  response.cache_control = kUntilNextHead;
  response.compressible = true;
  if (type.starts_with("text/html")) response.content_policy = kPolicy;
  return response;
}

absl::StatusOr<Response> AnswerWebFile(const Request& request, std::string_view path) {
  struct Tagged {
    std::string_view content;
    std::string etag;
    std::string compressed;
  };
  static const std::map<std::string_view, Tagged> kFiles = [] {
    std::map<std::string_view, Tagged> files;
    for (const WebFile& file : WebFiles()) {
      files[file.path] = {file.content, EtagOf(file.content),
                          Gzip(file.content, Effort::kSmall).value_or("")};
    }
    return files;
  }();
  const auto found = kFiles.find(path);
  if (found == kFiles.end()) {
    return Refusal(absl::StatusCode::kNotFound, "route_unknown",
                   "nothing is served under this path; /openapi.json lists what is");
  }
  auto response = AsFile(request, TypeOf(path), found->second.content, found->second.etag);
  response->compressed = found->second.compressed;
  return response;
}

absl::StatusOr<Response> AnswerFile(const Dependencies&, const Request& request,
                                    const PathValues& path) {
  if (path[0] != "index.html") {  // its query is for its script
    if (absl::Status status = RefuseQuery(request.target); !status.ok()) return status;
  }
  return AnswerWebFile(request, path[0]);
}

absl::StatusOr<Response> AnswerPage(const Dependencies&, const Request& request,
                                    const PathValues&) {
  return AnswerWebFile(request, "index.html");
}

// The short address that a QR code carries. Addresses in the page are relative to where it is, so
// that it can be served from anywhere: hence not the page itself.
absl::StatusOr<Response> AnswerShort(const Dependencies&, const Request& request,
                                     const PathValues& path) {
  const auto number = registry::ParseRegistrationNumber(path[0]);
  if (!number.ok()) return proto::InField("registration_number", number.status());
  for (const auto& [name, value] : request.target.query) {
    if (name == "number") {
      return proto::MalformedField(name, "query_twice", "the number stands in the path");
    }
  }
  Response response;
  response.status = 307;
  std::string place = "../?number=" + registry::RegistrationNumber(*number);
  if (!request.target.query_text.empty()) place += "&" + request.target.query_text;
  response.headers.emplace_back("Location", std::move(place));
  return response;
}

absl::StatusOr<Response> AnswerTrust(const Dependencies& dependencies, const Request& request,
                                     const PathValues&) {
  if (absl::Status status = RefuseQuery(request.target); !status.ok()) return status;
  const auto anchors = dependencies.own_anchors();
  if (!anchors.ok()) return anchors.status();
  const std::string text = TrustFileText(*anchors, dependencies.cosigner_policy);
  return AsFile(request, "application/json", text, EtagOf(text));
}

absl::StatusOr<Response> AnswerSite(const Dependencies&, const Request& request,
                                    const PathValues&) {
  if (absl::Status status = RefuseQuery(request.target); !status.ok()) return status;
  constexpr std::string_view kHere = "{\"api\": \".\"}\n";
  return AsFile(request, "application/json", kHere, EtagOf(kHere));
}

constexpr Route kRoutes[] = {
    {.pattern = "/",
     .method = "/http/File",
     .answer = AnswerPage,
     .summary = "The page.",
     .content = "text/html"},
    {.pattern = "/p/{registration_number}",
     .method = "/http/File",
     .answer = AnswerShort,
     .summary = "The page, about a practitioner: a redirect."},
    {.pattern = "/trust.json",
     .method = "/http/File",
     .answer = AnswerTrust,
     .summary = "The trust file that comes with the page. Better got from somebody else.",
     .content = "application/json"},
    {.pattern = "/site.json",
     .method = "/http/File",
     .answer = AnswerSite,
     .summary = "Where the page finds this API.",
     .content = "application/json"},
    {.pattern = "/{file...}",
     .method = "/http/File",
     .answer = AnswerFile,
     .summary = "A file of the page.",
     .content = "text/javascript, text/html, text/css, image/svg+xml"},
};

}  // namespace

std::span<const Route> PageRoutes() { return kRoutes; }

}  // namespace bonafide::server::http
