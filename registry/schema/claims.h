// Reading one JSON object against a closed schema.
#ifndef BONAFIDE_REGISTRY_SCHEMA_CLAIMS_H_
#define BONAFIDE_REGISTRY_SCHEMA_CLAIMS_H_

#include <absl/status/status.h>

#include <algorithm>
#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "certs/json.h"
#include "registry/schema/form.h"

namespace bonafide::registry::schema {

// Inclusive bounds on the length of an array.
struct Count {
  size_t least = 1;
  size_t most = 1;
};

// The members of one object. The first fault is kept, shared with all objects of the same token;
// after it every read gives a default value, so that a schema is written as a plain list of reads
// and asks for the fault once, at its end. Faults name the claim by its path
// ("training[0].any_of[2].level"):
//   "claim_missing", "claim_unknown", "claim_type", "claim_range", "claim_conflict"
// The object, the fault and the parent must outlive this.
class Claims {
 public:
  // The outermost object of a token. Precondition: `object` is an object and `fault` is OK.
  Claims(const Json& object, absl::Status& fault) : members_(&object.members()), fault_(&fault) {}

  bool ok() const { return fault_->ok(); }
  bool Has(std::string_view name) const;

  // A member that may be absent, for forms whose values have no default also one that may not.
  template <typename Form>
  std::optional<typename Form::Value> Optional(std::string_view name, Form form) {
    const Json* json = Take(name);
    return json == nullptr ? std::nullopt : Read(name, kNoIndex, *json, form);
  }
  template <typename Form>
  std::optional<typename Form::Value> RequiredOrNone(std::string_view name, Form form) {
    if (!Require(name)) return std::nullopt;
    return Optional(name, form);
  }
  template <typename Form>
  typename Form::Value Required(std::string_view name, Form form) {
    return RequiredOrNone(name, form).value_or(typename Form::Value());
  }

  // An array in which no element occurs twice.
  template <typename Form>
  std::vector<typename Form::Value> RequiredArray(std::string_view name, Count count, Form form) {
    if (!Require(name)) return {};
    return OptionalArray(name, count, form);
  }
  template <typename Form>
  std::vector<typename Form::Value> OptionalArray(std::string_view name, Count count, Form form) {
    std::vector<typename Form::Value> values;
    const Json::Items* items = TakeItems(name, count);
    if (items == nullptr) return values;
    values.reserve(items->size());
    for (size_t i = 0; i < items->size() && ok(); ++i) {
      auto value = Read(name, i, (*items)[i], form);
      if (value) values.push_back(*std::move(value));
    }
    RefuseTwice(
        name, values, [](const auto& value) -> const auto& { return value; });
    return values;
  }

  // An object: `read` is given its claims, and every member must have been read when it returns.
  template <typename ReadObject>
  void RequiredObject(std::string_view name, ReadObject read) {
    if (Require(name)) OptionalObject(name, read);
  }
  template <typename ReadObject>
  void OptionalObject(std::string_view name, ReadObject read) {
    const Json* json = Take(name);
    if (json != nullptr) ReadInner(name, kNoIndex, *json, read);
  }
  // An array of objects, each read by `read`.
  template <typename ReadObject>
  auto RequiredObjects(std::string_view name, Count count, ReadObject read)
      -> std::vector<decltype(read(std::declval<Claims&>()))> {
    std::vector<decltype(read(*this))> values;
    if (!Require(name)) return values;
    const Json::Items* items = TakeItems(name, count);
    if (items == nullptr) return values;
    values.reserve(items->size());
    for (size_t i = 0; i < items->size() && ok(); ++i) {
      ReadInner(name, i, (*items)[i], [&](Claims& claims) { values.push_back(read(claims)); });
    }
    return values;
  }

  // The elements of an array for a caller that reads them itself; nullptr after a fault or where
  // the member is missing.
  const Json::Items* RequiredItems(std::string_view name, Count count) {
    return Require(name) ? TakeItems(name, count) : nullptr;
  }
  // A member of any kind, counted as read; nullptr where it is missing.
  const Json* Take(std::string_view name);

  // Faults claim `name` when two of `values` agree in what `key` gives.
  template <typename Value, typename Key>
  void RefuseTwice(std::string_view name, const std::vector<Value>& values, Key key) {
    if (values.size() < 2) return;
    std::vector<const Value*> order;
    order.reserve(values.size());
    for (const Value& value : values) order.push_back(&value);
    std::sort(order.begin(), order.end(),
              [&](const Value* a, const Value* b) { return key(*a) < key(*b); });
    const auto twice =
        std::adjacent_find(order.begin(), order.end(),
                           [&](const Value* a, const Value* b) { return key(*a) == key(*b); });
    if (twice != order.end()) Fail("claim_conflict", name, "an element occurs twice");
  }
  // Faults claim `name` unless `later`, where given, is not before `earlier`.
  void RequireOrder(std::string_view name, Day earlier, std::optional<Day> later);

  // Keeps a fault of claim `name` (of its element `index`), unless there is one already. `what`
  // completes "<path>: ".
  void Fail(std::string_view reason, std::string_view name, std::string_view what,
            size_t index = kNoIndex);
  // The same for a fault found elsewhere: its reason, with the path before its message.
  void FailWith(std::string_view name, const absl::Status& status, size_t index = kNoIndex);

  // Faults the first member that was not read.
  void Close();
  // Counts every member as read: for what a later version of the protocol defines.
  void IgnoreOthers() { ignore_others_ = true; }

  static constexpr size_t kNoIndex = static_cast<size_t>(-1);

 private:
  Claims(const Json& object, const Claims& parent, std::string_view name, size_t index)
      : members_(&object.members()),
        fault_(parent.fault_),
        parent_(&parent),
        name_(name),
        index_(index) {}

  template <typename Form>
  std::optional<typename Form::Value> Read(std::string_view name, size_t index, const Json& json,
                                           Form form) {
    if (!ok()) return std::nullopt;
    if (json.kind() != Form::kKind) {
      FailType(name, Form::kKind, index);
      return std::nullopt;
    }
    std::optional<typename Form::Value> value = form(json);
    if (!value) Fail("claim_range", name, "not of the form or within the bounds asked for", index);
    return value;
  }

  template <typename ReadObject>
  void ReadInner(std::string_view name, size_t index, const Json& json, ReadObject read) {
    if (!ok()) return;
    if (!json.IsObject()) return FailType(name, Json::Kind::kObject, index);
    Claims inner(json, *this, name, index);
    read(inner);
    inner.Close();
  }

  bool Require(std::string_view name);
  const Json::Items* TakeItems(std::string_view name, Count count);
  void FailType(std::string_view name, Json::Kind wanted, size_t index);
  std::string Path(std::string_view name, size_t index) const;

  const Json::Members* members_;
  absl::Status* fault_;
  const Claims* parent_ = nullptr;
  std::string_view name_;
  size_t index_ = kNoIndex;
  uint64_t read_ = 0;  // bit i: member i was read; no closed schema has 64 members
  bool ignore_others_ = false;
};

}  // namespace bonafide::registry::schema

#endif  // BONAFIDE_REGISTRY_SCHEMA_CLAIMS_H_
