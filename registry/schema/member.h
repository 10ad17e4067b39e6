// Writing the members of a JSON object, one per claim; the inverse of schema/claims.h.
#ifndef BONAFIDE_REGISTRY_SCHEMA_MEMBER_H_
#define BONAFIDE_REGISTRY_SCHEMA_MEMBER_H_

#include <optional>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "certs/json.h"
#include "registry/event.h"
#include "registry/vocabulary.h"

namespace bonafide::registry::schema {

using certs::Json;

inline Json ToJson(const std::string& value) { return Json::String(value); }
inline Json ToJson(Day value) { return Json::String(value.ToString()); }
inline Json ToJson(const EventId& value) { return Json::String(value.ToString()); }
inline Json ToJson(const certs::KeyId& value) { return Json::String(value.ToString()); }
inline Json ToJson(const certs::PublicKey& value) { return value.ToJwk(); }
inline Json ToJson(SubjectNumber value) { return Json::Integer(static_cast<int64_t>(value.value)); }
inline Json ToJson(LogIndex value) { return Json::Integer(static_cast<int64_t>(value.value)); }
template <typename Value>
requires std::is_same_v<Value, bool> Json ToJson(Value value) { return Json::Bool(value); }
template <typename Value>
requires(std::is_integral_v<Value> && !std::is_same_v<Value, bool>) Json ToJson(Value value) {
  return Json::Integer(value);
}
template <typename Enum>
requires std::is_enum_v<Enum> Json ToJson(Enum value) { return Json::String(WordOf(value)); }
template <typename Value>
Json ToJson(const std::vector<Value>& values) {
  Json::Items items;
  items.reserve(values.size());
  for (const Value& value : values) items.push_back(ToJson(value));
  return Json::Array(std::move(items));
}

inline void Put(Json::Members& members, std::string_view name, Json value) {
  members.push_back({std::string(name), std::move(value)});
}
template <typename Value>
void Put(Json::Members& members, std::string_view name, const Value& value) {
  members.push_back({std::string(name), ToJson(value)});
}
// Nothing when there is no value.
template <typename Value>
void Put(Json::Members& members, std::string_view name, const std::optional<Value>& value) {
  if (value) Put(members, name, *value);
}
// For claims that are left out when the array is empty.
template <typename Value>
void PutUnlessEmpty(Json::Members& members, std::string_view name,
                    const std::vector<Value>& values) {
  if (!values.empty()) Put(members, name, values);
}

// An array of the objects that `write` makes of `values`.
template <typename Value, typename Write>
Json ObjectsOf(const std::vector<Value>& values, Write write) {
  Json::Items items;
  items.reserve(values.size());
  for (const Value& value : values) {
    Json::Members members;
    write(value, members);
    items.push_back(Json::Object(std::move(members)));
  }
  return Json::Array(std::move(items));
}

}  // namespace bonafide::registry::schema

#endif  // BONAFIDE_REGISTRY_SCHEMA_MEMBER_H_
