#include "registry/request_token.h"

#include <algorithm>
#include <utility>

#include "certs/base64.h"
#include "certs/reason.h"
#include "registry/issuer_url.h"
#include "registry/schema/claims.h"
#include "registry/schema/envelope.h"
#include "registry/schema/member.h"

namespace bonafide::registry {
namespace {

using certs::Json;
using schema::Claims;
using schema::Put;

constexpr size_t kJtiBytes = 16;
constexpr size_t kMaxMethodBytes = 200;

bool IsWord(std::string_view text, bool may_have_dots) {
  if (text.empty()) return false;
  return std::ranges::all_of(text, [may_have_dots](char c) {
    return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') || c == '_' ||
           (may_have_dots && c == '.');
  });
}

// `/<package.Service>/<Method>`
bool IsMethod(std::string_view text) {
  if (text.size() > kMaxMethodBytes || !text.starts_with('/')) return false;
  const size_t slash = text.find('/', 1);
  return slash != text.npos && IsWord(text.substr(1, slash - 1), true) &&
         IsWord(text.substr(slash + 1), false);
}

struct PaperForm {
  using Value = Digest;
  static constexpr Json::Kind kKind = Json::Kind::kString;
  std::optional<Value> operator()(const Json& json) const {
    const auto digest = Digest::FromHex(*json.AsString());
    return digest.ok() ? std::optional<Value>(*digest) : std::nullopt;
  }
};

absl::Status ReadClaims(const Json& payload, std::string_view origin, RequestToken& token) {
  absl::Status fault;
  Claims claims(payload, fault);
  Request& request = token.request;
  request.issuer = schema::ReadIssuer(claims, origin);
  schema::CheckAudience(claims, origin);
  token.jti = claims.Required("jti", schema::NonceForm());
  request.issued_at_s = claims.Required("iat", schema::IntegerForm());
  request.expires_at_s = claims.Required("exp", schema::IntegerForm());
  const int64_t life_s = request.expires_at_s - request.issued_at_s;
  if (life_s <= 0 || life_s > kMaxRequestLifeS) {
    claims.Fail("claim_conflict", "exp", "not within 300 seconds after iat");
  }
  request.method = claims.Required("method", schema::StringForm<&IsMethod>());
  request.paper = claims.Optional("digest", PaperForm());
  claims.Close();
  return fault;
}

}  // namespace

absl::StatusOr<std::string> MakeRequestToken(const Request& request, std::string_view origin,
                                             const certs::Signer& signer, certs::Random& random) {
  Json::Members claims;
  Put(claims, "iss", IssuerUrl(origin, request.issuer));
  Put(claims, "aud", std::string(origin));
  Put(claims, "jti", certs::Base64UrlEncode(certs::RandomBytes(random, kJtiBytes)));
  Put(claims, "iat", request.issued_at_s);
  Put(claims, "exp", request.expires_at_s);
  Put(claims, "method", request.method);
  if (request.paper) Put(claims, "digest", request.paper->Hex());
  auto token =
      certs::SignJws(signer, kRequestTyp, certs::WriteJson(Json::Object(std::move(claims))));
  if (!token.ok()) return token.status();
  if (auto parsed = ParseRequestToken(*token, origin); !parsed.ok()) return parsed.status();
  return token;
}

absl::StatusOr<RequestToken> ParseRequestToken(std::string_view token, std::string_view origin) {
  auto jws = certs::ParseJws(token, {.size_bytes = kMaxRequestTokenBytes, .kid_required = true});
  if (!jws.ok()) return jws.status();
  if (jws->typ != kRequestTyp) {
    return Malformed("token_typ", "typ: a request is of type bonafide-request+jwt and no other");
  }
  const auto payload = certs::ParseJson(jws->payload);
  if (!payload.ok()) return payload.status();
  if (!payload->IsObject()) return Malformed("claim_type", "payload: not an object");
  RequestToken parsed{*std::move(jws), {}, {}};
  if (absl::Status status = ReadClaims(*payload, origin, parsed); !status.ok()) return status;
  return parsed;
}

absl::Status VerifyRequestToken(const RequestToken& token, const certs::PublicKey& key,
                                std::string_view method, const std::optional<Digest>& paper,
                                int64_t now_s) {
  const Request& request = token.request;
  if (now_s >= request.expires_at_s) {
    return NotAdmitted("request_expired", "the request has expired: sign a new one");
  }
  if (request.issued_at_s > now_s + kRequestClockSkewS) {
    return NotAdmitted("request_early", "the request was signed in the future: check the clock");
  }
  if (request.method != method) {
    return NotAdmitted("request_method", "the request was signed for another method");
  }
  if (request.paper != paper) {
    return NotAdmitted("request_paper", "the request was signed for another paper");
  }
  return certs::VerifyJws(token.jws, key, kRequestTyp);
}

}  // namespace bonafide::registry
