#include "server/http/issuer_routes.h"

#include <algorithm>
#include <string>
#include <utility>

#include "certs/json.h"
#include "certs/reason.h"
#include "registry/issuer_url.h"
#include "server/http/caching.h"

namespace bonafide::server::http {
namespace {

using answer::Dependencies;
using certs::Json;

absl::Status Unknown() {
  return Refusal(absl::StatusCode::kNotFound, "issuer_unknown", "there is no such organisation");
}

// The path of an origin, without its host: "/demo/o/7" of "register.example/demo" and 7.
std::string PathOfIssuer(std::string_view origin, const std::string& issuer) {
  const size_t host = std::min(origin.find('/'), origin.size());
  return issuer.substr(std::string_view("https://").size() + host);
}

// The keys of an organisation that stand, as a JSON Web Key Set (RFC 7517, section 5).
absl::StatusOr<Json> KeySetOf(const storage::View& view, merkle::SubjectNumber number) {
  const auto subject = view.FindSubject(number);
  if (absl::IsNotFound(subject.status())) return Unknown();
  if (!subject.ok()) return subject.status();
  if ((*subject)->kind() != registry::SubjectKind::kOrganisation) return Unknown();
  Json::Items keys;
  for (const registry::Subject::Key& key : (*subject)->keys()) {
    if (!key.stands()) continue;
    Json::Members members = key.key.ToJwk().members();
    members.push_back({"kid", Json::String(key.key.id().ToString())});
    members.push_back({"alg", Json::String(certs::AlgorithmName(key.key.algorithm()))});
    members.push_back({"use", Json::String("sig")});
    keys.push_back(Json::Object(std::move(members)));
  }
  return Json::Object({{"keys", Json::Array(std::move(keys))}});
}

template <typename Shape>
absl::StatusOr<Response> AnswerKeys(const Dependencies& dependencies, const Request& request,
                                    std::string_view number_text, Shape&& shape) {
  if (absl::Status status = RefuseQuery(request.target); !status.ok()) return status;
  const std::string& origin = dependencies.reg.origin();
  const auto number =
      registry::ParseIssuerUrl("https://" + origin + "/o/" + std::string(number_text), origin);
  if (!number.ok()) return Unknown();
  const auto view = dependencies.reg.Newest();
  if (!view.ok()) return view.status();
  Response response;
  response.etag = EtagOf(**view, request.target);
  response.cache_control = kUntilNextHead;
  if (auto unchanged = Unchanged(request, response.etag, response.cache_control)) {
    return *std::move(unchanged);
  }
  auto keys = KeySetOf(**view, *number);
  if (!keys.ok()) return keys.status();
  response.content_type = "application/json";
  response.body = certs::WriteJson(shape(*number, *std::move(keys)));
  response.compressible = true;
  return response;
}

absl::StatusOr<Response> AnswerKeySet(const Dependencies& dependencies, const Request& request,
                                      const PathValues& path) {
  return AnswerKeys(dependencies, request, path[0],
                    [](merkle::SubjectNumber, Json keys) { return keys; });
}

// JWT VC Issuer Metadata: `iss` with the well-known string between its host and its path.
absl::StatusOr<Response> AnswerMetadata(const Dependencies& dependencies, const Request& request,
                                        const PathValues& path) {
  const std::string& origin = dependencies.reg.origin();
  const std::string& rest = path[0];
  const std::string prefix = PathOfIssuer(origin, registry::IssuerUrl(origin, {0}));  // ".../o/0"
  const std::string_view folder = std::string_view(prefix).substr(1, prefix.size() - 2);
  if (!rest.starts_with(folder)) return Unknown();
  return AnswerKeys(
      dependencies, request, std::string_view(rest).substr(folder.size()),
      [&origin](merkle::SubjectNumber number, Json keys) {
        return Json::Object({{"issuer", Json::String(registry::IssuerUrl(origin, number))},
                             {"jwks", std::move(keys)}});
      });
}

constexpr Route kRoutes[] = {
    {.pattern = "/v1/organisations/{number}/jwks",
     .method = "/bonafide.v1.LookupService/GetSubject",
     .answer = AnswerKeySet,
     .summary = "The standing keys of an organisation, as a JSON Web Key Set.",
     .content = "application/json"},
    {.pattern = "/.well-known/jwt-vc-issuer/{issuer...}",
     .method = "/bonafide.v1.LookupService/GetSubject",
     .answer = AnswerMetadata,
     .summary = "JWT VC Issuer Metadata of an organisation: its name and its standing keys.",
     .content = "application/json"},
};

}  // namespace

std::span<const Route> IssuerRoutes() { return kRoutes; }

}  // namespace bonafide::server::http
