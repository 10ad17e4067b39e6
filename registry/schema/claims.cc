#include "registry/schema/claims.h"

#include "certs/reason.h"

namespace bonafide::registry::schema {
namespace {

constexpr size_t kReadableMembers = 64;

std::string_view KindName(Json::Kind kind) {
  switch (kind) {
    case Json::Kind::kBool:
      return "true or false";
    case Json::Kind::kInteger:
      return "an integer";
    case Json::Kind::kString:
      return "a string";
    case Json::Kind::kArray:
      return "an array";
    case Json::Kind::kObject:
      return "an object";
    case Json::Kind::kNull:
    case Json::Kind::kDouble:
      break;
  }
  return "another kind of value";
}

// A name as a message may show it: names of a hostile document can be long and hold anything.
std::string Shown(std::string_view name) { return IsCode(name) ? std::string(name) : "?"; }

}  // namespace

bool Claims::Has(std::string_view name) const {
  return std::ranges::any_of(*members_,
                             [name](const Json::Member& member) { return member.name == name; });
}

const Json* Claims::Take(std::string_view name) {
  for (size_t i = 0; i < members_->size(); ++i) {
    if ((*members_)[i].name != name) continue;
    if (i < kReadableMembers) read_ |= uint64_t{1} << i;
    return &(*members_)[i].value;
  }
  return nullptr;
}

bool Claims::Require(std::string_view name) {
  if (!ok()) return false;
  if (Has(name)) return true;
  Fail("claim_missing", name, "missing");
  return false;
}

const Json::Items* Claims::TakeItems(std::string_view name, Count count) {
  const Json* json = Take(name);
  if (json == nullptr || !ok()) return nullptr;
  if (!json->IsArray()) {
    FailType(name, Json::Kind::kArray, kNoIndex);
    return nullptr;
  }
  const size_t size = json->items().size();
  if (size < count.least || size > count.most) {
    Fail("claim_range", name,
         std::to_string(size) + " elements, where " + std::to_string(count.least) + " to " +
             std::to_string(count.most) + " may stand");
    return nullptr;
  }
  return &json->items();
}

void Claims::RequireOrder(std::string_view name, Day earlier, std::optional<Day> later) {
  if (ok() && later && *later < earlier) Fail("claim_conflict", name, "before its beginning");
}

void Claims::FailType(std::string_view name, Json::Kind wanted, size_t index) {
  std::string what = "not ";
  what += KindName(wanted);
  Fail("claim_type", name, what, index);
}

void Claims::Fail(std::string_view reason, std::string_view name, std::string_view what,
                  size_t index) {
  if (!ok()) return;
  std::string message = Path(name, index);
  message += ": ";
  message += what;
  *fault_ = Malformed(reason, message);
}

void Claims::FailWith(std::string_view name, const absl::Status& status, size_t index) {
  if (ok()) *fault_ = Within(Path(name, index), status);
}

void Claims::Close() {
  if (!ok() || ignore_others_) return;
  for (size_t i = 0; i < members_->size(); ++i) {
    const bool read = i < kReadableMembers && (read_ >> i & 1) != 0;
    if (!read) return Fail("claim_unknown", Shown((*members_)[i].name), "not in this schema");
  }
}

std::string Claims::Path(std::string_view name, size_t index) const {
  std::string path = parent_ == nullptr ? std::string() : parent_->Path(name_, index_) + ".";
  path += name;
  if (index != kNoIndex) path += "[" + std::to_string(index) + "]";
  return path;
}

}  // namespace bonafide::registry::schema
