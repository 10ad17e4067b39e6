#include "server/http/query.h"

#include <google/protobuf/message.h>

#include <algorithm>
#include <charconv>
#include <optional>
#include <set>
#include <string>

#include "proto/field.h"

namespace bonafide::server::http {
namespace {

using google::protobuf::FieldDescriptor;
using google::protobuf::Message;

absl::Status Unknown(std::string_view name) {
  return proto::MalformedField(name, "query_unknown", "there is no such query parameter here");
}

absl::Status Wrong(std::string_view name, std::string_view what) {
  return proto::MalformedField(name, "query_value",
                               std::string(name) + " has to be " + std::string(what));
}

template <typename Integer>
std::optional<Integer> ToInteger(std::string_view text) {
  Integer value{};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  // Exactly one spelling: what is read has to be written the same way.
  if (error != std::errc() || std::to_string(value) != text) return std::nullopt;
  return value;
}

// The message that holds the last field of `path`, and that field.
struct Place {
  Message* message;
  const FieldDescriptor* field;
};

Place Find(Message& message, std::string_view path) {
  const size_t dot = path.find('.');
  const FieldDescriptor* field =
      message.GetDescriptor()->FindFieldByName(std::string(path.substr(0, dot)));
  if (dot == std::string_view::npos) return {&message, field};
  return Find(*message.GetReflection()->MutableMessage(&message, field), path.substr(dot + 1));
}

absl::Status Set(const Place& place, std::string_view name, const std::string& text) {
  const google::protobuf::Reflection& reflection = *place.message->GetReflection();
  switch (place.field->cpp_type()) {
    case FieldDescriptor::CPPTYPE_STRING:
      reflection.SetString(place.message, place.field, text);
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_BOOL:
      if (text != "true" && text != "false") return Wrong(name, "true or false");
      reflection.SetBool(place.message, place.field, text == "true");
      return absl::OkStatus();
    case FieldDescriptor::CPPTYPE_ENUM: {
      const auto* value = place.field->enum_type()->FindValueByName(text);
      if (value == nullptr) {
        return Wrong(name, "the name of a value of " + place.field->enum_type()->full_name());
      }
      reflection.SetEnum(place.message, place.field, value);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_UINT64: {
      const auto value = ToInteger<uint64_t>(text);
      if (!value) return Wrong(name, "a whole number from 0 to 2^64 - 1");
      reflection.SetUInt64(place.message, place.field, *value);
      return absl::OkStatus();
    }
    case FieldDescriptor::CPPTYPE_INT64: {
      const auto value = ToInteger<int64_t>(text);
      if (!value) return Wrong(name, "a whole number of 64 bits");
      reflection.SetInt64(place.message, place.field, *value);
      return absl::OkStatus();
    }
    default: {
      const auto value = ToInteger<uint32_t>(text);
      if (!value) return Wrong(name, "a whole number from 0 to 2^32 - 1");
      reflection.SetUInt32(place.message, place.field, *value);
      return absl::OkStatus();
    }
  }
}

}  // namespace

absl::Status RefuseQuery(const Target& target) {
  return target.query.empty() ? absl::OkStatus() : Unknown(target.query.front().first);
}

absl::Status FillFromQuery(const Target& target, std::span<const Parameter> parameters,
                           Message& message) {
  std::set<std::string_view> seen;
  for (const auto& [name, value] : target.query) {
    const auto parameter = std::ranges::find(parameters, name, &Parameter::name);
    if (parameter == parameters.end()) return Unknown(name);
    if (!seen.insert(parameter->name).second) {
      return proto::MalformedField(name, "query_twice", "the parameter stands there twice");
    }
    absl::Status set = Set(Find(message, parameter->field), parameter->name, value);
    if (!set.ok()) return set;
  }
  for (const Parameter& parameter : parameters) {
    if (parameter.required && !seen.contains(parameter.name)) {
      return proto::MalformedField(parameter.name, "query_missing",
                                   std::string(parameter.name) + " has to be given");
    }
  }
  return absl::OkStatus();
}

}  // namespace bonafide::server::http
