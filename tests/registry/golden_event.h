// The golden events of data/events.json: tokens made by another program, with what they say.
#ifndef BONAFIDE_TESTS_REGISTRY_GOLDEN_EVENT_H_
#define BONAFIDE_TESTS_REGISTRY_GOLDEN_EVENT_H_

#include <string>
#include <string_view>
#include <vector>

#include "certs/json.h"
#include "certs/key.h"
#include "certs/sd_jwt.h"
#include "registry/event_schema.h"

namespace bonafide::registry {

inline constexpr char kGoldenOrigin[] = "register.example/demo";

struct GoldenEvent {
  std::string name;
  std::string jwt;
  std::string id;
  certs::Json payload;
  std::vector<certs::Disclosure> disclosures;
};

const std::vector<GoldenEvent>& GoldenEvents();
// Precondition: there is one of that name.
const GoldenEvent& Golden(std::string_view name);
const std::vector<certs::PublicKey>& GoldenKeys();

// Golden event `name` as parsed. Aborts the test when it does not parse.
Event ParsedGolden(std::string_view name);

// The reason for which ParseToken refuses `payload` once it is rightly signed; "" when it does not.
std::string RefusalOf(const certs::Json& payload);
// The same for golden event `name` with member `path` set to the JSON in `value`, or removed.
std::string RefusalWith(std::string_view name, std::string_view path, std::string_view value);
std::string RefusalWithout(std::string_view name, std::string_view path);

}  // namespace bonafide::registry

#endif  // BONAFIDE_TESTS_REGISTRY_GOLDEN_EVENT_H_
