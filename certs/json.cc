#include "certs/json.h"

#include <algorithm>
#include <utility>

namespace bonafide::certs {

Json Json::Bool(bool value) { return Json(Value(value)); }
Json Json::Integer(int64_t value) { return Json(Value(value)); }
Json Json::Double(double value) { return Json(Value(value)); }

Json Json::String(std::string_view value) {
  return Json(Value(std::in_place_type<std::string>, value));
}

Json Json::Array(Items items) {
  return Json(Value(std::make_shared<const Items>(std::move(items))));
}

Json Json::Strings(const std::vector<std::string>& values) {
  Items items;
  items.reserve(values.size());
  for (const std::string& value : values) items.push_back(String(value));
  return Array(std::move(items));
}

Json Json::Object(Members members) {
  return Json(Value(std::make_shared<const Members>(std::move(members))));
}

std::optional<bool> Json::AsBool() const {
  const bool* value = std::get_if<bool>(&value_);
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<int64_t> Json::AsInteger() const {
  const int64_t* value = std::get_if<int64_t>(&value_);
  return value ? std::optional(*value) : std::nullopt;
}

std::optional<double> Json::AsDouble() const {
  const double* value = std::get_if<double>(&value_);
  return value ? std::optional(*value) : std::nullopt;
}

const std::string* Json::AsString() const { return std::get_if<std::string>(&value_); }

const Json::Items& Json::items() const {
  static const Items* const kNone = new Items;
  const auto* value = std::get_if<std::shared_ptr<const Items>>(&value_);
  return value ? **value : *kNone;
}

const Json::Members& Json::members() const {
  static const Members* const kNone = new Members;
  const auto* value = std::get_if<std::shared_ptr<const Members>>(&value_);
  return value ? **value : *kNone;
}

const Json* Json::Find(std::string_view name) const {
  for (const Member& member : members()) {
    if (member.name == name) return &member.value;
  }
  return nullptr;
}

const std::string* Json::FindString(std::string_view name) const {
  const Json* value = Find(name);
  return value ? value->AsString() : nullptr;
}

std::optional<int64_t> Json::FindInteger(std::string_view name) const {
  const Json* value = Find(name);
  return value ? value->AsInteger() : std::nullopt;
}

std::optional<bool> Json::FindBool(std::string_view name) const {
  const Json* value = Find(name);
  return value ? value->AsBool() : std::nullopt;
}

bool operator==(const Json& a, const Json& b) {
  if (a.kind() != b.kind()) return false;
  switch (a.kind()) {
    case Json::Kind::kNull:
      return true;
    case Json::Kind::kBool:
      return a.AsBool() == b.AsBool();
    case Json::Kind::kInteger:
      return a.AsInteger() == b.AsInteger();
    case Json::Kind::kDouble:
      return a.AsDouble() == b.AsDouble();
    case Json::Kind::kString:
      return *a.AsString() == *b.AsString();
    case Json::Kind::kArray:
      return a.items() == b.items();
    case Json::Kind::kObject:
      return a.members().size() == b.members().size() &&
             std::all_of(a.members().begin(), a.members().end(), [&b](const Json::Member& member) {
               const Json* other = b.Find(member.name);
               return other != nullptr && member.value == *other;
             });
  }
  return false;
}

}  // namespace bonafide::certs
