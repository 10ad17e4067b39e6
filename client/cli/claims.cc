#include "client/cli/claims.h"

#include <algorithm>
#include <utility>

#include "certs/reason.h"
#include "client/cli/argument_value.h"
#include "client/state_file.h"

namespace bonafide::client::cli {
namespace {

using certs::Json;

constexpr size_t kMaxClaimsBytes = 64 * 1024;

void SetMember(Json::Members& members, std::string_view name, Json value) {
  const auto found =
      std::find_if(members.begin(), members.end(),
                   [name](const Json::Member& member) { return member.name == name; });
  if (found == members.end()) {
    members.push_back({std::string(name), std::move(value)});
  } else {
    found->value = std::move(value);
  }
}

}  // namespace

absl::Status Claims::Load(const std::string& path) {
  if (path.empty()) return absl::OkStatus();
  const auto text = ReadFile(path, kMaxClaimsBytes);
  if (!text.ok()) return text.status();
  const auto json = certs::ParseJson(*text);
  if (!json.ok()) return Within(path, json.status());
  if (!json->IsObject()) return Malformed("claims_file", path + ": not a JSON object");
  members_ = json->members();
  return absl::OkStatus();
}

void Claims::Set(std::string_view path, Json value) {
  const size_t dot = path.find('.');
  if (dot == path.npos) return SetMember(members_, path, std::move(value));
  const std::string_view outer = path.substr(0, dot);
  Json::Members inner;
  for (const Json::Member& member : members_) {
    if (member.name == outer) inner = member.value.members();
  }
  SetMember(inner, path.substr(dot + 1), std::move(value));
  SetMember(members_, outer, Json::Object(std::move(inner)));
}

void Claims::SetText(std::string_view path, const std::string& text) {
  if (!text.empty()) Set(path, Json::String(text));
}

void Claims::SetInteger(std::string_view path, const std::optional<int64_t>& value) {
  if (value) Set(path, Json::Integer(*value));
}

void Claims::SetTexts(std::string_view path, const std::vector<std::string>& texts) {
  if (!texts.empty()) Set(path, Json::Strings(texts));
}

absl::Status Claims::SetNumber(std::string_view path, std::string_view option,
                               const std::string& text) {
  if (text.empty()) return absl::OkStatus();
  const auto number = ParseNumber(option, text);
  if (!number.ok()) return number.status();
  Set(path, Json::Integer(static_cast<int64_t>(number->value)));
  return absl::OkStatus();
}

}  // namespace bonafide::client::cli
