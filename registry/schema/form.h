// Forms: what one JSON value must look like to be read as a day, a code, a number ... A form has
// the kind of JSON value it reads, the type it reads it as, and gives nothing for a value of the
// right kind that is out of its range (docs/protocol.md, section 2).
#ifndef BONAFIDE_REGISTRY_SCHEMA_FORM_H_
#define BONAFIDE_REGISTRY_SCHEMA_FORM_H_

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>

#include "certs/json.h"
#include "registry/event.h"
#include "registry/issuer_url.h"
#include "registry/text_rules.h"
#include "registry/vocabulary.h"

namespace bonafide::registry::schema {

using certs::Json;

template <bool (*kIsWellFormed)(std::string_view)>
struct StringForm {
  using Value = std::string;
  static constexpr Json::Kind kKind = Json::Kind::kString;
  std::optional<Value> operator()(const Json& json) const {
    const std::string& text = *json.AsString();
    return kIsWellFormed(text) ? std::optional<Value>(text) : std::nullopt;
  }
};
using CodeForm = StringForm<&IsCode>;
using RecognitionForm = StringForm<&IsRecognition>;
using CurrencyForm = StringForm<&IsCurrency>;
using NonceForm = StringForm<&IsNonce>;

// A string whose rules its reader applies; the value points into the object that was read.
struct AnyStringForm {
  using Value = const std::string*;
  static constexpr Json::Kind kKind = Json::Kind::kString;
  std::optional<Value> operator()(const Json& json) const { return json.AsString(); }
};

struct TextForm {
  using Value = std::string;
  static constexpr Json::Kind kKind = Json::Kind::kString;
  size_t max_code_points = 200;
  std::optional<Value> operator()(const Json& json) const {
    const std::string& text = *json.AsString();
    return IsText(text, max_code_points) ? std::optional<Value>(text) : std::nullopt;
  }
};

// Bounds are inclusive.
struct IntegerForm {
  using Value = int64_t;
  static constexpr Json::Kind kKind = Json::Kind::kInteger;
  int64_t least = 0;
  int64_t most = kMaxNumber;
  std::optional<Value> operator()(const Json& json) const {
    const int64_t value = *json.AsInteger();
    return value >= least && value <= most ? std::optional<Value>(value) : std::nullopt;
  }
};

// An amount in minor units of its currency.
inline constexpr IntegerForm kAmountForm = {0, 1'000'000'000'000'000};

template <typename Position>
struct PositionForm {
  using Value = Position;
  static constexpr Json::Kind kKind = Json::Kind::kInteger;
  std::optional<Value> operator()(const Json& json) const {
    const std::optional<int64_t> value = IntegerForm()(json);
    if (!value) return std::nullopt;
    return Position{static_cast<uint64_t>(*value)};
  }
};
using SubjectForm = PositionForm<SubjectNumber>;
using IndexForm = PositionForm<LogIndex>;

struct BooleanForm {
  using Value = bool;
  static constexpr Json::Kind kKind = Json::Kind::kBool;
  std::optional<Value> operator()(const Json& json) const { return json.AsBool(); }
};

// A string that Value::Parse reads.
template <typename Parsed>
struct ParsedForm {
  using Value = Parsed;
  static constexpr Json::Kind kKind = Json::Kind::kString;
  std::optional<Value> operator()(const Json& json) const {
    auto value = Parsed::Parse(*json.AsString());
    return value.ok() ? std::optional<Value>(*value) : std::nullopt;
  }
};
using DayForm = ParsedForm<Day>;
using EventIdForm = ParsedForm<EventId>;
using KeyIdForm = ParsedForm<certs::KeyId>;

// A word of the vocabulary.
template <typename Enum>
struct WordForm {
  using Value = Enum;
  static constexpr Json::Kind kKind = Json::Kind::kString;
  std::optional<Value> operator()(const Json& json) const {
    return ValueNamed<Enum>(*json.AsString());
  }
};

}  // namespace bonafide::registry::schema

#endif  // BONAFIDE_REGISTRY_SCHEMA_FORM_H_
