#include "tests/registry/token_forge.h"

#include <algorithm>
#include <utility>

#include "certs/base64.h"

namespace bonafide::registry {
namespace {

using certs::Json;

// Splits the first step off `path`.
std::string_view TakeStep(std::string_view& path) {
  const size_t dot = path.find('.');
  const std::string_view step = path.substr(0, dot);
  path = dot == path.npos ? std::string_view() : path.substr(dot + 1);
  return step;
}

// `value` nullptr: removes.
Json Edited(const Json& json, std::string_view path, const Json* value) {
  const std::string step(TakeStep(path));
  const auto edit = [&](const Json& old) {
    return path.empty() ? *value : Edited(old, path, value);
  };
  if (json.IsArray()) {
    Json::Items items = json.items();
    const auto at = items.begin() + std::stol(step);
    if (path.empty() && value == nullptr) {
      items.erase(at);
    } else if (at == items.end()) {
      items.push_back(*value);
    } else {
      *at = edit(*at);
    }
    return Json::Array(std::move(items));
  }
  Json::Members members = json.members();
  const auto at = std::ranges::find(members, step, &Json::Member::name);
  if (path.empty() && value == nullptr) {
    if (at != members.end()) members.erase(at);
  } else if (at == members.end()) {
    members.push_back({step, *value});
  } else {
    at->value = edit(at->value);
  }
  return Json::Object(std::move(members));
}

}  // namespace

Json HeaderFor(const certs::Signer& signer, std::string_view typ) {
  const certs::PublicKey& key = signer.public_key();
  return Json::Object({{"alg", Json::String(certs::AlgorithmName(key.algorithm()))},
                       {"kid", Json::String(key.id().ToString())},
                       {"typ", Json::String(typ)}});
}

std::string ForgeToken(const Json& header, std::string_view payload, const certs::Signer& signer) {
  const std::string input =
      certs::Base64UrlEncode(certs::WriteJson(header)) + "." + certs::Base64UrlEncode(payload);
  return input + "." + certs::Base64UrlEncode(*signer.Sign(input));
}

std::string ForgeToken(const Json& header, const Json& payload, const certs::Signer& signer) {
  return ForgeToken(header, certs::WriteJson(payload), signer);
}

std::string ForgeToken(const Json& payload, const certs::Signer& signer) {
  return ForgeToken(HeaderFor(signer), payload, signer);
}

Json PayloadOf(std::string_view jwt) {
  const size_t first = jwt.find('.');
  const size_t second = jwt.find('.', first + 1);
  return *certs::ParseJson(*certs::Base64UrlDecode(jwt.substr(first + 1, second - first - 1)));
}

Json With(const Json& object, std::string_view path, const Json& value) {
  return Edited(object, path, &value);
}

Json Without(const Json& object, std::string_view path) { return Edited(object, path, nullptr); }

certs::Disclosure ForgeDisclosure(std::string_view json_text) {
  certs::Disclosure disclosure;
  disclosure.encoded = certs::Base64UrlEncode(json_text);
  disclosure.digest = certs::DisclosureDigest(disclosure.encoded);
  const Json array = *certs::ParseJson(json_text);
  const Json::Items& items = array.items();
  if (!items.empty() && items[0].IsString()) disclosure.salt = *items[0].AsString();
  if (items.size() == 3 && items[1].IsString()) disclosure.name = *items[1].AsString();
  if (!items.empty()) disclosure.value = items.back();
  return disclosure;
}

}  // namespace bonafide::registry
