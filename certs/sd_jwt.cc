#include "certs/sd_jwt.h"

#include "certs/base64.h"
#include "certs/reason.h"

namespace bonafide::certs {
namespace {

constexpr size_t kSaltSizeBytes = 16;

absl::Status TooLarge(const SdJwtLimits& limits) {
  return Malformed("sd_jwt_limits", "a disclosure is larger than " +
                                        std::to_string(limits.disclosure_size_bytes) + " bytes");
}

bool IsReservedName(std::string_view name) {
  return name == "_sd" || name == "_sd_alg" || name == "...";
}

}  // namespace

absl::StatusOr<SdJwtParts> SplitSdJwt(std::string_view sd_jwt, const SdJwtLimits& limits) {
  const size_t first = sd_jwt.find('~');
  if (first == sd_jwt.npos || first == 0) {
    return Malformed("sd_jwt_tilde", "SD-JWT: must be a JWT followed by ~");
  }
  SdJwtParts parts;
  parts.jwt = sd_jwt.substr(0, first);
  for (std::string_view rest = sd_jwt.substr(first + 1); !rest.empty();) {
    const size_t end = rest.find('~');
    if (end == rest.npos) {
      return Malformed("sd_jwt_key_binding",
                       "SD-JWT: ends without ~; a key-binding JWT is not accepted");
    }
    if (end == 0) return Malformed("sd_jwt_tilde", "SD-JWT: an empty disclosure, ~ is doubled");
    if (end > limits.disclosure_size_bytes) return TooLarge(limits);
    if (parts.disclosures.size() == limits.disclosures) {
      return Malformed("sd_jwt_limits",
                       "SD-JWT: more than " + std::to_string(limits.disclosures) + " disclosures");
    }
    parts.disclosures.push_back(rest.substr(0, end));
    rest.remove_prefix(end + 1);
  }
  return parts;
}

std::string JoinSdJwt(std::string_view jwt, const std::vector<std::string>& disclosures) {
  std::string text(jwt);
  text += '~';
  for (const std::string& disclosure : disclosures) {
    text += disclosure;
    text += '~';
  }
  return text;
}

Digest DisclosureDigest(std::string_view encoded) { return Sha256(encoded); }

std::string DigestText(const Digest& digest) { return Base64UrlEncode(digest.view()); }

absl::StatusOr<Disclosure> ParseDisclosure(std::string_view encoded, const SdJwtLimits& limits) {
  if (encoded.size() > limits.disclosure_size_bytes) return TooLarge(limits);
  const auto text = Base64UrlDecode(encoded);
  if (!text.ok()) return Within("disclosure", text.status());
  const auto json = ParseJson(*text);
  if (!json.ok()) return Within("disclosure", json.status());
  const Json::Items& items = json->items();
  const bool is_member = items.size() == 3;
  if ((!is_member && items.size() != 2) || !items[0].IsString() || items[0].AsString()->empty() ||
      (is_member && !items[1].IsString())) {
    return Malformed("disclosure_shape",
                     "disclosure: must be [salt, name, value] or [salt, value]");
  }
  Disclosure disclosure;
  disclosure.salt = *items[0].AsString();
  if (is_member) {
    disclosure.name = *items[1].AsString();
    if (IsReservedName(*disclosure.name)) {
      return Malformed("disclosure_name", "disclosure: _sd, _sd_alg and ... are no claim names");
    }
  }
  disclosure.value = items.back();
  disclosure.encoded = encoded;
  disclosure.digest = DisclosureDigest(encoded);
  return disclosure;
}

Disclosure MakeDisclosure(Random& random, std::string_view name, const Json& value) {
  Disclosure disclosure;
  disclosure.salt = Base64UrlEncode(RandomBytes(random, kSaltSizeBytes));
  disclosure.name = std::string(name);
  disclosure.value = value;
  disclosure.encoded = Base64UrlEncode(
      WriteJson(Json::Array({Json::String(disclosure.salt), Json::String(name), value})));
  disclosure.digest = DisclosureDigest(disclosure.encoded);
  return disclosure;
}

}  // namespace bonafide::certs
