#include "client/event_claims.h"

#include <algorithm>
#include <string>
#include <utility>

#include "certs/reason.h"
#include "registry/schema/event_type.h"
#include "registry/schema/slots.h"
#include "registry/vocabulary.h"

namespace bonafide::client {
namespace {

using certs::Json;

constexpr std::string_view kPersonal = "personal";

// The claims apart from `personal`; the schema knows that one only as digests.
Json WithoutPersonal(const Json& json) {
  Json::Members members;
  for (const Json::Member& member : json.members()) {
    if (member.name != kPersonal) members.push_back(member);
  }
  return Json::Object(std::move(members));
}

absl::StatusOr<std::vector<registry::OpenedSlot>> ReadPersonal(
    const registry::schema::EventType& type, const Json& json) {
  std::vector<registry::OpenedSlot> slots;
  const Json* personal = json.Find(kPersonal);
  if (personal == nullptr) return slots;
  if (!personal->IsObject()) return Malformed("claim_type", "personal: not an object");
  for (const Json::Member& member : personal->members()) {
    if (std::find(type.slots.begin(), type.slots.end(), member.name) == type.slots.end()) {
      return Malformed("slot_unknown", "personal." + member.name + ": no slot of this event");
    }
    if (!registry::schema::IsSlotValue(member.name, member.value)) {
      return Malformed("slot_value",
                       "personal." + member.name + ": not a value such a slot may have");
    }
    slots.push_back({member.name, member.value});
  }
  return slots;
}

}  // namespace

absl::StatusOr<EventClaims> ReadEventClaims(std::string_view type, const Json& json) {
  const auto* known = registry::schema::FindEventType(registry::VctOf(type));
  if (known == nullptr) return Malformed("vct", "no such type of event: " + std::string(type));
  if (!json.IsObject()) return Malformed("claim_type", "the claims of an event are one object");
  auto personal = ReadPersonal(*known, json);
  if (!personal.ok()) return personal.status();
  absl::Status fault;
  const Json plain = WithoutPersonal(json);
  registry::schema::Claims claims(plain, fault);
  registry::EventBody body = known->read(claims);
  claims.Close();
  if (!fault.ok()) return fault;
  return EventClaims{std::move(body), *std::move(personal)};
}

Json WriteEventClaims(const registry::EventBody& body) {
  Json::Members members;
  registry::schema::WriteBody(body, members);
  return Json::Object(std::move(members));
}

}  // namespace bonafide::client
