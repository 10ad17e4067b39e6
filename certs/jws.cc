#include "certs/jws.h"

#include <algorithm>
#include <array>

#include "certs/base64.h"
#include "certs/json.h"
#include "certs/reason.h"

namespace bonafide::certs {
namespace {

// Large enough for every legal header, small enough that a bad one costs nothing.
constexpr JsonLimits kHeaderLimits = {.size_bytes = 1024, .values = 16, .depth = 2};

// Header members other libraries act upon; naming them tells an issuer what to switch off. Other
// names are not repeated: they come from a stranger.
constexpr std::array<std::string_view, 11> kDangerousMembers = {
    "crit", "b64", "jwk", "jku", "x5u", "x5c", "x5t", "x5t#S256", "cty", "zip", "enc"};

absl::Status CheckHeaderMembers(const Json& header) {
  if (!header.IsObject()) return Malformed("token_header", "token header: not an object");
  for (const Json::Member& member : header.members()) {
    if (member.name == "alg" || member.name == "kid" || member.name == "typ") {
      if (member.value.IsString()) continue;
      return Malformed("token_header", "token header: " + member.name + " is no string");
    }
    const bool named = std::find(kDangerousMembers.begin(), kDangerousMembers.end(), member.name) !=
                       kDangerousMembers.end();
    return Malformed("token_header", "token header: only alg, kid and typ are accepted, not " +
                                         (named ? member.name : std::string("another member")));
  }
  return absl::OkStatus();
}

absl::Status ReadHeader(const Json& header, const JwsProfile& profile, Jws& jws) {
  if (absl::Status status = CheckHeaderMembers(header); !status.ok()) return status;
  const std::string* alg = header.FindString("alg");
  const std::string* kid = header.FindString("kid");
  const std::string* typ = header.FindString("typ");
  if (alg == nullptr || typ == nullptr || (kid == nullptr && profile.kid_required)) {
    return Malformed("token_header", "token header: alg, kid and typ must all be there");
  }
  const auto algorithm = AlgorithmNamed(*alg);
  if (!algorithm) {
    return Malformed("token_alg", "token header: alg must be exactly ES256 or Ed25519");
  }
  jws.algorithm = *algorithm;
  jws.typ = *typ;
  if (kid != nullptr) {
    const auto parsed = KeyId::Parse(*kid);
    if (!parsed.ok()) {
      return Malformed("token_kid",
                       "token header: kid must be a thumbprint, 43 characters of base64url");
    }
    jws.kid = *parsed;
  }
  return absl::OkStatus();
}

}  // namespace

absl::StatusOr<Jws> ParseJws(std::string_view token, const JwsProfile& profile) {
  if (token.size() > profile.size_bytes) {
    return Malformed("token_size", "token: " + std::to_string(token.size()) + " bytes, at most " +
                                       std::to_string(profile.size_bytes) + " are accepted");
  }
  const size_t first = token.find('.');
  const size_t second = first == token.npos ? token.npos : token.find('.', first + 1);
  if (second == token.npos || token.find('.', second + 1) != token.npos || first == 0 ||
      second == first + 1 || second + 1 == token.size()) {
    return Malformed("token_parts", "token: must be header.payload.signature, none of them empty");
  }
  const auto header_text = Base64UrlDecode(token.substr(0, first));
  if (!header_text.ok()) return Within("token header", header_text.status());
  auto payload = Base64UrlDecode(token.substr(first + 1, second - first - 1));
  if (!payload.ok()) return Within("token payload", payload.status());
  auto signature = Base64UrlDecode(token.substr(second + 1));
  if (!signature.ok()) return Within("token signature", signature.status());
  const auto header = ParseJson(*header_text, kHeaderLimits);
  if (!header.ok()) return Within("token header", header.status());
  Jws jws;
  if (absl::Status status = ReadHeader(*header, profile, jws); !status.ok()) return status;
  if (signature->size() != PublicKey::kSignatureSizeBytes) {
    return Malformed("token_signature_size",
                     "token: the signature has " + std::to_string(signature->size()) +
                         " bytes; ES256 (as r and s, not DER) and Ed25519 have 64");
  }
  jws.token = token;
  jws.signing_input_size_bytes = second;
  jws.payload = *std::move(payload);
  jws.signature = *std::move(signature);
  return jws;
}

absl::Status VerifyJws(const Jws& jws, const PublicKey& key, std::string_view typ) {
  if (jws.typ != typ) {
    return Malformed("token_typ", "token: typ is not " + std::string(typ));
  }
  if (jws.kid.has_value() && *jws.kid != key.id()) {
    return Malformed("token_key", "token: kid names another key");
  }
  if (jws.algorithm != key.algorithm()) {
    return Malformed("token_key", "token: alg is not the key's, which is " +
                                      std::string(AlgorithmName(key.algorithm())));
  }
  if (!key.Verify(jws.signing_input(), jws.signature)) {
    return Malformed("token_signature_wrong", "token: the signature does not verify");
  }
  return absl::OkStatus();
}

absl::StatusOr<std::string> SignJws(const Signer& signer, std::string_view typ,
                                    std::string_view payload) {
  const PublicKey& key = signer.public_key();
  const Json header = Json::Object({{"alg", Json::String(AlgorithmName(key.algorithm()))},
                                    {"kid", Json::String(key.id().ToString())},
                                    {"typ", Json::String(typ)}});
  std::string token = Base64UrlEncode(WriteJson(header)) + '.' + Base64UrlEncode(payload);
  const auto signature = signer.Sign(token);
  if (!signature.ok()) return signature.status();
  token += '.';
  token += Base64UrlEncode(*signature);
  return token;
}

Digest Identity(const Jws& jws) { return Sha256(jws.signing_input()); }

}  // namespace bonafide::certs
