#include "tests/registry/golden_event.h"

#include <algorithm>
#include <cstdlib>
#include <fstream>
#include <iostream>
#include <iterator>

#include "certs/reason.h"
#include "tests/registry/seeded_random.h"
#include "tests/registry/token_forge.h"

namespace bonafide::registry {
namespace {

using certs::Json;

const Json& Data() {
  static const Json kData = [] {
    std::ifstream in(BONAFIDE_TEST_DATA "/events.json", std::ios::binary);
    const std::string text(std::istreambuf_iterator<char>(in), {});
    return *certs::ParseJson(text, {.size_bytes = 1 << 20, .values = 1 << 16, .depth = 32});
  }();
  return kData;
}

GoldenEvent Read(const Json& row) {
  GoldenEvent event{*row.FindString("name"),
                    *row.FindString("jwt"),
                    *row.FindString("id"),
                    *row.Find("payload"),
                    {}};
  for (const Json& encoded : row.Find("disclosures")->items()) {
    event.disclosures.push_back(*certs::ParseDisclosure(*encoded.AsString()));
  }
  return event;
}

}  // namespace

const std::vector<GoldenEvent>& GoldenEvents() {
  static const std::vector<GoldenEvent> kEvents = [] {
    std::vector<GoldenEvent> events;
    for (const Json& row : Data().Find("events")->items()) events.push_back(Read(row));
    return events;
  }();
  return kEvents;
}

const GoldenEvent& Golden(std::string_view name) {
  const auto found = std::ranges::find(GoldenEvents(), name, &GoldenEvent::name);
  if (found == GoldenEvents().end()) std::abort();
  return *found;
}

const std::vector<certs::PublicKey>& GoldenKeys() {
  static const std::vector<certs::PublicKey> kKeys = [] {
    std::vector<certs::PublicKey> keys;
    for (const Json& jwk : Data().Find("keys")->items()) {
      keys.push_back(*certs::PublicKey::FromJwk(jwk));
    }
    return keys;
  }();
  return kKeys;
}

Event ParsedGolden(std::string_view name) {
  auto token = ParseToken(Golden(name).jwt, kGoldenOrigin);
  if (!token.ok()) {
    std::cerr << name << ": " << token.status() << "\n";
    std::abort();
  }
  return std::move(token->event);
}

std::string RefusalOf(const Json& payload) {
  const auto token = ParseToken(ForgeToken(payload, SeededKey("issuer")), kGoldenOrigin);
  return token.ok() ? "" : ReasonOf(token.status());
}

std::string RefusalWith(std::string_view name, std::string_view path, std::string_view value) {
  return RefusalOf(With(Golden(name).payload, path, *certs::ParseJson(value)));
}

std::string RefusalWithout(std::string_view name, std::string_view path) {
  return RefusalOf(Without(Golden(name).payload, path));
}

}  // namespace bonafide::registry
